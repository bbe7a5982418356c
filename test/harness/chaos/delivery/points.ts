import type { CrashPoint } from '../../../../src/store/crash-point.ts';

/**
 * Where a sender dies, and how often it may pass there before: rows come by the dozen, other things seldom. A life is
 * measured by what is done in it, not by the clock: on a machine that is busy with other things nothing would be sent.
 */
const PASSES: Readonly<Partial<Record<CrashPoint, number>>> = {
  'outbox-claimed': 3,
  'outbox-before-intent': 25,
  'outbox-in-group': 8,
  'outbox-before-send': 25,
  'outbox-between-send-and-mark': 25,
  'outbox-before-lost': 1,
  'outbox-in-recovery': 1,
  'campaign-day-begun': 1,
  'campaign-in-freeze': 10,
  'campaign-frozen': 1,
  'campaign-in-planning': 2,
  'campaign-planned': 1,
  'campaign-before-told': 1,
  'campaign-in-settle': 1,
  'campaign-in-close': 1,
  'campaign-before-closed': 1,
};
export const passesAt = (point: CrashPoint): number => PASSES[point] ?? 1;

export const CRASH_POINTS = Object.keys(PASSES) as readonly CrashPoint[];

/**
 * Where a sender of a run of any length stops instead: of what ticks do there where whoever goes on later still adds people
 * or rows that nobody should add any more. A short run has too few ends of campaigns to stop in each: there senders only die.
 */
export const STOP_POINTS: readonly CrashPoint[] = CRASH_POINTS.filter(
  (point) => point.startsWith('outbox') || point === 'campaign-in-freeze' || point === 'campaign-in-planning',
);

/** Where the senders of a run come to their end, in turn, and where they stop. */
export interface Points {
  readonly dies: readonly CrashPoint[];
  readonly stops: readonly CrashPoint[];
  /** Where the first life of each process dies, and the second one stops: it is passed in the first seconds of a day alone. */
  readonly first?: CrashPoint;
}

/**
 * A run of so many kills has enough ends of campaigns to stop in each, and lives to spare for its first seconds: in a shorter
 * one nobody dies between a code's reminder and the note of it (`codeReminders.test.ts` does).
 */
export const LONG_RUN = 1_000;
const SHORT: Points = { dies: CRASH_POINTS, stops: STOP_POINTS };
const LONG: Points = { dies: CRASH_POINTS, stops: CRASH_POINTS, first: 'reminder-before-note' };
export const pointsOf = (kills: number): Points => (kills < LONG_RUN ? SHORT : LONG);

/** All of them: at each somebody must have died, and stopped, or the run does not count. */
export const pointsTried = ({ dies, stops, first }: Points): Omit<Points, 'first'> => {
  const firsts = first === undefined ? [] : [first];
  return { dies: [...dies, ...firsts], stops: [...stops, ...firsts] };
};
