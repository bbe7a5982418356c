import { line } from '../../dialogue/say.ts';
import { IN_HAND } from '../../domain/alertState.ts';
import { covers, handlesAlerts } from '../../domain/roster.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, update } from '../../store/effect.ts';
import { bundled } from '../alerts/bundle.ts';
import { openAlerts } from '../alerts/record.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { answered, askedToo, asking, begun, changed, news, otherOf, running } from './relief.ts';

/** An alert that goes to whoever takes a shift over: they are there, so it is theirs, and theirs to call about. */
const taken = (doc: AlertDoc, from: string, by: string, now: number): Effect =>
  changed(
    doc,
    {
      $set: { state: 'claimed', owner: by, climbAt: new Date(now) },
      $unset: { stalled: '' },
      $addToSet: { asked: by },
    },
    [
      { what: 'released', by: from },
      { what: 'claimed', by },
      { what: 'takenOver', by },
    ],
    now,
  );

/** Alerts of theirs in the area: those they have, and those they were asked about, unless the other was too. */
const alertsOf = async (parts: StaffParts, from: string, { id, area: own }: StaffMember) => {
  const { alerts } = parts.collections;
  const held = await alerts
    .find({ owner: from, state: { $in: [...IN_HAND] } })
    .sort({ at: 1 })
    .toArray();
  const asked = { state: 'open' as const, $and: [{ asked: from }, { asked: { $ne: id } }] };
  const open = await alerts.find(asked).sort({ at: 1 }).toArray();
  const covered = (docs: readonly AlertDoc[]) => docs.filter(({ area }) => covers(own, area));
  return { held: covered(held), open: covered(open) };
};

/** A shift that changed hands, with so many alerts, `open` of which nobody has; `gone`: there is none to be had. */
export type TakenOver =
  | {
      readonly is: 'taken';
      readonly name: string;
      readonly count: number;
      readonly open: number;
      readonly effects: readonly Effect[];
    }
  | { readonly is: 'gone' };

/** Takes over the shift of somebody for places of one's own area, with the alerts they have or were asked about there. */
export const takeOverBy = async (
  parts: StaffParts,
  actor: StaffMember,
  id: string,
  now: number,
): Promise<TakenOver> => {
  const from = await otherOf(parts, id, actor);
  if (from === null || !handlesAlerts(actor.role)) return { is: 'gone' };
  const shifts = (await running(parts, from.id, now)).filter(({ area }) => covers(actor.area, area));
  if (shifts.length === 0) return { is: 'gone' };
  const { held, open } = await alertsOf(parts, from.id, actor);
  const count = held.length + open.length;
  const opened = await openAlerts(parts, open);
  const effects = [
    ...held.map((doc) => taken(doc, from.id, actor.id, now)),
    ...open.map((doc) => askedToo(doc, from.id, actor.id, now)),
    ...shifts.map(({ _id }) => update('shifts', { _id }, { $set: { until: new Date(now) } })),
    ...(await begun(parts, actor.id, shifts, now)),
    ...news(parts, from, now, [line('shift.taken', { name: actor.name, count })]),
    ...bundled(
      parts,
      opened.map((one) => asking(one, actor)),
      now,
    ),
  ];
  return { is: 'taken', name: from.name, count, open: open.length, effects };
};

/** The same for whoever speaks in the chat. */
export const takeOver =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const done = await takeOverBy(parts, actor, (args as { from: string }).from, context.now);
    return done.is === 'gone' ? { value: done } : answered(done);
  };
