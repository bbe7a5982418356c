import { expect, test } from '@jest/globals';
import { LEASE } from '../harness/chaos/delivery/clock.ts';
import { lifeAt, lifeOf } from '../harness/chaos/delivery/lives.ts';
import {
  CRASH_POINTS,
  LONG_RUN,
  pointsOf,
  pointsTried,
  STOP_POINTS,
} from '../harness/chaos/delivery/points.ts';
import type { Life } from '../harness/chaos/lives.ts';

/** What three processes live through in a run of so many kills, or in its beginning. */
const livesOf = (seed: number, count: number, kills = 100) =>
  [0, 1, 2].flatMap((process) =>
    Array.from({ length: count }, (_, n) => lifeOf(seed, process, n, pointsOf(kills))),
  );

/** The points where some of these lives stop, or all others come to their end. */
const pointsIn = (lives: readonly Life[], stops: boolean): readonly string[] => {
  const armed = lives.flatMap((life) => life.armed ?? []).filter((each) => (each.stops ?? false) === stops);
  return [...new Set(armed.map(({ name }) => name))].sort();
};

test('the same seed kills senders at the same places', () => {
  expect(livesOf(5, 14)).toEqual(livesOf(5, 14));
  expect(livesOf(5, 14)).not.toEqual(livesOf(6, 14));
});

test.each([1, 2, 3, 2026])(
  'seed %i plans a crash and a stop at every point within a hundred kills',
  (seed) => {
    const lives = livesOf(seed, 33).filter(({ armed }) => armed !== undefined);
    const stops = lives.filter(({ armed }) => armed?.stops);
    expect(pointsIn(lives, false)).toEqual(expect.arrayContaining([...CRASH_POINTS]));
    expect(pointsIn(lives, true)).toEqual([...STOP_POINTS].sort());
    expect(stops.every(({ stop }) => stop !== undefined)).toBe(true);
    expect(stops.some(({ stop }) => (stop?.ms ?? 0) > LEASE)).toBe(true);
    expect(stops.some(({ stop }) => (stop?.ms ?? 0) < LEASE)).toBe(true);
  },
);

test.each([1, 2, 3, 2026])(
  'seed %i plans a crash and a stop at all 17 points within a thousand kills',
  (seed) => {
    const tried = pointsTried(pointsOf(LONG_RUN));
    expect([tried.dies.length, tried.stops.length]).toEqual([17, 17]);
    const lives = livesOf(seed, LONG_RUN / 3, LONG_RUN);
    expect(pointsIn(lives, false)).toEqual(expect.arrayContaining([...tried.dies]));
    expect(pointsIn(lives, true)).toEqual([...tried.stops].sort());
  },
);

test('the length of a run moves only where its lives stop, and its first ones', () => {
  const [short, long] = [livesOf(5, 30), livesOf(5, 30, LONG_RUN)];
  const others = short.map((life, at) => [life, long[at]] as const).filter((_, at) => at % 30 > 1);
  for (const [one, other] of others) if (!one.armed?.stops) expect(other).toEqual(one);
});

test('a point that was never stopped at is tried once more, to stop', () => {
  const at = { point: 'outbox-before-intent', stops: true } as const;
  expect(lifeAt(5, at, 1)).toMatchObject({ armed: { point: 'outbox-before-intent', stops: true }, stop: {} });
  expect(lifeAt(5, { ...at, stops: false }, 1).stop).toBeUndefined();
});
