import { expect, test } from '@jest/globals';
import { nextOpen } from '../../src/domain/quietHours.ts';

const at = (vietnam: string): number => Date.parse(`${vietnam}+07:00`);

test.each([
  ['2026-11-23T06:59:59.999', '2026-11-23T07:00:00.000'],
  ['2026-11-23T07:00:00.000', '2026-11-23T07:00:00.000'],
  ['2026-11-23T12:34:56.789', '2026-11-23T12:34:56.789'],
  ['2026-11-23T21:59:59.999', '2026-11-23T21:59:59.999'],
  ['2026-11-23T22:00:00.000', '2026-11-24T07:00:00.000'],
  ['2026-11-23T23:59:59.999', '2026-11-24T07:00:00.000'],
  ['2026-11-24T00:00:00.000', '2026-11-24T07:00:00.000'],
  ['2026-12-31T22:30:00.000', '2027-01-01T07:00:00.000'],
  ['2028-02-28T23:00:00.000', '2028-02-29T07:00:00.000'],
])('what is due at %s may go at %s', (due, open) => {
  expect(new Date(nextOpen(at(due)))).toEqual(new Date(at(open)));
});

test('every minute of two days: what it gives is open, and never before it was asked', () => {
  for (let minute = 0; minute < 2 * 24 * 60; minute += 1) {
    const due = at('2026-11-23T00:00') + minute * 60_000;
    const open = nextOpen(due);
    expect(open).toBeGreaterThanOrEqual(due);
    expect(nextOpen(open)).toBe(open);
  }
});
