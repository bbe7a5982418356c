import { expect, test } from '@jest/globals';
import { oneAtATime } from '../../src/services/oneAtATime.ts';
import { until } from './converse/toy.ts';

/** Looks that end when they are told to, and what went wrong. */
const looks = (longest?: number) => {
  const ends: (() => void)[] = [];
  const errors: string[] = [];
  const look = () => new Promise<void>((resolve) => void ends.push(resolve));
  return { ends, errors, ...oneAtATime(look, (error) => void errors.push(String(error)), longest) };
};

test('calls during a look are one more look after it', async () => {
  const { ends, errors, call, idle } = looks();
  for (let n = 0; n < 3; n += 1) call();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await until(() => ends.length === 2);
  ends[1]?.();
  await idle();
  expect([ends.length, errors]).toEqual([2, []]);
});

test('one that waits for an answer that never comes is told and given up, and the next call looks', async () => {
  const { ends, errors, call, idle } = looks(30);
  call();
  await idle();
  expect(errors).toEqual(['TookTooLong: a look took longer than 30 ms']);
  call();
  expect(ends).toHaveLength(2);
});

test('one that fails is told, and the next call looks', async () => {
  const errors: string[] = [];
  let count = 0;
  const look = async (): Promise<void> => {
    count += 1;
    throw new Error(`look ${count}`);
  };
  const { call, idle } = oneAtATime(look, (error) => void errors.push(String(error)));
  call();
  await idle();
  call();
  await idle();
  expect(errors).toEqual(['Error: look 1', 'Error: look 2']);
});
