import { type Line, line } from '../../dialogue/say.ts';
import { type Decision, decide, mayHandle, type Outcome } from '../../domain/alert.ts';
import type { Json } from '../../domain/json.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { Service, ServiceResult } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type StaffMember, staffName } from '../staff/record.ts';
import { countdown } from './countdown.ts';
import { alertButtons, fullCard, maskedCard, maskedPerson } from './lines.ts';
import { findAlert, type OpenedAlert } from './record.ts';
import { tellStaff } from './tell.ts';

/** What the conversation is to say of an alert: its lines and buttons, ready. */
const shown = (lines: readonly Line[], opened: OpenedAlert, actor: StaffMember): Json =>
  ({
    is: 'shown',
    lines,
    choices: alertButtons(opened.alert, opened.alert.owner === actor.id),
  }) as unknown as Json;

export const gone = { value: { is: 'gone' } } as const;

/** The alert as a staff member may see it now; null when there is none for them. */
export const forActor = async (
  parts: StaffParts,
  id: string,
  actor: StaffMember,
): Promise<OpenedAlert | null> => {
  const opened = await findAlert(parts, id);
  return opened !== null && mayHandle(actor, opened.alert) ? opened : null;
};

const ownerLine = async (parts: StaffParts, { alert }: OpenedAlert, actor: StaffMember): Promise<Line> => {
  if (alert.owner === actor.id) return line(`alert.yours.${alert.state}`);
  const name = await staffName(parts, alert.owner);
  return line(`alert.owner.${alert.state}`, { name });
};

/** An alert with all of it for its owner, masked for others. */
const show = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
  first: readonly Line[] = [],
): Promise<ServiceResult> => {
  const mine = opened.alert.owner === actor.id;
  const card = mine ? fullCard(opened) : maskedCard(opened);
  const told = opened.alert.state === 'open' || first.length > 0;
  const owner = told ? [] : [await ownerLine(parts, opened, actor)];
  const lines = [...first, ...card, ...countdown(parts, opened, now), ...owner];
  return { value: shown(lines, opened, actor) };
};

export const changeOf = (
  { alert }: OpenedAlert,
  decision: Extract<Decision, { is: 'done' }>,
  by: string,
  now: number,
  more: { readonly sealed?: Buffer; readonly outcome?: Outcome } = {},
): Effect => {
  const history = decision.entries.map((what) => ({ what, at: new Date(now), by }));
  const state = { state: decision.state, owner: decision.owner, waiting: false, ...more };
  return update(
    'alerts',
    { _id: alert.id, rev: alert.rev, state: alert.state },
    { $set: state, $inc: { rev: 1 }, $push: { history: { $each: history } } },
    { must: true },
  );
};

/** Those who were asked too hear who has it now. */
const newsOfClaim = (
  parts: StaffParts,
  { alert, body }: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<readonly Effect[]> =>
  tellStaff(
    parts,
    alert.asked.filter((id) => id !== actor.id),
    {
      purpose: 'alertTaken',
      about: alert.id,
      rev: alert.rev + 1,
      at: now,
      notes: [line('alert.news.claimed', { who: maskedPerson(body.declared.person), name: actor.name })],
    },
  );

const take = async (
  parts: StaffParts,
  opened: OpenedAlert,
  act: 'claim' | 'call',
  actor: StaffMember,
  now: number,
): Promise<ServiceResult> => {
  const decision = decide(opened.alert, act, actor);
  if (decision.is !== 'done') return show(parts, opened, actor, now);
  const { state, owner } = decision;
  const next = { ...opened, alert: { ...opened.alert, state, owner, rev: opened.alert.rev + 1 } };
  const first = line(act === 'call' ? 'alert.called' : 'alert.claimed');
  const news = opened.alert.state === 'open' ? await newsOfClaim(parts, opened, actor, now) : [];
  const { value } = await show(parts, next, actor, now, [first]);
  return { value, effects: [changeOf(opened, decision, actor.id, now), ...news] };
};

/** Shows an alert, claims it, or records a call about it (which claims it too). The number stands on the card. */
export const alertAct =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { id, do: act } = args as { id: string; do: string };
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, id, actor);
    if (opened === null) return gone;
    if (act !== 'claim' && act !== 'call') return show(parts, opened, actor, context.now);
    return take(parts, opened, act, actor, context.now);
  };
