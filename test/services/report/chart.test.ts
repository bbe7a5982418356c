import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { CATALOGUES } from '../../../locales/index.ts';
import { reportOf } from '../../../src/domain/report/figures.ts';
import { drawChart } from '../../../src/services/report/chart.ts';
import { openLetters } from '../../../src/services/report/letters.ts';
import { gazetteer, renderer } from '../../harness/talk.ts';
import { counted, LOW } from './counts.ts';
import { heights } from './pixels.ts';

test('the bars are as high as the counts, each level in its colour', async () => {
  const png = await drawChart(renderer, 'vi', reportOf(counted(), '12', '12'));
  const { format, width, height } = await sharp(png).metadata();
  expect([format, width, height]).toEqual(['png', 720, 640]);
  // A phone far from the town waits for every kilobyte.
  expect(png.length).toBeLessThan(60_000);
  const low = await heights(png, 'low');
  const unit = (low[0] ?? 0) / (LOW[0] ?? 1);
  expect(unit).toBeGreaterThan(3);
  expect(low).toHaveLength(LOW.length);
  for (const [n, count] of LOW.entries())
    expect(Math.abs((low[n] ?? 0) - count * unit)).toBeLessThanOrEqual(2);
  const critical = await heights(png, 'critical');
  expect(critical.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(Math.abs((critical[6] ?? 0) - 9 * unit)).toBeLessThanOrEqual(2);
});

test('a day without anything is drawn too', async () => {
  const png = await drawChart(renderer, 'en', reportOf(counted({ days: [] }), '12/03595', '12'));
  expect(await heights(png, 'low')).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('a letter is the same outline on every machine, with its marks', async () => {
  const letters = await openLetters();
  const at = { x: 10, y: 40, size: 28 };
  const [plain, hook, tone, apart] = ['o', 'ơ', 'ợ', 'ợ'.normalize('NFD')].map((word) => letters(word, at));
  expect(new Set([plain, hook, tone]).size).toBe(3);
  expect(apart).toBe(tone);
  // The base of the letter and what is put on it: each mark is a closed outline more.
  const outlines = (path = ''): number => path.split('M').length;
  expect(outlines(tone)).toBeGreaterThan(outlines(plain));
  expect(letters('cao', { ...at, x: 190.96 })).not.toContain('NaN');
});

test('every word that may stand in a chart has its letters', async () => {
  const letters = await openLetters();
  const names = gazetteer.children('12').map(({ code }) => gazetteer.name(code, 'vi', 'full'));
  const words = Object.values(CATALOGUES).flatMap((catalogue) =>
    Object.entries(catalogue).flatMap(([key, said]) =>
      /^(?:report\.chart|level)\./.test(key) ? [said] : [],
    ),
  );
  expect(names.length + words.length).toBeGreaterThan(45);
  for (const text of [...names, ...words, '0123456789:/()–…'])
    for (const weight of [400, 700] as const)
      expect(letters(text, { x: 0, y: 0, size: 20, weight })).toMatch(/^M/);
  expect(() => letters('漢', { x: 0, y: 0, size: 20 })).toThrow('U+6f22');
});
