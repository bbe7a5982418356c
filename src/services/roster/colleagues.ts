import { postOf } from '../../domain/facility.ts';
import type { Json } from '../../domain/json.ts';
import { covers, handlesAlerts, provinceOf } from '../../domain/roster.ts';
import type { ShiftDoc } from '../../store/shifts.ts';
import type { StaffDoc } from '../../store/staff.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { openStaff, type StaffMember, shownPost } from '../staff/record.ts';
import { runningShifts } from './members.ts';

/** A list on a phone. */
const LISTED = 30;

/** Somebody of the same province who stands on duty, or may. */
interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly facility?: string;
  /** ms since 1970; null: off duty. */
  readonly since: number | null;
  /** One's own shift. */
  readonly mine: boolean;
  /** One may take the shift over: it is for a place of one's own area. */
  readonly takes: boolean;
}

const colleague = async (
  parts: StaffParts,
  actor: StaffMember,
  doc: StaffDoc,
  shift: ShiftDoc | undefined,
): Promise<Colleague> => {
  const { id, name } = await openStaff(parts, doc);
  const at = postOf(shift ?? doc);
  const mine = id === actor.id;
  const takes = shift !== undefined && !mine && covers(actor.area, at.area);
  return { id, name, ...shownPost(at), since: shift?.from.getTime() ?? null, mine, takes };
};

/** Who is on duty in the province, and who else could be; those on duty first. */
export const colleagues =
  (parts: StaffParts): Service =>
  async (_args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    if (!handlesAlerts(actor.role)) return { value: { is: 'notAllowed' } };
    const province = provinceOf(actor.area);
    // A prefix of a path, not a pattern from outside: codes are letters and digits.
    const within = { $in: [province, new RegExp(`^${province}/`)] };
    const able = { active: true, area: within, role: { $ne: 'officer' }, 'chats.0': { $exists: true } };
    const docs = await parts.collections.staff.find(able).limit(200).toArray();
    const shifts = await parts.collections.shifts
      .find(runningShifts(context.now))
      .sort({ from: 1 })
      .toArray();
    const shiftOf = ({ _id }: StaffDoc) => shifts.find(({ staff }) => staff === _id);
    const sorted = docs.toSorted(
      (a, b) => Number(shiftOf(b) !== undefined) - Number(shiftOf(a) !== undefined),
    );
    const listed = sorted.slice(0, LISTED);
    const all = await Promise.all(listed.map((doc) => colleague(parts, actor, doc, shiftOf(doc))));
    return { value: { is: 'colleagues', all } as unknown as Json };
  };
