/** Every one of the 38 units of Lai Châu and of the 106 before 1 July 2025, as people write them (laichau-map.txt). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ask, codes, gazetteer, withoutMarks } from './answers.ts';

/** The second spellings of nine old names, in use beside those of the map. */
const SECOND_SPELLINGS = [
  ['Xã Lả Nhì Thàng', '03388'],
  ['Xã Kan Hồ', '03433'],
  ['Xã Pa Vệ Sử', '03466'],
  ['Xã Tông Qua Lìn', '03571'],
  ['Xã Hua Bun', '03460'],
  ['Xã Tà Gia', '03640'],
  ['Xã Ma Ly Pho', '03549'],
  ['Xã Pa Khoá', '03532'],
  ['Xã Pa ủ', '03442'],
] as const;

function readMap(): { units: [string, string][]; old: [string, string][] } {
  const rows = readFileSync(new URL('./laichau-map.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const units: [string, string][] = [];
  const old: [string, string][] = [];
  for (const row of rows) {
    const [code = '', name = '', from = ''] = row.split('|');
    units.push([name, code]);
    const names = from === 'giữ nguyên' ? [name] : from.split(', ');
    old.push(...names.map((each): [string, string] => [each, code]));
  }
  return { units, old };
}

const { units, old } = readMap();
const all = [...units, ...old, ...SECOND_SPELLINGS];
const bare = (name: string) => name.replace(/^(Phường|Xã|Thị trấn) /, '');
const short = (name: string) => name.replace('Thị trấn', 'TT').replace('Xã', 'X.').replace('Phường', 'P.');

/** The names that mean two units: asked about, in every way of writing that does not tell which. */
const TWO_UNITS = ['Mường Than', 'Mường Tè', 'Nậm Cha', 'Nậm Chà'];

const FORMS: [string, (name: string) => string, ask: readonly string[]][] = [
  ['with its type', (name) => name, ['Xã Mường Than']],
  ['bare', bare, ['Mường Than', 'Mường Tè']],
  ['type, no marks', withoutMarks, ['Xa Muong Than', 'Xa Nam Cha']],
  ['bare, no marks', (name) => withoutMarks(bare(name)), ['Muong Than', 'Muong Te', 'Nam Cha']],
  ['upper case', (name) => name.toUpperCase(), ['XÃ MƯỜNG THAN']],
  [
    'lower case, no marks',
    (name) => withoutMarks(bare(name)).toLowerCase(),
    ['muong than', 'muong te', 'nam cha'],
  ],
  ['decomposed', (name) => name.normalize('NFD'), ['Xã Mường Than'.normalize('NFD')]],
  ['short type', short, ['X. Mường Than']],
  ['with the province', (name) => `${bare(name)}, Lai Châu`, ['Mường Than, Lai Châu', 'Mường Tè, Lai Châu']],
  [
    'no comma, no marks',
    (name) => withoutMarks(`${bare(name)} lai chau`),
    ['Muong Than lai chau', 'Muong Te lai chau', 'Nam Cha lai chau'],
  ],
];

test('the map has 38 units made of 106', () => {
  expect([units.length, old.length]).toEqual([38, 106]);
  expect(gazetteer.children('12').map(({ code }) => code)).toEqual(units.map(([, code]) => code).sort());
});

describe.each(FORMS)('%s', (_, write, asked) => {
  test('finds each of the 153 names, and asks about those of two units only', () => {
    const wrong = all.filter(
      ([name, code]) => ask(write(name)) !== code && !ask(write(name)).startsWith(`${code} =`),
    );
    const questions = wrong.map(([name]) => write(name));
    expect([...new Set(questions)].sort()).toEqual([...asked].sort());
    for (const [name, code] of wrong) {
      const resolution = gazetteer.resolve(write(name), { within: '12' });
      expect([resolution.kind, codes(resolution).includes(code), TWO_UNITS.includes(bare(name))]).toEqual([
        'several',
        true,
        true,
      ]);
    }
  });
});

test('written together the names are found too; "malypho" differs from both spellings and is confirmed', () => {
  const together = (name: string) => withoutMarks(bare(name)).replaceAll(' ', '').toLowerCase();
  const wrong = all.filter(
    ([name, code]) => !codes(gazetteer.resolve(together(name), { within: '12' })).includes(code),
  );
  expect(wrong).toEqual([]);
  expect(ask('malypho')).toBe('~ 03549');
  expect(ask('sinho')).toBe('03478');
});

test('with at: commune, no name is answered with another unit', () => {
  for (const [, write] of FORMS) {
    for (const [name, code] of all) {
      expect(codes(gazetteer.resolve(write(name), { within: '12', at: 'commune' }))).toContain(code);
    }
  }
});

test('without a home province, homonyms elsewhere are asked about and the right unit is among them', () => {
  for (const [name, code] of all) {
    const resolution = gazetteer.resolve(name);
    expect(codes(resolution).includes(code) || ('more' in resolution && resolution.more > 0)).toBe(true);
  }
});
