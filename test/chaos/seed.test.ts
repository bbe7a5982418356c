import { expect, test } from '@jest/globals';
import { CRASH_POINTS, lifeOf } from '../harness/chaos/lives.ts';
import { talk } from '../harness/chaos/person.ts';
import type { Phone } from '../harness/chaos/phone.ts';
import { fateOf } from '../harness/chaos/post.ts';
import { randomOf } from '../harness/chaos/random.ts';

const LIVES = Array.from({ length: 14 }, (_, n) => n);
const livesOf = (seed: number) => [0, 1, 2].flatMap((each) => LIVES.map((n) => lifeOf(seed, each, n)));

/** What a person does, and when they had thought enough is no matter. */
const deedsOf = async (seed: number): Promise<readonly string[]> => {
  const deeds: string[] = [];
  const doing =
    (what: string) =>
    async (...args: readonly unknown[]): Promise<true> => {
      deeds.push(JSON.stringify([what, ...args]));
      return true;
    };
  const phone = {
    say: doing('say'),
    burst: doing('burst'),
    press: doing('press'),
    sayAndPressOld: doing('old'),
    tick: doing('tick'),
  } as unknown as Phone;
  await talk(phone, { number: 7, sick: false }, randomOf(seed, 'person 7'), { thinks: 0 });
  return deeds;
};

test('the same seed kills at the same places and after the same times', () => {
  expect(livesOf(5)).toEqual(livesOf(5));
  expect(livesOf(5)).not.toEqual(livesOf(6));
});

test('the same seed makes people do the same, and their updates fare the same', async () => {
  expect(await deedsOf(5)).toEqual(await deedsOf(5));
  expect(await deedsOf(5)).not.toEqual(await deedsOf(6));
  const fates = (seed: number) => {
    const random = randomOf(seed, 'phone 7');
    return Array.from({ length: 40 }, () => fateOf(random));
  };
  expect(fates(5)).toEqual(fates(5));
});

test.each([1, 2, 3, 2026])('seed %i plans a crash at every point within fifty kills', (seed) => {
  const planned = new Set(livesOf(seed).flatMap(({ armed }) => (armed ? [armed.point] : [])));
  expect([...planned].sort()).toEqual([...CRASH_POINTS].sort());
});
