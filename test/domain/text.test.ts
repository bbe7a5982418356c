import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clean, fold, foldMarked, toneless, withoutPictures } from '../../src/domain/text.ts';

describe('clean', () => {
  test.each([
    ['  Nguyễn   Văn\tAn ', 'Nguyễn Văn An'],
    ['Nguyễn Văn An'.normalize('NFD'), 'Nguyễn Văn An'],
    ['a \n b', 'a\nb'],
    ['１９９０', '1990'],
    ['2️⃣', '2'],
    ['zero\u200bwidth\u200djoiner', 'zerowidthjoiner'],
    ['right\u202eto left', 'rightto left'],
    ['bell\u0007', 'bell'],
    ['👍🏽', '👍'],
    ['', ''],
  ])('%j → %j', (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  test('cleans what is clean into itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(clean(clean(raw))).toBe(clean(raw));
      }),
    );
  });
});

describe('toneless', () => {
  test.each([
    ['Không', 'khong'],
    ['Đắk Lắk', 'dak lak'],
    ['đường', 'duong'],
    ['ỆỘỮ', 'eou'],
    ['Lò Văn Pản'.normalize('NFD'), 'lo van pan'],
  ])('%j → %j', (raw, expected) => {
    expect(toneless(raw)).toBe(expected);
  });
});

describe('fold and foldMarked', () => {
  test.each([
    [' "Có" ', 'co', 'có'],
    ['không…', 'khong', 'không'],
    ['“Hủy”!', 'huy', 'hủy'],
    ['Có 👍', 'co', 'có'],
    ['🇻🇳 Việt Nam 🇻🇳', 'viet nam', 'việt nam'],
    ['👍', '👍', '👍'],
    ['xe  khách\n', 'xe khach', 'xe khách'],
    ['(1)', '1', '1'],
    ['— vâng —', 'vang', 'vâng'],
    ['...', '', ''],
  ])('%j → %j, %j', (raw, folded, marked) => {
    expect(fold(raw)).toBe(folded);
    expect(foldMarked(raw)).toBe(marked);
  });

  test('letters and marks apart are the same as together', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
        expect(fold(raw.normalize('NFD'))).toBe(fold(raw.normalize('NFC')));
      }),
    );
  });
});

test('pictures go only where words are left', () => {
  expect(withoutPictures('An 😀').trim()).toBe('An');
  expect(withoutPictures('😀')).toBe('😀');
  expect(withoutPictures('1 ❌').trim()).toBe('1');
});
