/** Positions shared by people: the middles of 97 communes as they were before 1 July 2025 (PyPI vietnamadminunits). */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { gazetteer } from './answers.ts';

const FORMER = readFileSync(new URL('./former-positions.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((row) => row.split('|'))
  .map(([name = '', lat, lon, codes = '']) => ({
    name,
    lat: Number(lat),
    lon: Number(lon),
    codes: codes.split(','),
  }));

const near = (lat: number, lon: number): readonly string[] =>
  gazetteer.nearest(lat, lon).map(({ code }) => code);

test('the right commune is among the three that are offered, mostly the first', () => {
  const places = FORMER.map(({ lat, lon, codes }) =>
    near(lat, lon).findIndex((code) => codes.includes(code)),
  );
  const first = places.filter((place) => place === 0).length;
  const offered = places.filter((place) => place >= 0).length;
  expect(FORMER).toHaveLength(97);
  expect([first, offered]).toEqual([84, 95]);
});

test.each([
  ['the town of Lai Châu', 22.396, 103.458, '03408'],
  ['Than Uyên', 21.96, 103.88, '03595'],
  ['Hoàn Kiếm, Hà Nội', 21.0287, 105.8524, '00070'],
])('%s', (_, lat, lon, code) => {
  expect(near(lat, lon)).toContain(code);
});

test.each([
  ['Vientiane', 17.97, 102.6],
  ['the sea', 12, 115],
  ['the other side of the earth', -22, -77],
  ['the pole', 90, 0],
])('%s is near no commune', (_, lat, lon) => {
  expect(near(lat, lon)).toEqual([]);
});
