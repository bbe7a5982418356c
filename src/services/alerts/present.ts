import type { Present } from '../../domain/alertReopen.ts';
import { runningShifts } from '../roster/members.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';

/** A staff member with the shifts that run now. */
export const presentOf = async (
  { collections }: Pick<StaffParts, 'collections'>,
  { id, role, area }: StaffMember,
  now: number,
): Promise<Present> => {
  const running = await collections.shifts.find({ staff: id, ...runningShifts(now) }).toArray();
  return { id, role, area, shifts: running.map((shift) => shift.area) };
};
