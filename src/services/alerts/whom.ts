import { type Climb, type Climbing, nextClimb, nextDue } from '../../domain/alertClock.ts';
import type { Level } from '../../domain/declaration.ts';
import { clockOf } from '../../domain/risk/ruleset.ts';
import { addressees } from '../../domain/roster.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { membersFor, type Reachable, without } from '../roster/members.ts';
import type { StaffParts } from '../staff/parts.ts';

/** Whom an alert goes to now, with their chats; what is kept of its clock. */
export interface Asking {
  readonly members: readonly Reachable[];
  readonly rung: number;
  /** ms since 1970. */
  readonly due: number;
}

/** What of a stored alert its clock goes by; one of an older release has been due since it was raised. */
export const climbingOf = (doc: AlertDoc): Climbing => ({
  state: doc.state,
  area: doc.area,
  asked: doc.asked,
  waiting: doc.waiting,
  from: (doc.nobodySince ?? doc.at).getTime(),
  due: doc.climbAt?.getTime() ?? 0,
  rung: doc.rung ?? 0,
});

/** An alert that was just raised: nobody was asked yet. */
const raisedAt = (parts: StaffParts, area: string, level: Level, from: number): Climbing => ({
  state: 'open',
  area,
  asked: [],
  waiting: true,
  from,
  due: nextDue(clockOf(parts.rules(), level), from, from),
  rung: 0,
});

const askingOf = (climb: Climb, roster: readonly Reachable[]): Asking | null => {
  if (climb.is === 'nobody') return { members: [], rung: 0, due: climb.due };
  if (climb.is !== 'ask') return null;
  const ids = new Set(climb.members.map(({ id }) => id));
  return { members: roster.filter(({ id }) => ids.has(id)), rung: climb.rung, due: climb.due };
};

/**
 * Whom an alert goes to now, by the roster of this moment; null when it is nobody's turn. With nobody to be reached
 * there are no members.
 * @param avoid chats that reached nobody; when its time has come they are tried again all the same
 */
export const whomToAsk = async (
  parts: StaffParts,
  climbing: Climbing,
  level: Level,
  now: number,
  avoid: readonly string[] = [],
): Promise<Asking | null> => {
  const all = await membersFor(parts.collections, climbing.area, now);
  const roster = now >= climbing.due ? all : without(all, avoid);
  return askingOf(nextClimb(climbing, roster, now, clockOf(parts.rules(), level)), roster);
};

/** An alert that was just raised goes to those on duty, or up to the first who can be reached. */
export const firstAsk = async (
  parts: StaffParts,
  area: string,
  level: Level,
  at: number,
): Promise<Asking> => {
  const raised = raisedAt(parts, area, level, at);
  return (await whomToAsk(parts, raised, level, at)) ?? { members: [], rung: 0, due: raised.due };
};

/** The fields of an alert that say where its clock stands. */
export const clockFields = ({ members, rung, due }: Asking) => ({
  waiting: members.length === 0,
  climbAt: new Date(due),
  ...(members.length === 0 ? {} : { rung }),
});

/** Those on duty for a place, else for its province; nobody off shift. */
export const onDutyFor = async (
  { collections }: Pick<StaffParts, 'collections'>,
  area: string,
  now: number,
): Promise<readonly Reachable[]> => {
  const all = await membersFor(collections, area, now);
  const { reach, members } = addressees(all, area);
  const ids = new Set(reach === 'offShift' ? [] : members.map(({ id }) => id));
  return all.filter(({ id }) => ids.has(id));
};
