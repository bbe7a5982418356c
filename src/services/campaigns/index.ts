import { type Choice, line } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import { type Audience, type CampaignPlan, USUAL_PLAN } from '../../domain/campaign/campaign.ts';
import { hoursOf } from '../../domain/campaign/hours.ts';
import { actsOn, CAMPAIGN_ACTS, type CampaignAct, mayCampaign } from '../../domain/campaign/states.ts';
import { MEANS } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { type Effect, insert } from '../../store/effect.ts';
import type { Service, ServiceResult } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { actOnCampaign, makeCampaign } from './act.ts';
import { cardLines } from './card.ts';
import { keptWith, numbersIn } from './keptList.ts';
import { type Campaign, findCampaign, recentCampaigns, seenState } from './record.ts';

/** Campaigns a chat lists. */
const LISTED = 8;

/** What a chat asks for; the rest is as usual. `hours`: "08:00-20:00". */
type Given = Pick<CampaignPlan, 'text' | 'audience'> &
  Partial<Pick<CampaignPlan, 'channels' | 'from' | 'days'>> & { readonly hours?: string };

/** Communes come as codes; no means chosen is any means. */
const wholeOf = ({ areaOf }: StaffParts, audience: Audience): Audience => {
  if (audience.kind === 'communes') return { ...audience, areas: audience.areas.map(areaOf) };
  if (audience.kind === 'means' && audience.means.length === 0) return { ...audience, means: MEANS };
  return audience;
};

/** A list is named by where it is kept; null when it is gone. */
const countedList = async (parts: StaffParts, audience: Audience): Promise<Audience | null> => {
  if (audience.kind !== 'list') return audience;
  const { lists = [] } = audience;
  const numbers = await numbersIn(parts, lists);
  return numbers && { kind: 'list', lists, total: numbers.size };
};

const planOf = async (
  parts: StaffParts,
  { audience: named, hours, ...given }: Given,
): Promise<CampaignPlan | null> => {
  const audience = await countedList(parts, wholeOf(parts, named));
  const when = hours === undefined ? {} : hoursOf(hours);
  return audience && { ...USUAL_PLAN, ...given, ...when, audience };
};

type Allowed = (actor: StaffMember, now: number, args: Json) => Promise<ServiceResult>;

/** For leaders and administrators of the province alone. */
const forSenders =
  (parts: StaffParts, work: Allowed): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    if (!mayCampaign(actor, parts.home))
      return { value: { is: 'notAllowed' }, remember: { campaigns: null } };
    return { ...(await work(actor, context.now, args)), remember: { campaigns: true } };
  };

const listed = (parts: StaffParts): Service =>
  forSenders(parts, async (_actor, now) => {
    const all = await recentCampaigns(parts, LISTED);
    const campaigns = all.map((campaign) => ({
      id: campaign.doc._id,
      state: seenState(campaign, now),
      at: campaign.doc.at.getTime(),
    }));
    return { value: { is: 'campaigns', campaigns } };
  });

/** The channels of this server that a campaign may go over, in the usual order. */
const ways = (parts: StaffParts): Service =>
  forSenders(parts, async () => {
    const open = parts.channelNames?.() ?? [];
    return { value: { is: 'ways', channels: USUAL_PLAN.channels.filter((name) => open.includes(name)) } };
  });

/** The one act that cannot be taken back asks first: it is a conversation of its own. */
const button = (id: string, act: CampaignAct): Choice => ({
  id: `/go:${act === 'stop' ? goArgument('stopCampaign', { id }) : goArgument('campaign', { id, do: act })}`,
  label: line(`campaign.do.${act}`),
});

const shown = async (
  parts: StaffParts,
  campaign: Campaign,
  actor: StaffMember,
  now: number,
  done: { readonly act: string; readonly effects: readonly Effect[] } | undefined,
): Promise<ServiceResult> => {
  const { doc } = campaign;
  const acts = actsOn({ state: doc.state, author: doc.author }, actor, parts.home);
  const choices = acts.map((act) => button(doc._id, act));
  const values = { id: doc._id, date: { date: doc.first ?? '' } };
  const lines =
    done === undefined ? await cardLines(parts, campaign, now) : [line(`campaign.done.${done.act}`, values)];
  const value = { is: 'shown', lines, choices } as unknown as Json;
  return { value, ...(done && { effects: done.effects }) };
};

const drafted = (parts: StaffParts): Service =>
  forSenders(parts, async (actor, now, args) => {
    const plan = await planOf(parts, args as unknown as Given);
    if (plan === null) return { value: { is: 'listGone' } };
    const made = makeCampaign(parts, plan, actor, now);
    if (made.is !== 'made') return { value: { is: made.is } };
    const draft = await shown(parts, { doc: made.document, plan, days: [] }, actor, now, undefined);
    const { lists = [] } = plan.audience.kind === 'list' ? plan.audience : {};
    const kept = keptWith(lists, made.document.deleteAt);
    return { ...draft, effects: [insert('campaigns', made.document), ...kept] };
  });

/** Shows a campaign, or does something to it in the name of whoever presses the button. */
const acted = (parts: StaffParts): Service =>
  forSenders(parts, async (actor, now, args) => {
    const { id, do: wanted } = args as { id: string; do: string };
    const act = CAMPAIGN_ACTS.find((one) => one === wanted);
    if (act === undefined) {
      const campaign = await findCampaign(parts, id);
      return campaign === null ? { value: { is: 'gone' } } : shown(parts, campaign, actor, now, undefined);
    }
    const result = await actOnCampaign(parts, id, act, actor, now);
    if (result.is !== 'done') return { value: { is: result.is } };
    return shown(parts, result.campaign, actor, now, { act, effects: result.effects });
  });

/** The use cases of campaigns, by the names the flows call them. */
export const campaignServices = (parts: StaffParts): Readonly<Record<string, Service>> => ({
  campaigns: listed(parts),
  campaignWays: ways(parts),
  draftCampaign: drafted(parts),
  campaignAct: acted(parts),
});
