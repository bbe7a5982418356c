import type { CrashPoint } from '../../../../src/store/crash-point.ts';
import type { Missing } from '../haunt.ts';
import { AT_RANDOM, type Life } from '../lives.ts';
import { type Random, randomOf } from '../random.ts';
import { LEASE } from './clock.ts';
import { type Points, passesAt } from './points.ts';

/** One life in so many of a process stops: in a short run at each of its points once in some thirty lives of three processes. */
const STOPS_EVERY = 4;
/** So many points lie between those of two processes. */
const APART = 6;

/** Of the other lives so many end at their point; of those that do not so many are stopped, and for how long. */
const AT_A_POINT = 0.6;
const STOPPED = 0.3;
const STOP = [300, 2_500] as const;
/**
 * One life in so many of a process is stopped until its rows are somebody else's (ms): in a short run too, and not of
 * all processes at once, for somebody must be there to take them.
 */
const LONG_STOP_EVERY = 9;
const isLong = (process: number, n: number): boolean => (n + 7 * process) % LONG_STOP_EVERY === 2;
/** Of those so many are stopped at a point. */
const LONG_AT_A_POINT = 0.5;
const LONG_STOP = [LEASE + 1_500, LEASE + 3_000] as const;
/** How long a process lives that is stopped (ms), and one that never comes to its point. */
const LIFE = [1_000, 3_000] as const;
const LONGEST_LIFE = 12_000;
/** How long one that is for a place nobody came to (ms): it is to end there, not by the clock. */
const MORE_LIFE = 60_000;
/** A write is under way for about so long (ms); anywhere is so long after some send at the most. */
const IN_A_WRITE = 3;
const ANYWHERE = 300;

const endingAt = (point: CrashPoint, random: Random): Life => {
  const passes = random.between(1, passesAt(point));
  const delay = random.between(0, point === 'outbox-in-group' ? IN_A_WRITE : 0);
  return { armed: { name: point, point, passes, delay }, ms: LONGEST_LIFE };
};

const endingAnywhere = (random: Random): Life => {
  const { armed, ms } = endingAt('outbox-before-send', random);
  return armed === undefined
    ? { ms }
    : { armed: { ...armed, name: AT_RANDOM, delay: random.between(1, ANYWHERE) }, ms };
};

const stopOf = (random: Random, long: boolean): NonNullable<Life['stop']> => ({
  ms: random.between(...(long ? LONG_STOP : STOP)),
  longer: random.between(200, 1_000),
});

const stoppingAt = (point: CrashPoint, random: Random, long: boolean): Life => {
  const { armed, ms } = endingAt(point, random);
  return { ...(armed && { armed: { ...armed, stops: true } }), ms, stop: stopOf(random, long) };
};

/**
 * So many lives of a process are for the point that is passed at first alone: one dies there, the next one stops. There is no
 * other chance to come to it, so they may take longer (ms) on a machine that is busy with other things.
 */
const FIRST_LIVES = 2;
const FIRST_LIFE = 40_000;
const lifeAtFirst = (point: CrashPoint, n: number, random: Random): Life => ({
  ...(n === 0 ? endingAt(point, random) : stoppingAt(point, random, false)),
  ms: FIRST_LIFE,
});

type Kind = 'stops' | 'dies' | 'anywhere';
const kindOf = (seed: number, process: number, n: number): Kind => {
  const random = randomOf(seed, `kind ${process} ${n}`);
  const long = isLong(process, n);
  if ((n + process + seed) % STOPS_EVERY === 0 || (long && random.chance(LONG_AT_A_POINT))) return 'stops';
  return !long && random.chance(AT_A_POINT) ? 'dies' : 'anywhere';
};

/**
 * The n-th life of a process of a run. Points come in their turn, among the lives of a kind, so that a short run comes to
 * all of them.
 */
export const lifeOf = (seed: number, process: number, n: number, where: Points): Life => {
  const random = randomOf(seed, `sender ${process} ${n}`);
  const { first } = where;
  if (first !== undefined && n < FIRST_LIVES) return lifeAtFirst(first, n, random);
  const [kind, long] = [kindOf(seed, process, n), isLong(process, n)];
  const before = Array.from({ length: n }, (_, m) => kindOf(seed, process, m)).filter((one) => one === kind);
  const points = kind === 'stops' ? where.stops : where.dies;
  const point = points[(before.length + process * APART) % points.length];
  if (point !== undefined && kind === 'stops') return stoppingAt(point, random, long);
  if (point !== undefined && kind === 'dies') return endingAt(point, random);
  if (!long && !random.chance(STOPPED)) return endingAnywhere(random);
  return { ms: random.between(...LIFE), stop: stopOf(random, long) };
};

/** One more life, for a point that nobody came to yet. */
export const lifeAt = (seed: number, { point, stops }: Missing, n: number): Life => {
  const random = randomOf(seed, `more ${point} ${n}`);
  return { ...(stops ? stoppingAt(point, random, false) : endingAt(point, random)), ms: MORE_LIFE };
};
