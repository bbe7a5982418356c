import { expect, test } from '@jest/globals';
import { barsOf } from '../../../src/domain/report/bars.ts';

const BOX = { x: 100, y: 50, width: 700, height: 400 };
const day = (low: number, critical = 0) => ({
  day: '2026-11-26',
  declared: low + critical,
  byLevel: { low, moderate: 0, high: 0, critical },
});

test('a bar is as high as its count, from the foot up, the grave part on top', () => {
  const { bars, grid } = barsOf([day(40, 20), day(0), day(20)], BOX);
  expect(grid.map(({ count }) => count)).toEqual([0, 20, 40, 60, 80]);
  expect(grid.map(({ y }) => y)).toEqual([450, 350, 250, 150, 50]);
  const [first, none, half] = bars;
  expect(first?.parts.map(({ level, y, height }) => [level, y, height])).toEqual([
    ['low', 250, 200],
    ['critical', 150, 100],
  ]);
  expect([first?.top, none?.parts, none?.top, half?.top]).toEqual([150, [], 450, 350]);
});

test('one grave case among thousands is seen', () => {
  const [bar] = barsOf([day(4_000, 1)], BOX).bars;
  expect(bar?.parts.at(-1)).toMatchObject({ level: 'critical', height: 4 });
});

test.each([
  [0, 4],
  [4, 4],
  [5, 8],
  [9, 20],
  [81, 200],
  [1_234, 2_000],
])('the greatest count %i: the grid goes to %i', (most, top) => {
  expect(barsOf([day(most)], BOX).grid.at(-1)?.count).toBe(top);
});
