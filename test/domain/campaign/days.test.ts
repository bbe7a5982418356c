import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { campaignDay, campaignDays, firstDay, stageOf } from '../../../src/domain/campaign/days.ts';
import { dayOf } from '../../../src/domain/day.ts';
import { nextOpen } from '../../../src/domain/quietHours.ts';

const at = (vietnam: string): number => Date.parse(`${vietnam}:00+07:00`);
const HOURS = { opens: 480, closes: 1200, days: 5 };

test.each([
  ['2026-11-24T06:59', 'early'],
  ['2026-11-24T07:00', 'open'],
  ['2026-11-24T08:00', 'open'],
  ['2026-11-24T19:00', 'open'],
  ['2026-11-24T19:01', 'late'],
  ['2026-11-24T20:00', 'over'],
  ['2026-11-25T08:00', 'over'],
] as const)('a day from 08:00 to 20:00 is at %s: %s', (now, stage) => {
  expect(stageOf(campaignDay(HOURS, '2026-11-24'), at(now))).toBe(stage);
});

test.each([
  [undefined, '2026-11-24T05:00', '2026-11-24'],
  [undefined, '2026-11-24T19:00', '2026-11-24'],
  [undefined, '2026-11-24T19:01', '2026-11-25'],
  ['2026-11-24', '2026-11-24T18:00', '2026-11-24'],
  ['2026-11-24', '2026-11-24T19:01', null],
  ['2026-11-23', '2026-11-24T06:00', null],
  ['2026-12-01', '2026-11-24T23:00', '2026-12-01'],
])('asked for %s, approved at %s: it begins on %s', (from, now, first) => {
  expect(firstDay({ ...HOURS, ...(from && { from }) }, at(now))).toBe(first);
});

test('five days follow each other, over the end of a month too', () => {
  expect(campaignDays(HOURS, '2026-12-29').map(({ day }) => day)).toEqual([
    '2026-12-29',
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
  ]);
});

test('whatever its hours within 07:00 to 22:00, a day begins in them on that very day in Vietnam', () => {
  const hours = fc.tuple(fc.integer({ min: 420, max: 1200 }), fc.integer({ min: 120, max: 900 }));
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 20_000 }), ([opens, long], n) => {
      const day = dayOf(n * 86_400_000);
      const { dueAt, notAfter, endsAt } = campaignDay({ opens, closes: Math.min(1320, opens + long) }, day);
      expect([dayOf(dueAt), dayOf(endsAt - 1), nextOpen(dueAt), nextOpen(endsAt - 1)]).toEqual([
        day,
        day,
        dueAt,
        endsAt - 1,
      ]);
      expect(dueAt < endsAt && notAfter < endsAt).toBe(true);
    }),
  );
});
