import { DAY_MS, dayOf, startOfDay } from './day.ts';

const MINUTE_MS = 60_000;

/**
 * People are written to between 07:00 and 22:00 in Vietnam, unless it is a duty alert. Decree 91/2020/NĐ-CP, as reported,
 * allows advertising texts from 07:00 to 22:00; what the province sends unasked keeps the same hours. Minutes.
 */
export const OPENS = 7 * 60;
export const CLOSES = 22 * 60;

/** The same instant when people may be written to then, else the next 07:00 (ms since 1970). */
export const nextOpen = (at: number): number => {
  const midnight = startOfDay(dayOf(at));
  const since = at - midnight;
  if (since < OPENS * MINUTE_MS) return midnight + OPENS * MINUTE_MS;
  return since < CLOSES * MINUTE_MS ? at : midnight + DAY_MS + OPENS * MINUTE_MS;
};
