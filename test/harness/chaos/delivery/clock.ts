import { dayOf, startOfDay } from '../../../../src/domain/day.ts';
import { nextOpen } from '../../../../src/domain/quietHours.ts';

/** The run begins so long before people may be written to (ms). */
const BEFORE_OPENING = 10_000;

/** What is added to the time of day so that the run begins in the night and goes on in the morning. */
export const clockOf = (began: number) => {
  const opens = nextOpen(startOfDay(dayOf(began)));
  const offset = opens - BEFORE_OPENING - began;
  return { offset, opens, now: (): number => Date.now() + offset };
};

/** Terms of the engine in a run (ms): as long to each other as they are, so that each can be outlived often. */
export const DEADLINE = 4_000;
export const LEASE = 12_000;
/** How far the clocks of two of the processes are off (ms); what they send, they send by the database's, to within this. */
export const SKEW = 5_000;
export const GOES_BY = 1_000;
