import { postOf } from '../../domain/facility.ts';
import { handlesAlerts } from '../../domain/roster.ts';
import { randomId } from '../../security/random.ts';
import { insert } from '../../store/effect.ts';
import { waitingFor } from '../alerts/inbox.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { shownPost } from '../staff/record.ts';
import { endShifts, runningShifts } from './members.ts';

/** Goes on duty for one's facility or area, without an end until relieved; or off duty, whatever shift runs. */
export const setDuty =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { on } = args as { on: boolean };
    const { now } = context;
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    if (!handlesAlerts(actor.role)) return { value: { is: 'notAllowed' } };
    const { open, mine } = await waitingFor(parts, actor);
    const running = await parts.collections.shifts.findOne({ staff: actor.id, ...runningShifts(now) });
    const value = { is: on ? 'on' : 'off', ...shownPost(running ?? actor), open, mine };
    if (!on) return { value, effects: await endShifts(parts, actor.id, now) };
    if (running !== null) return { value };
    const shift = { _id: randomId(), staff: actor.id, ...postOf(actor), from: new Date(now) };
    return { value, effects: [insert('shifts', shift)] };
  };
