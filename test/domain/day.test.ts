import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, ageOn, dayOf, daysBetween, isDay, makeDay, startOfDay } from '../../src/domain/day.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('dayOf', () => {
  test.each([
    ['2026-11-22T16:59:59Z', '2026-11-22'],
    ['2026-11-22T17:00:00Z', '2026-11-23'],
    ['2026-12-31T17:00:00Z', '2027-01-01'],
  ])('%s is %s in Vietnam', (at, expected) => {
    expect(dayOf(Date.parse(at))).toBe(expected);
  });

  test('a day begins at its first instant', () => {
    fc.assert(
      fc.property(day, (one) => {
        expect(dayOf(startOfDay(one))).toBe(one);
        expect(dayOf(startOfDay(one) - 1)).toBe(addDays(one, -1));
      }),
    );
  });
});

describe('makeDay and isDay', () => {
  test.each([
    [2024, 2, 29, '2024-02-29'],
    [2026, 2, 29, null],
    [1900, 2, 29, null],
    [2000, 2, 29, '2000-02-29'],
    [2026, 4, 31, null],
    [2026, 13, 1, null],
    [2026, 0, 1, null],
    [2026, 1, 0, null],
    [90, 1, 1, null],
    [10000, 1, 1, null],
    [Number.NaN, 1, 1, null],
  ])('%d-%d-%d → %s', (year, month, date, expected) => {
    expect(makeDay(year, month, date)).toBe(expected);
  });

  test.each(['2026-11-23', '2024-02-29'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
  });

  test.each(['2026-02-30', '2026-2-3', '1990', '', '23/11/2026', '2026-11-23T00:00'])(
    '%j is none',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );
});

test('adding days and counting them belong together', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days);
    }),
  );
});

describe('ageOn', () => {
  test.each([
    ['1990-11-23', '2026-11-23', 36],
    ['1990-11-24', '2026-11-23', 35],
    ['1990', '2026-11-23', 36],
    ['2026-11-23', '2026-11-23', 0],
    ['2012-11-24', '2026-11-23', 13],
    ['2024-02-29', '2025-02-28', 0],
    ['2024-02-29', '2025-03-01', 1],
  ])('born %s, on %s: %d', (born, on, expected) => {
    expect(ageOn(born, on)).toBe(expected);
  });
});
