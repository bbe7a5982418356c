import type { CrashPoint } from '../../../../src/store/crash-point.ts';
import { AT_RANDOM, type Life } from '../lives.ts';
import { type Random, randomOf } from '../random.ts';
import { LEASE } from './clock.ts';

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
};

export const CRASH_POINTS = Object.keys(PASSES) as readonly CrashPoint[];

/** Of the lives of a process, so many end at a crash point; of the others so many are stopped, and for how long. */
const AT_A_POINT = 0.6;
const STOPPED = 0.3;
const STOP = [300, 2_500] as const;
/**
 * One life in so many of a process is stopped until its rows are somebody else's (ms): in a short run too, and not of
 * all processes at once, for somebody must be there to take them.
 */
const LONG_STOP_EVERY = 9;
const isLong = (process: number, n: number): boolean => (n + 7 * process) % LONG_STOP_EVERY === 2;
const LONG_STOP = [LEASE + 1_500, LEASE + 3_000] as const;
/** How long a process lives that is stopped (ms), and one that never comes to its point. */
const LIFE = [1_000, 3_000] as const;
const LONGEST_LIFE = 8_000;
/** A write is under way for about so long (ms); anywhere is so long after some send at the most. */
const IN_A_WRITE = 3;
const ANYWHERE = 300;

const endingAt = (point: CrashPoint, random: Random): Life => {
  const passes = random.between(1, PASSES[point] ?? 1);
  const delay = random.between(0, point === 'outbox-in-group' ? IN_A_WRITE : 0);
  return { armed: { name: point, point, passes, delay }, ms: LONGEST_LIFE };
};

const endingAnywhere = (random: Random): Life => {
  const { armed, ms } = endingAt('outbox-before-send', random);
  return armed === undefined
    ? { ms }
    : { armed: { ...armed, name: AT_RANDOM, delay: random.between(1, ANYWHERE) }, ms };
};

/** The n-th life of a process of a run. Points come in their turn, so that a short run comes to all of them. */
export const lifeOf = (seed: number, process: number, n: number): Life => {
  const random = randomOf(seed, `sender ${process} ${n}`);
  const point = CRASH_POINTS[(n + process * 2) % CRASH_POINTS.length];
  const long = isLong(process, n);
  if (!long && point !== undefined && random.chance(AT_A_POINT)) return endingAt(point, random);
  if (!long && !random.chance(STOPPED)) return endingAnywhere(random);
  const stop = { ms: random.between(...(long ? LONG_STOP : STOP)), longer: random.between(200, 1_000) };
  return { ms: random.between(...LIFE), stop };
};

/** One more life, for a point that nobody came to yet. */
export const lifeAt = (seed: number, point: CrashPoint, n: number): Life =>
  endingAt(point, randomOf(seed, `more ${point} ${n}`));
