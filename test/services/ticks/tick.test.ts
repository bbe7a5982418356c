import { describe, expect, test } from '@jest/globals';
import { isMissed, nextRun } from '../../../src/services/ticks/tick.ts';

/** An instant in Vietnam. */
const at = (time: string): number => Date.parse(`${time}+07:00`);
const DAILY = { cron: '0 7 * * *' };

describe('when a tick comes next', () => {
  test.each([
    ['0 7 * * *', '2026-11-23T06:59:59', '2026-11-23T07:00:00'],
    ['0 7 * * *', '2026-11-23T07:00:00', '2026-11-24T07:00:00'],
    // In London or on a server in UTC it is still the 22nd: the zone is Vietnam's.
    ['30 16 * * *', '2026-11-23T00:30:00', '2026-11-23T16:30:00'],
    ['*/10 * * * * *', '2026-11-23T09:00:01', '2026-11-23T09:00:10'],
  ])('%s after %s is %s', (cron, after, next) => {
    expect(new Date(nextRun({ cron }, at(after)))).toEqual(new Date(at(next)));
  });
});

describe('a run that was missed', () => {
  const day = 86_400_000;
  test.each([
    ['on time', DAILY, '2026-11-23T07:00:00', '2026-11-23T12:00:00', false],
    ['down at 07:00', DAILY, '2026-11-22T07:00:01', '2026-11-23T07:40:00', true],
    ['down for a week: once is enough', DAILY, '2026-11-16T07:00:01', '2026-11-23T12:00:00', true],
    ['not yet', DAILY, '2026-11-22T07:00:01', '2026-11-23T06:59:59', false],
    ['still useful', { ...DAILY, usefulFor: day / 4 }, '2026-11-22T07:00:01', '2026-11-23T12:59:00', true],
    ['too late', { ...DAILY, usefulFor: day / 4 }, '2026-11-22T07:00:01', '2026-11-23T13:00:01', false],
  ])('%s', (_name, tick, began, now, missed) => {
    expect(isMissed(tick, at(began), at(now))).toBe(missed);
  });

  test.each([
    ['half a minute ago: it may be under way', '2026-11-22T07:00:01', '2026-11-23T07:00:30', false],
    ['more than a minute ago', '2026-11-22T07:00:01', '2026-11-23T07:01:01', true],
    ['it went well', '2026-11-23T07:00:01', '2026-11-23T07:01:01', false],
  ])('for whoever leaves it a minute, %s', (_name, began, now, missed) => {
    expect(isMissed(DAILY, at(began), at(now), 60_000)).toBe(missed);
  });

  test('a tick that never ran has missed nothing', () => {
    expect(isMissed(DAILY, undefined, at('2026-11-23T12:00:00'))).toBe(false);
  });
});
