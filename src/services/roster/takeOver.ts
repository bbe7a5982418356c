import { line } from '../../dialogue/say.ts';
import { covers, handlesAlerts } from '../../domain/roster.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { begun, changed, news, otherOf, running } from './relief.ts';

/** An alert that goes to whoever takes a shift over: they are there, so it is theirs. */
const taken = (doc: AlertDoc, from: string, by: string, now: number): Effect =>
  changed(
    doc,
    {
      $set: { owner: by, climbAt: new Date(now) },
      $unset: { stalled: '' },
      $addToSet: { asked: by },
    },
    [
      { what: 'released', by: from },
      { what: 'claimed', by },
    ],
    now,
  );

/** Takes over the shift of somebody for places of one's own area, and the alerts they have there. */
export const takeOver =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { now } = context;
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const from = await otherOf(parts, (args as { from: string }).from, actor);
    if (from === null || !handlesAlerts(actor.role)) return { value: { is: 'gone' } };
    const shifts = (await running(parts, from.id, now)).filter(({ area }) => covers(actor.area, area));
    if (shifts.length === 0) return { value: { is: 'gone' } };
    const held = await parts.collections.alerts.find({ owner: from.id, state: 'claimed' }).toArray();
    const docs = held.filter(({ area }) => covers(actor.area, area));
    const notes = [line('shift.taken', { name: actor.name, count: docs.length })];
    return {
      value: { is: 'taken', name: from.name, count: docs.length },
      effects: [
        ...docs.map((doc) => taken(doc, from.id, actor.id, now)),
        ...shifts.map(({ _id }) => update('shifts', { _id }, { $set: { until: new Date(now) } })),
        ...(await begun(
          parts,
          actor.id,
          shifts.map(({ area }) => area),
          now,
        )),
        ...news(parts, from, now, notes),
      ],
    };
  };
