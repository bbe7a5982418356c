import { expect, test } from '@jest/globals';
import { hoursOf, parseDays, parseHours } from '../../../src/domain/campaign/hours.ts';

const NONE = 'problem.campaignHours';
const RANGE = 'problem.campaignHoursRange';

test.each([
  ['08:00-20:00', '08:00-20:00'],
  ['8-20', '08:00-20:00'],
  ['8h đến 18h30', '08:00-18:30'],
  ['từ 7 giờ 30 tới 19 giờ', '07:30-19:00'],
  ['7g – 21g30', '07:00-21:30'],
  ['7.30 - 9.30', '07:30-09:30'],
  ['07:00 to 22:00', '07:00-22:00'],
  ['06:59-20:00', RANGE],
  ['08:00-22:01', RANGE],
  ['08:00-09:59', RANGE],
  ['20:00-08:00', RANGE],
  ['08:60-20:00', RANGE],
  ['sáng', NONE],
  ['8', NONE],
  ['', NONE],
])('hours "%s": %s', (raw, kept) => {
  const parsed = parseHours(raw);
  expect(parsed.ok ? parsed.value : parsed.problem.key).toBe(kept);
  if (parsed.ok) expect(parseHours(parsed.value)).toEqual(parsed); // what is kept is read again
});

test('kept hours are minutes of a plan; what is none makes none that would pass', () => {
  expect(hoursOf('07:30-18:05')).toEqual({ opens: 450, closes: 1085 });
  expect(hoursOf('later')).toEqual({ opens: Number.NaN, closes: Number.NaN });
});

test.each([
  ['1', 1],
  ['14 ngày', 14],
  ['7 days', 7],
  ['0', null],
  ['15', null],
  ['2,5', null],
  ['-3', null],
  ['năm', null],
  ['', null],
])('days "%s": %s', (raw, days) => {
  const parsed = parseDays(raw);
  expect(parsed.ok ? parsed.value : null).toBe(days);
});
