import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { smsOf } from '../../../src/domain/sms/segments.ts';
import { unaccented } from '../../../src/domain/sms/unaccented.ts';

const LETTERS =
  'aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz';

describe('unaccented', () => {
  test.each([
    ['Đề nghị khai báo y tế', 'De nghi khai bao y te'],
    ['Đề nghị khai báo y tế'.normalize('NFD'), 'De nghi khai bao y te'],
    ['KHẨN: ĐƯỜNG DÂY NÓNG Ở XÃ', 'KHAN: DUONG DAY NONG O XA'],
    ['sốt ≥ 38 °C, ho…', 'sot >= 38 oC, ho...'],
    ['07:00–22:00 — “gấp”, ‘ngay’', '07:00-22:00 - "gap", \'ngay\''],
    ['gọi\u00a01900\u202f9095\tnhé', 'goi 1900 9095 nhe'],
    ['khai\u200bbáo\ufeff', 'khaibao'],
    ['dòng 1\r\ndòng 2\rdòng 3', 'dong 1\ndong 2\ndong 3'],
    // Old fonts wrote the Icelandic letter for đ.
    ['Ðiện Biên', 'Dien Bien'],
    ['550 ₫/tin', '550 d/tin'],
    // A mark that stands on a letter already marked is one of ours too.
    ['ệ\u0302', 'e'],
    ['đ\u0323', 'ḍ'],
    // Not ours: left as they are.
    ['señor, ça, über, Łódź', 'señor, ça, über, Łodź'],
    ['ສະບາຍດີ 你好 😀', 'ສະບາຍດີ 你好 😀'],
    ['', ''],
  ])('%j → %j', (text, expected) => {
    expect(unaccented(text)).toBe(expected);
  });

  test('every letter of the alphabet loses its marks and keeps its case', () => {
    const plain = 'aaaaaaaaaaaaaaaaaa';
    expect(unaccented(LETTERS).slice(0, 18)).toBe(plain);
    expect(unaccented(LETTERS)).toMatch(/^[a-z]+$/);
    expect(unaccented(LETTERS)).toHaveLength(LETTERS.length);
    expect(unaccented(LETTERS.toUpperCase())).toBe(unaccented(LETTERS).toUpperCase());
  });

  test('twice is once, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          ...LETTERS,
          '\u0301',
          '\u0323',
          '\u0308',
          '\u200b',
          '°',
          '`',
          '=',
          '\u0338',
          'Ð',
        ),
      }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const once = unaccented(raw);
        expect(once).toBe(once.normalize('NFC'));
        expect(unaccented(once)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  test('Vietnamese with what phones and word processors put around it is GSM 03.38 afterwards', () => {
    const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
    const typed = [...LETTERS, ...LETTERS.toUpperCase(), ...ascii, ...'…–—“”‘’«»•°²\u00a0\u200b\t\n\r'];
    const vietnamese = fc.string({ unit: fc.constantFrom(...typed), maxLength: 400 });
    fc.assert(
      fc.property(vietnamese, fc.constantFrom('NFC', 'NFD'), (text, form) => {
        expect(smsOf(unaccented(text.normalize(form))).encoding).toBe('gsm7');
      }),
    );
  });
});
