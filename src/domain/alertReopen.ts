import type { Alert, Handler } from './alert.ts';
import { covers } from './roster.ts';

/** A wrong one that was closed at night is seen by whoever comes in the morning, or by who reads the day's report (ms). */
export const REOPENABLE = 24 * 3_600_000;

/** A staff member, with the areas of the shifts that run now. */
export interface Present extends Handler {
  readonly shifts: readonly string[];
}

/** Whoever is on duty for a place now, leads it, or may do everything. */
const answersFor = ({ role, area, shifts }: Present, place: string): boolean =>
  role === 'admin' ||
  (role === 'leader' && covers(area, place)) ||
  shifts.some((shift) => covers(shift, place));

/** Who may open an alert again that was closed a short while ago: who had or closed it, and who answers for its place. */
export const mayReopen = ({ state, area, owner, closed }: Alert, by: Present, now: number): boolean =>
  state === 'closed' &&
  closed !== undefined &&
  now - closed.at <= REOPENABLE &&
  ([owner, closed.by].includes(by.id) || answersFor(by, area));
