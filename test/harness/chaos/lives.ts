import type { CrashPoint } from '../../../src/store/crash-point.ts';
import type { Armed } from './fleet.ts';
import { type Random, randomOf } from './random.ts';

export const CRASH_POINTS: readonly CrashPoint[] = [
  'before-commit',
  'in-group',
  'in-group-with-effects',
  'after-commit',
  'before-answer',
  'before-send',
  'between-send-and-mark',
];

/** Of the lives of a process, so many end at a crash point; of the others some are stopped for a while first. */
const AT_A_POINT = 0.65;
const STOPPED = 0.5;
/** How long a process lives that is killed from outside (ms). */
const LIFE = [200, 1_500] as const;
const STOP = [300, 2_600] as const;
/** A process that never comes to its point is killed after this (ms); talks end seldom. */
const LONGEST_LIFE = 4_000;
const LONGEST_TO_EFFECTS = 8_000;

/** How a process ends, from the moment it takes requests. */
export interface Life {
  readonly armed?: Armed;
  readonly ms: number;
  /** It is stopped for so long (ms), and goes on for a moment before it is killed. */
  readonly stop?: { readonly ms: number; readonly longer: number };
}

const endingAt = (point: CrashPoint, random: Random, passes: number): Life => {
  const withEffects = point === 'in-group-with-effects';
  const armed: Armed = {
    point,
    passes: withEffects ? 1 : passes,
    delay: point.startsWith('in-group') ? random.between(0, 3) : 0,
  };
  return { armed, ms: withEffects ? LONGEST_TO_EFFECTS : LONGEST_LIFE };
};

/** The n-th life of a process of a run. Points come in their turn, so that a short run comes to all of them. */
export const lifeOf = (seed: number, process: number, n: number): Life => {
  const random = randomOf(seed, `life ${process} ${n}`);
  const point = CRASH_POINTS[(n + process * 3) % CRASH_POINTS.length];
  if (point !== undefined && random.chance(AT_A_POINT)) return endingAt(point, random, random.between(1, 6));
  const stop = { ms: random.between(...STOP), longer: random.between(0, 500) };
  return { ms: random.between(...LIFE), ...(random.chance(STOPPED) && { stop }) };
};

/** One more life, for a point that nobody came to yet. */
export const lifeAt = (seed: number, point: CrashPoint, n: number): Life =>
  endingAt(point, randomOf(seed, `more ${point} ${n}`), 1);
