import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CARD_TEXT_MAX, parseCard } from '../../../src/domain/card/parse.ts';

/** Made up: nobody has these numbers. */
const LO = {
  idNumber: '012190000123',
  oldIdNumber: '045000123',
  name: 'Lò Thị Mẩy',
  born: '1990-03-15',
  sex: 'female',
  residence: 'Bản Nà Củng, Mường So, Phong Thổ, Lai Châu',
  issued: '2021-04-20',
  consistent: true,
};
const without = (...keys: (keyof typeof LO)[]) =>
  Object.fromEntries(Object.entries(LO).filter(([key]) => !keys.includes(key as keyof typeof LO)));

const HOME = LO.residence;
const FULL = `012190000123|045000123|Lò Thị Mẩy|15031990|Nữ|${HOME}|20042021`;

describe('a card is read', () => {
  test.each([
    ['seven fields', FULL, LO],
    ['no old number', `012190000123||Lò Thị Mẩy|15031990|Nữ|${HOME}|20042021`, without('oldIdNumber')],
    ['six fields', `012190000123|Lò Thị Mẩy|15031990|Nữ|${HOME}|20042021`, without('oldIdNumber')],
    ['dates with slashes', `012190000123|045000123|Lò Thị Mẩy|15/03/1990|Nữ|${HOME}|20/04/2021`, LO],
    ['parents after an empty field', `${FULL}||Lò Văn Páo|Vàng Thị Dợ`, LO],
    ['parents after two empty fields', `${FULL}|||Lò Văn Páo|Vàng Thị Dợ|`, LO],
    ['decomposed letters', FULL.normalize('NFD'), LO],
    ['spaces and a line end', ` ${FULL.replaceAll('|', ' | ').replace('Thị', ' Thị ')}\r\n`, LO],
    ['a byte order mark', `\uFEFF${FULL}`, LO],
    ['capitals', FULL.replace('Lò Thị Mẩy', 'LÒ THỊ MẨY').replace('Nữ', 'NỮ'), { ...LO, name: 'LÒ THỊ MẨY' }],
    [
      'no tone marks',
      FULL.replace('Lò Thị Mẩy', 'LO THI MAY').replace('Nữ', 'Nu'),
      { ...LO, name: 'LO THI MAY' },
    ],
    [
      'a former number of twelve',
      FULL.replace('045000123', '012345678901'),
      { ...LO, oldIdNumber: '012345678901' },
    ],
    ['no day of issue', FULL.replace('|20042021', ''), without('issued')],
    ['an impossible day of issue', FULL.replace('20042021', '31022021'), without('issued')],
    ['issued before birth', FULL.replace('20042021', '20041980'), without('issued')],
    ['no residence', FULL.replace(HOME, ''), { ...LO, residence: '' }],
    ['a residence that is only a day', FULL.replace(`${HOME}|`, ''), { ...LO, residence: '' }],
    ['a name that is a word for a sex', FULL.replace('Lò Thị Mẩy', 'Nam'), { ...LO, name: 'Nam' }],
    ['another sex', FULL.replace('Nữ', 'Khác'), { ...LO, sex: 'other' }],
    [
      'apostrophe and hyphen',
      FULL.replace('Lò Thị Mẩy', "H'Hen Niê-Kđăm"),
      { ...LO, name: "H'Hen Niê-Kđăm" },
    ],
    [
      'a leap day',
      `012296000123||Lò A|29022096|Nam|${HOME}`,
      {
        ...without('oldIdNumber', 'issued'),
        idNumber: '012296000123',
        name: 'Lò A',
        born: '2096-02-29',
        sex: 'male',
      },
    ],
  ])('%s', (_what, text, card) => {
    expect(parseCard(text)).toEqual(card);
  });
});

describe('is the number consistent with the rest', () => {
  test.each([
    ['012190000123', '15031990', 'Nữ', true],
    ['012090000123', '15031990', 'Nam', true],
    ['012090000123', '15031990', 'Nữ', false],
    ['012291000123', '15031990', 'Nữ', false],
    ['012205000123', '01012005', 'Nam', true],
    ['012305000123', '01012005', 'Nữ', true],
    ['012105000123', '01012005', 'Nữ', false],
    ['000190000123', '15031990', 'Nữ', false],
    ['097190000123', '15031990', 'Nữ', false],
    ['096190000123', '15031990', 'Nữ', true],
    ['123190000123', '15031990', 'Nữ', true],
  ])('%s, %s, %s: %s', (idNumber, born, sex, consistent) => {
    expect(parseCard(`${idNumber}||Lò Thị Mẩy|${born}|${sex}|${HOME}`)?.consistent).toBe(consistent);
  });
});

describe('not a card', () => {
  test.each([
    ['nothing', ''],
    ['bars', '||||||'],
    ['a link', 'https://example.org/q/ABC'],
    ['eleven digits', FULL.replace('012190000123', '01219000012')],
    ['thirteen digits', FULL.replace('012190000123', '0121900001234')],
    ['no such day', FULL.replace('15031990', '31021990')],
    ['no such month', FULL.replace('15031990', '15131990')],
    ['a day that only leap years have', FULL.replace('15031990', '29021990')],
    ['a year before 1900', FULL.replace('15031990', '15031890')],
    ['only a year', FULL.replace('15031990', '1990')],
    ['half a pair of slashes', FULL.replace('15031990', '15/031990')],
    ['no name', FULL.replace('Lò Thị Mẩy', '')],
    ['a name of digits', FULL.replace('Lò Thị Mẩy', '12345')],
    ['a name with markup', FULL.replace('Lò Thị Mẩy', '<b>Lò</b>')],
    ['a name without end', FULL.replace('Lò Thị Mẩy', 'Lò'.repeat(51))],
    ['no sex', FULL.replace('Nữ', '')],
    ['an inherited property for a sex', FULL.replace('Nữ', 'constructor')],
    ['a health insurance card', 'DN4790000000001|4cc3b2|15/03/1990|2|4c61|01 - 012|01/01/2021|-|20/04/2021'],
    ['longer than any card', FULL + ' '.repeat(CARD_TEXT_MAX)],
  ])('%s', (_what, text) => {
    expect(parseCard(text)).toBeNull();
  });
});

test('whatever the text, it does not throw, and what it gives has the promised shape', () => {
  const field = fc.oneof(
    fc.constantFrom(
      '012190000123',
      '15031990',
      '31/02/1990',
      'Nữ',
      'Nam',
      '045000123',
      'Lò Thị Mẩy',
      '',
      '__proto__',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(field, { maxLength: 12 }).map((all) => all.join('|')),
  );
  let read = 0;
  fc.assert(
    fc.property(text, (raw) => {
      const card = parseCard(raw);
      if (card === null) return;
      read += 1;
      expect(card.idNumber).toMatch(/^\d{12}$/);
      expect(card.born).toBe(new Date(card.born).toISOString().slice(0, 10));
      expect(card.name).toBe(card.name.normalize('NFC').trim());
      expect(card.residence).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 20_000, seed: 3 },
  );
  expect(read).toBeGreaterThan(0);
});
