import { line } from '../../dialogue/say.ts';
import { nextDue } from '../../domain/alertClock.ts';
import { IN_HAND } from '../../domain/alertState.ts';
import type { Level } from '../../domain/declaration.ts';
import { clockOf } from '../../domain/risk/ruleset.ts';
import { handlesAlerts } from '../../domain/roster.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { Effect } from '../../store/effect.ts';
import { bundled } from '../alerts/bundle.ts';
import { openAlerts } from '../alerts/record.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { endShifts } from './members.ts';
import { answered, askedToo, asking, begun, changed, news, otherOf, running } from './relief.ts';

/**
 * An alert that goes to somebody else by a hand-over is open again, and theirs to claim: should they sleep, it climbs.
 * One that nobody has keeps its clock.
 */
const handed = (parts: StaffParts, doc: AlertDoc, from: string, to: string, now: number): Effect => {
  if (doc.state === 'open') return askedToo(doc, from, to, now);
  const due = nextDue(clockOf(parts.rules(), doc.level as Level), now, now);
  const clock = { waiting: false, nobodySince: new Date(now), climbAt: new Date(due), rung: 0 };
  const change = {
    $set: { state: 'open' as const, ...clock },
    $unset: { owner: '' as const, stalled: '' as const },
    $addToSet: { asked: to },
  };
  const what = [
    { what: 'released', by: from },
    { what: 'asked', by: from },
  ];
  return changed(doc, change, what, now);
};

/** A shift that changed hands, with so many alerts; `gone`: there is no such shift, or nobody who may have it. */
export type HandedOver =
  | {
      readonly is: 'handed';
      readonly name: string;
      readonly count: number;
      readonly effects: readonly Effect[];
    }
  | { readonly is: 'gone' };

/** Ends somebody's shift and gives it to another, with a note and every alert they have or were asked about. */
export const handOverBy = async (
  parts: StaffParts,
  actor: StaffMember,
  { to: id, note }: { readonly to: string; readonly note?: string },
  now: number,
): Promise<HandedOver> => {
  const to = await otherOf(parts, id, actor);
  if (to === null || !handlesAlerts(actor.role)) return { is: 'gone' };
  const shifts = await running(parts, actor.id, now);
  const theirs = {
    $or: [
      { state: { $in: [...IN_HAND] }, owner: actor.id },
      { state: 'open' as const, asked: actor.id },
    ],
  };
  const docs = await parts.collections.alerts.find(theirs).sort({ at: 1 }).toArray();
  const opened = await openAlerts(parts, docs);
  const told = line('shift.handed', { name: actor.name, count: docs.length });
  const notes = [told, ...(note === undefined ? [] : [line('shift.note', { note })])];
  const effects = [
    ...docs.map((doc) => handed(parts, doc, actor.id, to.id, now)),
    ...(await endShifts(parts, actor.id, now)),
    ...(await begun(parts, to.id, shifts.length === 0 ? [actor] : shifts, now)),
    ...news(parts, to, now, notes),
    ...bundled(
      parts,
      opened.map((one) => asking(one, to)),
      now,
    ),
  ];
  return { is: 'handed', name: to.name, count: docs.length, effects };
};

/** The same for whoever speaks in the chat. */
export const handOver =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const done = await handOverBy(parts, actor, args as { to: string; note?: string }, context.now);
    return done.is === 'gone' ? { value: done } : answered(done);
  };
