import { postOf } from '../../domain/facility.ts';
import { isRole, type Member, provinceOf } from '../../domain/roster.ts';
import type { Collections } from '../../store/collections.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { ShiftDoc } from '../../store/shifts.ts';
import type { StaffDoc } from '../../store/staff.ts';

/** A member with the chats that messages may go to, the one linked last first. */
export interface Reachable extends Member {
  readonly chats: readonly string[];
}

/** Shifts that run at an instant (ms since 1970). */
export const runningShifts = (now: number) => {
  const at = new Date(now);
  return { from: { $lte: at }, $or: [{ until: { $exists: false } }, { until: { $gt: at } }] };
};

const memberOf = (doc: StaffDoc, shifts: readonly ShiftDoc[]): readonly Reachable[] => {
  if (!isRole(doc.role)) return [];
  const { chats } = doc;
  const posts = shifts.filter(({ staff }) => staff === doc._id).map(postOf);
  const areas = posts.map(({ area }) => area);
  const { _id: id, role } = doc;
  return [{ id, role, ...postOf(doc), shifts: areas, posts, reachable: chats.length > 0, chats }];
};

/** The same members without chats that are known to reach nobody. */
export const without = (members: readonly Reachable[], avoid: readonly string[]): readonly Reachable[] =>
  members.map((member) => {
    const chats = member.chats.filter((chat) => !avoid.includes(chat));
    return { ...member, chats, reachable: chats.length > 0 };
  });

/** Everybody who works for the province of an area, with the shifts that run now. */
export const membersFor = async (
  { staff, shifts }: Pick<Collections, 'staff' | 'shifts'>,
  area: string,
  now: number,
): Promise<readonly Reachable[]> => {
  const province = provinceOf(area);
  // A prefix of a path, not a pattern from outside: codes are letters and digits.
  const within = { $in: [province, new RegExp(`^${province}/`)] };
  const running = await shifts.find(runningShifts(now)).toArray();
  const onDuty = running.filter((shift) => provinceOf(shift.area) === province).map((shift) => shift.staff);
  const docs = await staff
    .find({ active: true, $or: [{ area: within }, { _id: { $in: onDuty } }] })
    .toArray();
  return docs.flatMap((doc) => memberOf(doc, running));
};

/** Shifts of somebody that run end now. */
export const endShifts = async (
  { collections }: { readonly collections: Pick<Collections, 'shifts'> },
  staff: string,
  now: number,
): Promise<readonly Effect[]> => {
  const running = await collections.shifts.find({ staff, ...runningShifts(now) }).toArray();
  return running.map(({ _id }) => update('shifts', { _id }, { $set: { until: new Date(now) } }));
};
