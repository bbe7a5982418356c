/** When the harness expects the reminders of its days: too early a time would hide one that leaves in the night. */
import { expect, test } from '@jest/globals';
import { startOfDay } from '../../src/domain/day.ts';
import { nextOpen } from '../../src/domain/quietHours.ts';
import { DAYS, dayBegins, SKEW, UNDER_WAY } from '../harness/chaos/delivery/clock.ts';
import { remindersBy } from '../harness/chaos/delivery/reminded.ts';
import { readerAt } from './reader.ts';

const BEGAN = startOfDay('2026-11-27');
const READERS = Array.from({ length: 300 }, (_, n) => readerAt(`c${n}`));

test('each is due once, on a day that has begun, by no more than a wrong clock before its time, and never in the night', () => {
  const all = remindersBy(READERS, BEGAN, DAYS);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(DAYS);
  for (const { id, from } of all) {
    const begins = Array.from({ length: DAYS }, (_, n) => dayBegins(BEGAN, n));
    expect(begins.some((at) => from >= at - SKEW && from < at + 60_000)).toBe(true);
    expect([id, nextOpen(from)]).toEqual([id, from]);
  }
});

test.each([1, 2])('before the day %s may end all that begins on it is due, by slow clocks as well', (day) => {
  const begins = dayBegins(BEGAN, day); // on the first one the night ends later than that
  const own = remindersBy(READERS, BEGAN, day + 1).filter(({ from }) => from >= begins - SKEW);
  expect(own.length).toBeGreaterThan(0);
  for (const { from } of own) expect(from + 2 * SKEW - begins).toBeLessThanOrEqual(UNDER_WAY);
});

test('of a day that has not begun nobody is reminded', () => {
  const [first, all] = [remindersBy(READERS, BEGAN, 1), remindersBy(READERS, BEGAN, DAYS)];
  expect(first.length).toBeLessThan(all.length);
  expect(first.every(({ from }) => from < dayBegins(BEGAN, 1) - SKEW)).toBe(true);
});
