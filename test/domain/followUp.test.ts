import { describe, expect, test } from '@jest/globals';
import {
  isBad,
  isMissing,
  nextRound,
  parseTemperature,
  USUAL_FOLLOW_UP as RULE,
  roundEnd,
  temperatureButtons,
} from '../../src/domain/reminders/followUp.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}+07:00`);

test.each([
  ['23T06:00:00', '23T08:00:00'],
  ['23T08:00:00', '23T18:00:00'],
  ['23T17:59:59', '23T18:00:00'],
  ['23T18:00:00', '24T08:00:00'],
  ['23T23:59:59', '24T08:00:00'],
])('after %s they are asked at %s', (after, next) => {
  expect(new Date(nextRound(RULE, at(after)))).toEqual(new Date(at(next)));
});

test.each([
  ['23T08:00:00', '23T18:00:00'],
  ['23T17:59:59', '23T18:00:00'],
  ['23T18:00:00', '24T00:00:00'],
  ['23T21:59:59', '24T00:00:00'],
  ['23T22:00:00', null], // nothing leaves before 07:00
  ['24T00:00:00', null],
  ['24T07:01:00', null],
  ['24T07:59:59', null],
])('asked at %s the question is of use until %s', (now, end) => {
  expect(roundEnd(RULE, at(now))).toBe(end === null ? null : at(end));
});

test.each([
  ['23T21:30:00', '24T00:00:00'],
  ['24T06:30:00', null],
  ['24T07:00:00', '24T12:00:00'],
])('with rounds at 7, 12 and 21: asked at %s until %s', (now, end) => {
  const rule = { ...RULE, hours: [7, 12, 21] };
  expect(roundEnd(rule, at(now))).toBe(end === null ? null : at(end));
});

test.each([
  ['23T18:00:00', 4, '25T17:59:59', false],
  ['23T18:00:00', 4, '25T18:00:00', true],
  ['23T18:00:00', 3, '25T18:00:00', false],
  ['23T18:00:00', 0, '30T18:00:00', false],
  ['23T18:00:00', 3, '30T18:00:00', false],
  ['23T18:00:00', 4, '30T18:00:00', true],
])('answered last %s, asked %d times since, now %s: missing %s', (last, asked, now, missing) => {
  expect(isMissing(RULE, at(last), asked, at(now))).toBe(missing);
});

test('asked once a day for three days, three questions are enough', () => {
  const rule = { ...RULE, hours: [9], missedDays: 3 };
  const missing = [2, 3].map((asked) => isMissing(rule, at('20T09:00:00'), asked, at('25T09:00:00')));
  expect(missing).toEqual([false, true]);
});

describe('a temperature', () => {
  test.each([
    ['38,2', '38.2'],
    ['38.2 độ', '38.2'],
    ['37 độ 8', '37.8'],
    ['37 do 8', '37.8'],
    ['em đo được 36,9', '36.9'],
    ['38', '38.0'],
    ['38 độ', '38.0'],
    ['38.25 °C', '38.2'],
    ['39.5C', '39.5'],
  ])('%s is %s', (raw, value) => {
    expect(parseTemperature(raw)).toEqual({ ok: true, value });
  });
  test.each(['', 'nóng', '29', '44', '380', '98.6 F', '3,8', '12/3'])('"%s" is none', (raw) => {
    expect(parseTemperature(raw).ok).toBe(false);
  });
});

test.each([
  ['well', '36.9', [], false],
  ['well', 'under', [], false],
  ['well', 'mild', [], false],
  ['well', 'unknown', [], false],
  ['well', '37.9', [], false],
  ['well', '38.0', [], true],
  ['well', 'fever', [], true],
  ['unwell', 'under', [], true],
  ['well', 'under', ['cough'], true],
] as const)('%s, %s, %j: bad %s', (how, temperature, symptoms, bad) => {
  expect(isBad(RULE, { how, temperature, symptoms })).toBe(bad);
});

describe('the buttons for a temperature', () => {
  test.each([
    [38, ['under 37.5', 'mild 37.5 37.9', 'fever 38', 'unknown']],
    [38.5, ['under 37.5', 'mild 37.5 38.4', 'fever 38.5', 'unknown']],
    [37.6, ['under 37.5', 'mild 37.5 37.5', 'fever 37.6', 'unknown']],
    [37.5, ['under 37.5', 'fever 37.5', 'unknown']],
    [37, ['under 37', 'fever 37', 'unknown']],
  ])('with a fever from %d °C', (fever, expected) => {
    const shown = temperatureButtons({ fever }).map(({ id, degrees }) =>
      [id, ...Object.values(degrees).map((value) => Number(value.toFixed(1)))].join(' '),
    );
    expect(shown).toEqual(expected);
  });
});
