import { expect, test } from '@jest/globals';
import { barsOf } from '../../../src/domain/report/bars.ts';

const BOX = { x: 100, y: 50, width: 700, height: 400 };
const day = (low: number, critical = 0) => ({
  day: '2026-11-26',
  declared: low + critical,
  byLevel: { low, moderate: 0, high: 0, critical },
});

test('the day with the most fills the room, the others are as high as their share, the grave part on top', () => {
  const [first, none, half] = barsOf([day(40, 40), day(0), day(20)], BOX);
  expect(first?.parts.map(({ level, y, height }) => [level, y, height])).toEqual([
    ['low', 250, 200],
    ['critical', 50, 200],
  ]);
  expect([first?.top, none?.parts, none?.top, half?.top]).toEqual([50, [], 450, 350]);
});

test('one grave case among thousands is seen', () => {
  const [bar] = barsOf([day(4_000, 1)], BOX);
  expect(bar?.parts.at(-1)).toMatchObject({ level: 'critical', height: 4 });
});

test('days share the width, and a bar stands in the middle of its day', () => {
  const bars = barsOf(
    Array.from({ length: 7 }, () => day(1)),
    BOX,
  );
  expect(bars.map(({ x }) => x)).toEqual([150, 250, 350, 450, 550, 650, 750]);
  for (const { parts, x } of bars) expect(parts[0]).toMatchObject({ x: x - 34, width: 68 });
});

test('nothing at all is drawn too', () => {
  expect(barsOf([], BOX)).toEqual([]);
  expect(barsOf([day(0)], BOX)[0]?.parts).toEqual([]);
});
