import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MOST_CANDIDATES, type Resolution } from '../../../src/domain/place/place.ts';
import { readPlaceData } from '../../../src/store/places.ts';
import { AT_HOME, codes, gazetteer } from './answers.ts';

const { vietnam, countries } = readPlaceData();

test('codes lead to places, paths and names', () => {
  expect(gazetteer.get('03595')).toEqual({ code: '03595', level: 'commune', path: '12/03595' });
  expect(gazetteer.get('12')).toEqual({ code: '12', level: 'province', path: '12' });
  expect(gazetteer.get('CN')).toEqual({ code: 'CN', level: 'country', path: 'CN' });
  expect(gazetteer.get('00000')).toBeUndefined();
  expect(gazetteer.children('12')).toHaveLength(38);
  expect(gazetteer.children('VN')).toHaveLength(34);
  expect(gazetteer.children('03595')).toEqual([]);
});

test.each([
  ['03595', 'xã Than Uyên', 'xã Than Uyên, Lai Châu', 'Than Uyên commune', 'Than Uyên commune, Lai Châu'],
  ['03388', 'phường Đoàn Kết', 'phường Đoàn Kết, Lai Châu', 'Đoàn Kết ward', 'Đoàn Kết ward, Lai Châu'],
  ['12', 'Lai Châu', 'tỉnh Lai Châu', 'Lai Châu', 'Lai Châu province'],
  ['01', 'Hà Nội', 'thành phố Hà Nội', 'Hà Nội', 'Hà Nội city'],
  ['CN', 'Trung Quốc', 'Trung Quốc', 'China', 'China'],
  ['99999', '', '', '', ''],
])('the names of %s', (code, ...names) => {
  const called = (['vi', 'en'] as const).flatMap((language) =>
    (['short', 'full'] as const).map((style) => gazetteer.name(code, language, style)),
  );
  expect(called).toEqual(names);
});

test('every country is found by its names, none of which is a place in Lai Châu', () => {
  for (const { code, vi, en } of countries.countries) {
    expect(codes(gazetteer.resolve(vi, AT_HOME))).toEqual([code]);
    expect(codes(gazetteer.resolve(en, AT_HOME))).toEqual([code]);
  }
});

function expectWellFormed(resolution: Resolution): void {
  for (const code of codes(resolution)) expect(gazetteer.get(code)).toBeDefined();
  if (resolution.kind === 'several') expect(resolution.places.length).toBeGreaterThan(1);
  if (resolution.kind === 'several' || resolution.kind === 'near') {
    expect(resolution.places.length).toBeGreaterThan(0);
    expect(resolution.places.length).toBeLessThanOrEqual(MOST_CANDIDATES);
    expect(new Set(codes(resolution)).size).toBe(resolution.places.length);
    expect(resolution.more).toBeGreaterThanOrEqual(0);
  }
}

const options = fc.record(
  {
    within: fc.constantFrom('12', '15', '01', 'CN', 'nowhere'),
    at: fc.constantFrom('province' as const, 'commune' as const),
    oldUnits: fc.boolean(),
  },
  { requiredKeys: [] },
);
const oldNames = vietnam.former.flatMap((province) => [
  province.name,
  ...province.districts.flatMap((district) => [district.name, ...district.communes.map(([, name]) => name)]),
]);
const word = fc.oneof(
  fc.constantFrom(...oldNames),
  fc.constantFrom(
    'xã',
    'huyện',
    'tp',
    'bản',
    'số',
    '12',
    'thuộc',
    ',',
    '-',
    'cũ',
    'mới',
    'tôi ở',
    'đường',
    '(',
    'commune',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

test('whatever is said, the answer is well formed', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
      options,
      (text, how) => {
        expectWellFormed(gazetteer.resolve(text, how));
      },
    ),
    { numRuns: 400 },
  );
});

test('whatever is made of names and the words of addresses, too', () => {
  const address = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(address, options, (text, how) => {
      expectWellFormed(gazetteer.resolve(text, how));
      const route = gazetteer.route(text, how);
      if (route) for (const side of [route.from, route.to]) expect(side.kind).not.toBe('none');
    }),
    { numRuns: 200 },
  );
});

test('what is written never changes which place it is: case, form, spaces', () => {
  const rows = Object.entries(vietnam.communes).flatMap(([, list]) => list);
  fc.assert(
    fc.property(fc.constantFrom(...rows), ([code]) => {
      const name = gazetteer.name(code, 'vi', 'full');
      const ways = [name.toUpperCase(), name.normalize('NFD'), `  ${name.replaceAll(' ', '  ')} .`];
      for (const way of ways) expect(codes(gazetteer.resolve(way))).toEqual(codes(gazetteer.resolve(name)));
    }),
    { numRuns: 200 },
  );
});

test('ten thousand characters are answered as quickly as a few hundred', () => {
  for (const piece of [
    'a',
    'xã ',
    'Lai Châu, ',
    'than uyen ',
    '1 ',
    'Phường 1, Quận 1, ',
    '😀',
    '\u0301',
    ',',
  ]) {
    const text = piece.repeat(Math.ceil(10_000 / piece.length));
    const start = process.cpuUsage();
    expectWellFormed(gazetteer.resolve(text, AT_HOME));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(400); // of a core, whatever else it does meanwhile
  }
});
