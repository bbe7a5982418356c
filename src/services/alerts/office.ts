import type { Effect } from '../../store/effect.ts';
import { isDuplicate } from '../../store/errors.ts';
import { membersFor, type Reachable } from '../roster/members.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type Telling, tell } from './tell.ts';

/** Writes effects of their own, outside any conversation; false when a `must` matched nothing. */
export type WriteEffects = (effects: readonly Effect[]) => Promise<boolean>;

/** The staff's services and data for what no conversation began: a tick. */
export interface Office {
  readonly staff: StaffParts;
  readonly write: WriteEffects;
  /** Of exercises: ms after which an alert is nobody's business any more, and does not climb. */
  readonly life?: number;
}

/** Tells members of something once, by what it is about, however many processes find it how often. */
export const tellOnce = async (
  { staff, write }: Office,
  members: readonly Reachable[],
  telling: Omit<Telling, 'rev'>,
): Promise<boolean> => {
  const { about, purpose } = telling;
  const rows = tell(staff, members, { ...telling, rev: 1 });
  if (rows.length === 0) return false;
  const told = await staff.collections.deliveries.countDocuments({ about, purpose }, { limit: 1 });
  if (told > 0) return false;
  return write(rows).catch((error: unknown) => {
    if (isDuplicate(error)) return false; // another process told them in this very moment
    throw error;
  });
};

/** The same to the administrators of the province who can be reached. */
export const tellAdmins = async (office: Office, telling: Omit<Telling, 'rev'>): Promise<boolean> => {
  const { collections, home } = office.staff;
  const all = await membersFor(collections, home, telling.at);
  const admins = all.filter(({ role, reachable }) => role === 'admin' && reachable);
  return tellOnce(office, admins, telling);
};
