/** All 3,321 units of today and all 10,805 communes before 1 July 2025: right or asked, never silently wrong. */
import { describe, expect, test } from '@jest/globals';
import { readPlaceData } from '../../../src/store/places.ts';
import { gazetteer, tally, withoutMarks } from './answers.ts';

const { vietnam } = readPlaceData();
const provinceName = new Map(vietnam.provinces.map(([code, , name]) => [code, name]));
const units = Object.entries(vietnam.communes).flatMap(([area, rows]) =>
  rows.map(([code, type, name]) => ({ code, type, name, province: provinceName.get(area) ?? '' })),
);
const oldCommunes = vietnam.former.flatMap((province) =>
  province.districts.flatMap((district) =>
    district.communes.map(([type, name, ...codes]) => ({ type, name, codes, district, province })),
  ),
);

/** text → the units that it may mean; equal texts of different units come together */
function texts<T>(items: readonly T[], write: (item: T) => string, codesOf: (item: T) => readonly string[]) {
  const all = new Map<string, Set<string>>();
  for (const item of items) {
    const right = all.get(write(item)) ?? new Set<string>();
    all.set(write(item), right);
    for (const code of codesOf(item)) right.add(code);
  }
  return all;
}

type Unit = (typeof units)[number];
type OldCommune = (typeof oldCommunes)[number];
const newTexts = (write: (unit: Unit) => string) => texts(units, write, ({ code }) => [code]);
const oldTexts = (write: (old: OldCommune) => string) => texts(oldCommunes, write, ({ codes }) => codes);

const full = ({ type, name, province }: Unit) => `${type} ${name}, ${province}`;
const bare = ({ name, province }: Unit) => `${name}, ${province}`;

describe('units of today', () => {
  test.each<[string, (unit: Unit) => string, one: number, asked: number]>([
    ['type name, province', full, 3158, 163],
    ['type name, province, no marks', (unit) => withoutMarks(full(unit)), 3106, 207],
    ['name, province', bare, 3037, 284],
    ['name, province, no marks', (unit) => withoutMarks(bare(unit)), 2964, 347],
    [
      'TYPE NAME - PROVINCE',
      ({ type, name, province }) => `${type} ${name} - ${province}`.toUpperCase(),
      3158,
      163,
    ],
    ['province, type name', ({ type, name, province }) => `${province}, ${type} ${name}`, 3158, 163],
  ])('%s', (_, write, one, asked) => {
    expect(tally(newTexts(write))).toEqual({ one, asked, askedOfMany: 0, wrong: [] });
  });

  test('what a place is called leads back to it', () => {
    for (const language of ['vi', 'en'] as const) {
      const called = newTexts(({ code }) => gazetteer.name(code, language, 'full'));
      expect(tally(called)).toEqual({ one: 3158, asked: 163, askedOfMany: 0, wrong: [] });
      for (const [code] of vietnam.provinces) {
        for (const style of ['short', 'full'] as const) {
          const found = gazetteer.resolve(gazetteer.name(code, language, style));
          expect(found).toMatchObject({ kind: 'one', place: { code } });
        }
      }
    }
  });
});

const withDistrict = ({ type, name, district, province }: OldCommune) =>
  `${type} ${name}, ${district.type} ${district.name}, ${province.type} ${province.name}`;
/** Cards leave the types out, except of numbers. */
const onCard = ({ type, name, district, province }: OldCommune) => {
  const commune = /^\d/.test(name) ? `${type} ${name}` : name;
  const inDistrict = /^\d/.test(district.name) ? `${district.type} ${district.name}` : district.name;
  return `Thôn 1, ${commune}, ${inDistrict}, ${province.name}`;
};
const bigToSmall = ({ type, name, district, province }: OldCommune) =>
  `${province.type} ${province.name}, ${district.type} ${district.name}, ${type} ${name}, thôn 1`;

describe('communes before 1 July 2025', () => {
  test.each<[string, (old: OldCommune) => string, one: number, asked: number, many: number]>([
    [
      'with types, no marks, no commas',
      (old) => withoutMarks(withDistrict(old)).replaceAll(',', ''),
      10705,
      77,
      0,
    ],
    ['as on a card', onCard, 10630, 78, 0],
    ['as on a card, no marks', (old) => withoutMarks(onCard(old)), 10580, 98, 0],
    ['big to small', bigToSmall, 10746, 59, 0],
    ['commune, province', ({ type, name, province }) => `${type} ${name}, ${province.name}`, 10066, 410, 14],
  ])('%s', (_, write, one, asked, askedOfMany) => {
    expect(tally(oldTexts(write))).toEqual({ one, asked, askedOfMany, wrong: [] });
  });

  test('as on a card that is known to be old', () => {
    expect(tally(oldTexts(onCard), { oldUnits: true })).toEqual({
      one: 10672,
      asked: 36,
      askedOfMany: 0,
      wrong: [],
    });
  });
});
