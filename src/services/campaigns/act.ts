import { randomBytes } from 'node:crypto';
import { type Choice, type Line, line } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import { characters } from '../../domain/base32.ts';
import { type CampaignPlan, type PlanProblem, planProblems } from '../../domain/campaign/campaign.ts';
import { firstDay } from '../../domain/campaign/days.ts';
import {
  type CampaignAct,
  type CampaignActor,
  decideCampaign,
  mayCampaign,
} from '../../domain/campaign/states.ts';
import { dayOf } from '../../domain/day.ts';
import { clean } from '../../domain/text.ts';
import type { CampaignDoc } from '../../store/campaigns.ts';
import { type Effect, update } from '../../store/effect.ts';
import { tell } from '../alerts/tell.ts';
import { membersFor } from '../roster/members.ts';
import type { StaffParts } from '../staff/parts.ts';
import { forgetAt } from './freeze.ts';
import { type Campaign, findCampaign, sealPlan } from './record.ts';

/** Characters behind the C: a million campaigns without a guess at each other. */
const ID_LENGTH = 4;
const newId = (): string => `C${characters(randomBytes, ID_LENGTH)}`;

type Made =
  | { readonly is: 'made'; readonly document: CampaignDoc }
  | { readonly is: 'notAllowed' }
  | { readonly is: 'problems'; readonly problems: readonly PlanProblem[] };

/** A draft. */
export const makeCampaign = (
  parts: StaffParts,
  plan: CampaignPlan,
  actor: CampaignActor,
  now: number,
): Made => {
  if (!mayCampaign(actor, parts.home)) return { is: 'notAllowed' };
  const problems = planProblems(plan, dayOf(now));
  if (problems.length > 0) return { is: 'problems', problems };
  const id = newId();
  const document: CampaignDoc = {
    _id: id,
    state: 'draft',
    rev: 1,
    author: actor.id,
    at: new Date(now),
    history: [{ what: 'made', by: actor.id, at: new Date(now) }],
    sealed: sealPlan(parts, id, { ...plan, text: clean(plan.text) }),
    deleteAt: forgetAt(now),
  };
  return { is: 'made', document };
};

const button = (id: string, act: string): Choice => ({
  id: `/go:${goArgument('campaign', act === 'show' ? { id } : { id, do: act })}`,
  label: line(`campaign.do.${act}`),
});

/** Those who may approve what somebody submits; or whoever wrote it, when somebody else has decided. */
const newsOf = async (
  parts: StaffParts,
  { doc, plan }: Campaign,
  act: CampaignAct,
  actor: CampaignActor & { readonly name: string },
  now: number,
): Promise<readonly Effect[]> => {
  const all = await membersFor(parts.collections, parts.home, now);
  const others = all.filter(({ id, reachable }) => reachable && id !== actor.id);
  const asked = act === 'submit';
  const members = others.filter((one) => (asked ? mayCampaign(one, parts.home) : one.id === doc.author));
  const notes: readonly Line[] = [
    line(`campaign.news.${act}`, { id: doc._id, name: actor.name }),
    ...(asked ? [line('campaign.quote', { text: plan.text })] : []),
  ];
  const choices = asked ? [button(doc._id, 'show')] : [];
  return tell(parts, members, {
    purpose: 'campaignNews',
    about: doc._id,
    rev: doc.rev,
    at: now,
    notes,
    choices,
  });
};

type Acted =
  | { readonly is: 'done'; readonly campaign: Campaign; readonly effects: readonly Effect[] }
  | { readonly is: 'gone' | 'notAllowed' | 'own' | 'notNow' | 'tooLate' };

/** What approving adds: who did it, and the day it begins on. */
const decided = (
  { plan }: Campaign,
  act: CampaignAct,
  by: string,
  now: number,
): Partial<CampaignDoc> | null => {
  if (act !== 'approve') return {};
  const first = firstDay(plan, now);
  return first === null ? null : { approver: by, first };
};

/** Does something to a campaign in somebody's name: what is to be written, all or nothing, or why it cannot be done. */
export const actOnCampaign = async (
  parts: StaffParts,
  id: string,
  act: CampaignAct,
  actor: CampaignActor & { readonly name: string },
  now: number,
): Promise<Acted> => {
  const campaign = await findCampaign(parts, id);
  if (campaign === null) return { is: 'gone' };
  const { doc } = campaign;
  const decision = decideCampaign(doc, act, actor, parts.home);
  if (decision.is !== 'done') return decision;
  const more = decided(campaign, act, actor.id, now);
  if (more === null) return { is: 'tooLate' };
  const entry = { what: act, by: actor.id, at: new Date(now) };
  const set = { state: decision.state, ...more };
  const change = { $set: set, $inc: { rev: 1 }, $push: { history: entry } };
  const effects = [
    update('campaigns', { _id: id, rev: doc.rev }, change, { must: true }),
    ...(await newsOf(parts, campaign, act, actor, now)),
  ];
  const after = { ...doc, ...set, rev: doc.rev + 1, history: [...doc.history, entry] };
  return { is: 'done', campaign: { ...campaign, doc: after }, effects };
};
