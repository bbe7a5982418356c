import { line } from '../../dialogue/say.ts';
import { type Decision, decide, type Outcome } from '../../domain/alert.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { Service, ServiceResult } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { maskedPerson } from './lines.ts';
import type { OpenedAlert } from './record.ts';
import { release, stepIn } from './relieve.ts';
import { reopen } from './reopen.ts';
import { report } from './reported.ts';
import { forActor, gone, showAlert } from './show.ts';
import { tellStaff } from './tell.ts';

/** What a decision changes. Its owner's clock begins anew: the next tick sets it. */
export const changeOf = (
  { alert }: OpenedAlert,
  decision: Extract<Decision, { is: 'done' }>,
  by: string,
  now: number,
  more: { readonly sealed?: Buffer; readonly outcome?: Outcome } = {},
): Effect => {
  const at = new Date(now);
  const history = decision.entries.map((what) => ({ what, at, by }));
  const state = { state: decision.state, owner: decision.owner, waiting: false, climbAt: at, ...more };
  return update(
    'alerts',
    { _id: alert.id, rev: alert.rev, state: alert.state },
    { $set: state, $unset: { stalled: '' }, $inc: { rev: 1 }, $push: { history: { $each: history } } },
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

/** Those who were told that it stood still hear that it does no longer. */
const newsOfCall = (
  parts: StaffParts,
  { alert, body }: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<readonly Effect[]> =>
  tellStaff(parts, alert.told ?? [], {
    purpose: 'alertNews',
    about: alert.id,
    rev: alert.rev + 1,
    at: now,
    notes: [line('alert.news.called', { who: maskedPerson(body.declared.person), name: actor.name })],
  });

const take = async (
  parts: StaffParts,
  opened: OpenedAlert,
  act: 'claim' | 'call',
  actor: StaffMember,
  now: number,
): Promise<ServiceResult> => {
  const decision = decide(opened.alert, act, actor);
  if (decision.is !== 'done') return showAlert(parts, opened, actor, now);
  const { told: _settled, ...before } = opened.alert;
  const { state, owner } = decision;
  const next = { ...opened, alert: { ...before, state, owner, rev: before.rev + 1 } };
  const first = line(act === 'call' ? 'alert.called' : 'alert.claimed');
  const tell = opened.alert.state === 'open' ? newsOfClaim : newsOfCall;
  const { value } = await showAlert(parts, next, actor, now, [first]);
  const news = await tell(parts, opened, actor, now);
  return { value, effects: [changeOf(opened, decision, actor.id, now), ...news] };
};

/**
 * Shows an alert, claims it, or records a call about it (which claims it too); takes one over that stands still, or
 * sends it out again; notes that the authority was told; or opens one again that was closed. The number stands on the
 * card.
 */
export const alertAct =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { id, do: act } = args as { id: string; do: string };
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const opened = await forActor(parts, id, actor, context.now);
    if (opened === null) return gone;
    if (act === 'claim' || act === 'call') return take(parts, opened, act, actor, context.now);
    if (act === 'stepIn') return stepIn(parts, opened, actor, context.now);
    if (act === 'release') return release(parts, opened, actor, context.now);
    if (act === 'report') return report(parts, opened, actor, context.now);
    if (act === 'reopen') return reopen(parts, opened, actor, context.now);
    return showAlert(parts, opened, actor, context.now);
  };
