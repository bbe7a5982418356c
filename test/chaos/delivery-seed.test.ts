import { expect, test } from '@jest/globals';
import { LEASE } from '../harness/chaos/delivery/clock.ts';
import { CRASH_POINTS, lifeAt, lifeOf, STOP_POINTS } from '../harness/chaos/delivery/lives.ts';

const livesOf = (seed: number, count: number) =>
  [0, 1, 2].flatMap((process) => Array.from({ length: count }, (_, n) => lifeOf(seed, process, n)));

test('the same seed kills senders at the same places', () => {
  expect(livesOf(5, 14)).toEqual(livesOf(5, 14));
  expect(livesOf(5, 14)).not.toEqual(livesOf(6, 14));
});

test.each([1, 2, 3, 2026])(
  'seed %i plans a crash and a stop at every point within a hundred kills',
  (seed) => {
    const lives = livesOf(seed, 33).filter(({ armed }) => armed !== undefined);
    const pointsOf = (some: typeof lives) =>
      new Set(some.flatMap(({ armed }) => (armed ? [armed.name] : [])));
    const [dies, stops] = [
      lives.filter(({ armed }) => !armed?.stops),
      lives.filter(({ armed }) => armed?.stops),
    ];
    expect([...pointsOf(dies)]).toEqual(expect.arrayContaining([...CRASH_POINTS]));
    expect([...pointsOf(stops)].sort()).toEqual([...STOP_POINTS].sort());
    expect(stops.every(({ stop }) => stop !== undefined)).toBe(true);
    expect(stops.some(({ stop }) => (stop?.ms ?? 0) > LEASE)).toBe(true);
    expect(stops.some(({ stop }) => (stop?.ms ?? 0) < LEASE)).toBe(true);
  },
);

test('a point that was never stopped at is tried once more, to stop', () => {
  const at = { point: 'outbox-before-intent', stops: true } as const;
  expect(lifeAt(5, at, 1)).toMatchObject({ armed: { point: 'outbox-before-intent', stops: true }, stop: {} });
  expect(lifeAt(5, { ...at, stops: false }, 1).stop).toBeUndefined();
});
