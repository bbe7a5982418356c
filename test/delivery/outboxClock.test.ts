import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { OutboxClock, type OutboxClockParts } from '../../src/delivery/outboxClock.ts';
import { Unavailable } from '../../src/store/errors.ts';

type Answer = readonly [ahead: number, after: number, back?: number];

/** A database whose clock is ahead by so much, and whose answer takes so long to be given, and to arrive (ms each). */
const clockOver = (answers: readonly Answer[]) => {
  const left = [...answers];
  const toArray = async () => {
    const [ahead = 0, after = 0, back = 0] = left.shift() ?? [];
    await pause(after);
    const localTime = new Date(Date.now() + ahead);
    await pause(back);
    return [{ localTime }];
  };
  const collection = { aggregate: () => ({ toArray }) } as unknown as OutboxClockParts['collection'];
  return new OutboxClock({ collection, now: () => 0 });
};

test.each([
  ['a clock that is right is not corrected by what an answer takes', [[0, 10]], 0],
  ['one that is wrong is', [[5_000, 10]], 5_000],
  [
    'a slow answer does not put back what is known',
    [
      [5_000, 10],
      [0, 1_200],
    ],
    5_000,
  ],
  ['a slow one is better than none', [[5_000, 1_200]], 5_000],
  [
    'a quick one is believed',
    [
      [5_000, 10],
      [0, 10],
    ],
    0,
  ],
] as const)('%s', async (_, answers, ahead) => {
  const clock = clockOver(answers);
  for (let n = 0; n < answers.length; n += 1) await clock.look();
  const within = ahead === 0 ? 0 : 1_300; // a machine may be slow
  expect(Math.abs(clock.now() - ahead)).toBeLessThanOrEqual(within);
});

test.each<[string, Answer, number]>([
  ['and the answer was given late', [-1_000, 1_200], -1_000],
  ['and the answer was long under way', [-1_000, 0, 1_200], -2_200],
  ['and its clock is right', [0, 1_200], 0],
])(
  'of a first answer that is slow the least is believed: nothing leaves early (%s)',
  async (_, answer, ahead) => {
    const clock = clockOver([answer]);
    await clock.look();
    expect(clock.now()).toBeLessThanOrEqual(ahead + 20);
    expect(clock.now()).toBeGreaterThan(ahead - 600); // a machine may be slow
  },
);

test('of a first answer that takes longer than five seconds nothing is believed', async () => {
  const clock = clockOver([
    [-9_000, 0, 5_100],
    [0, 10],
  ]);
  await expect(clock.look()).rejects.toThrow(Unavailable);
  await clock.look();
  expect(Math.abs(clock.now())).toBeLessThan(1_300); // a machine may be slow
});
