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

/** The name of a crash that is at no point. */
export const AT_RANDOM = 'at-random';

/** Of the lives of a process, so many end at a crash point; of the others some are stopped for a while first. */
const AT_A_POINT = 0.65;
const STOPPED = 0.5;
/** How long a process lives that is stopped (ms), and for how long that is. */
const LIFE = [200, 1_500] as const;
const STOP = [300, 2_600] as const;
/**
 * A life is measured by what is done in it, not by the clock: on a machine that is busy with other things nobody would
 * ever get to the end of a talk. A process that has nothing to do is killed after this (ms).
 */
const MOST_PASSES = 6;
const LONGEST_LIFE = 8_000;
/** Talks end seldom. */
const LONGEST_TO_EFFECTS = 16_000;
/** Ms after some update: anywhere. */
const ANYWHERE = [1, 500] as const;

/** How a process ends, from the moment it takes requests. */
export interface Life {
  readonly armed?: Armed;
  readonly ms: number;
  /** It is stopped for so long (ms), and goes on for a moment before it is killed. */
  readonly stop?: { readonly ms: number; readonly longer: number };
}

const endingAt = (point: CrashPoint, random: Random, passes: number): Life => {
  const withEffects = point === 'in-group-with-effects';
  const delay = point.startsWith('in-group') ? random.between(0, 3) : 0;
  const armed: Armed = { name: point, point, passes: withEffects ? 1 : passes, delay };
  return { armed, ms: withEffects ? LONGEST_TO_EFFECTS : LONGEST_LIFE };
};

const endingAnywhere = (random: Random, passes: number): Life => ({
  armed: { name: AT_RANDOM, point: 'before-answer', passes, delay: random.between(...ANYWHERE) },
  ms: LONGEST_LIFE,
});

/** The n-th life of a process of a run. Points come in their turn, so that a short run comes to all of them. */
export const lifeOf = (seed: number, process: number, n: number): Life => {
  const random = randomOf(seed, `life ${process} ${n}`);
  const point = CRASH_POINTS[(n + process * 3) % CRASH_POINTS.length];
  const passes = random.between(1, MOST_PASSES);
  if (point !== undefined && random.chance(AT_A_POINT)) return endingAt(point, random, passes);
  if (!random.chance(STOPPED)) return endingAnywhere(random, passes);
  const stop = { ms: random.between(...STOP), longer: random.between(0, 500) };
  return { ms: random.between(...LIFE), stop };
};

/** One more life, for a point that nobody came to yet. */
export const lifeAt = (seed: number, { point }: { readonly point: CrashPoint }, n: number): Life =>
  endingAt(point, randomOf(seed, `more ${point} ${n}`), 1);
