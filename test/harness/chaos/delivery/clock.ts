import { writeFileSync } from 'node:fs';
import { addDays, dayOf, startOfDay } from '../../../../src/domain/day.ts';
import { nextOpen } from '../../../../src/domain/quietHours.ts';

/** The run begins so long before people may be written to (ms). */
const BEFORE_OPENING = 10_000;
/**
 * So many days have kills. On those after the first it goes on so long before the hour in which people are asked where
 * they are; on what comes behind them nobody is asked any more.
 */
export const DAYS = 3;
const ASKED_AT = 9 * 3_600_000;
const LEFT_AT = 7 * 3_600_000;
/** So long after its beginning all that a day asks for is due, for processes whose clocks are slow as well (`reminded.ts`). */
export const UNDER_WAY = BEFORE_OPENING + 6_000;

/** From a time of the real clock on (ms since 1970) so much is added to it. */
interface Span {
  readonly from: number;
  readonly offset: number;
}

/** When the n-th day of a run begins that begins on this one, ms since 1970. */
export const dayBegins = (began: number, n: number): number => {
  const midnight = startOfDay(addDays(dayOf(began), n));
  if (n === 0) return nextOpen(midnight) - BEFORE_OPENING;
  return n < DAYS ? midnight + ASKED_AT - BEFORE_OPENING : midnight + LEFT_AT;
};

/**
 * The run begins in the night and goes on in the morning; a campaign's next day comes when it is said. Other processes
 * read in the file what is added to the time of day.
 */
export const clockOf = (began: number, file: string) => {
  const spans: Span[] = [];
  let ending = false;
  const add = (now: number): void => {
    const offset = dayBegins(began, spans.length) - now;
    spans.push({ from: now, offset });
    ending = false;
    writeFileSync(file, String(offset));
  };
  add(began);
  /** The run's time at a time of the real clock. */
  const at = (real: number): number =>
    real + ((spans.findLast(({ from }) => from <= real) ?? spans[0])?.offset ?? 0);
  return {
    at,
    now: (): number => at(Date.now()),
    nextDay: (): void => add(Date.now()),
    /** Nothing new begins on this day: what it asks for is waited for, and then the next one comes. */
    endDay: (): void => {
      ending = true;
    },
    get isEnding() {
      return ending;
    },
    /** How many days have begun; and whether the last of them has come to its hour. */
    get days() {
      return spans.length;
    },
    get isUnderWay() {
      const { from = 0 } = spans.at(-1) ?? {};
      return spans.length > DAYS || Date.now() - from > UNDER_WAY;
    },
  };
};

export type Clock = ReturnType<typeof clockOf>;

/** Terms of the engine in a run (ms): as long to each other as they are, so that each can be outlived often. */
export const DEADLINE = 4_000;
export const LEASE = 8_000;
/** How far the clocks of two of the processes are off (ms); what they send, they send by the database's, to within this. */
export const SKEW = 5_000;
export const GOES_BY = 1_000;
