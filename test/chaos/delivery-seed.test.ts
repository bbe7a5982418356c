import { expect, test } from '@jest/globals';
import { CRASH_POINTS, lifeOf } from '../harness/chaos/delivery/lives.ts';

const livesOf = (seed: number, count: number) =>
  [0, 1, 2].flatMap((process) => Array.from({ length: count }, (_, n) => lifeOf(seed, process, n)));

test('the same seed kills senders at the same places', () => {
  expect(livesOf(5, 14)).toEqual(livesOf(5, 14));
  expect(livesOf(5, 14)).not.toEqual(livesOf(6, 14));
});

test.each([1, 2, 3, 2026])('seed %i plans a crash at every point within a hundred kills', (seed) => {
  const planned = new Set(livesOf(seed, 33).flatMap(({ armed }) => (armed ? [armed.name] : [])));
  expect([...planned].sort()).toEqual(expect.arrayContaining([...CRASH_POINTS].sort()));
});
