import { expect, test } from '@jest/globals';
import { OutboxClock, type OutboxClockParts } from '../../src/delivery/outboxClock.ts';

/** A database whose clock is ahead by so much, and which takes so long to say so (ms each), one after the other. */
const clockOver = (answers: readonly (readonly [ahead: number, after: number])[]) => {
  const left = [...answers];
  const toArray = async () => {
    const [ahead = 0, after = 0] = left.shift() ?? [];
    await new Promise((resolve) => setTimeout(resolve, after));
    return [{ localTime: new Date(Date.now() + ahead) }];
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
  const within = ahead === 0 ? 0 : 1_300; // of a slow answer only half is known to be wrong, and a machine may be slow
  expect(Math.abs(clock.now() - ahead)).toBeLessThanOrEqual(within);
});
