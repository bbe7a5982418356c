import { expect, test } from '@jest/globals';
import { remembered } from '../../src/app/remembered.ts';

/** What is asked, how often, and a clock that stands until it is set. */
const counted = () => {
  let [asked, now] = [0, 0];
  const wrong = new Set<number>();
  const ask = remembered(
    60_000,
    async () => {
      asked += 1;
      if (wrong.has(asked)) throw new Error('away');
      return asked;
    },
    () => now,
  );
  const set = (at: number): void => {
    now = at;
  };
  return { ask, wrong, set };
};

test('it is asked once a minute, however often and however many ask at once', async () => {
  const { ask, set } = counted();
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  set(59_999);
  expect(await ask()).toBe(1);
  set(60_000);
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
});

test('what failed is not remembered', async () => {
  const { ask, wrong } = counted();
  wrong.add(1);
  const both = await Promise.allSettled([ask(), ask()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect([await ask(), await ask()]).toEqual([2, 2]);
});
