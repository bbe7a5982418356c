import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePhone } from '../../src/dialogue/parse/simple.ts';
import { readMobile } from '../../src/domain/mobile.ts';

describe('readMobile', () => {
  test.each([
    ['0912345678', '+84912345678'],
    ['0912 345 678', '+84912345678'],
    ['0912.345.678', '+84912345678'],
    ['(0912) 345-678', '+84912345678'],
    ["'0912345678", '+84912345678'],
    ['+84 912 345 678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['+84(0)912345678', '+84912345678'],
    ['０９１２３４５６７８', '+84912345678'],
    ['\u200b0912345678\u00a0', '+84912345678'],
    ['SĐT: 0912345678', '+84912345678'],
    ['Điện thoại di động 0912345678', '+84912345678'],
    // A spreadsheet took it for a quantity.
    ['912345678', '+84912345678'],
    ['912345678.0', '+84912345678'],
    ['912345678,00', '+84912345678'],
    ['912.345.678', '+84912345678'],
    ['0912.345678', '+84912345678'],
    // Eleven digits until 2018.
    ['01201234567', '+84701234567'],
    ['0168 1234567', '+84381234567'],
    ['1991234567', '+84591234567'],
    ['+84 188 1234567', '+84581234567'],
    ['0352345678', '+84352345678'],
    ['0592345678', '+84592345678'],
  ])('%j → %s', (cell, phone) => {
    expect(readMobile(cell)).toEqual({ phone });
  });

  test.each([
    ['', 'empty'],
    ['  \u200b', 'empty'],
    ['=B2&C2', 'formula'],
    ['#N/A', 'formula'],
    ['9.12346E+08', 'rounded'],
    ['8,4912E+10', 'rounded'],
    ['0912345678 / 0987654321', 'several'],
    ['0912345678, 0987654321', 'several'],
    ['0912345678 0987654321', 'several'],
    ['0912 345 678\n0987 654 321', 'several'],
    ['02133876543', 'landline'],
    ['0213 3876 543', 'landline'],
    ['2133876543', 'landline'],
    ['19009095', 'hotline'],
    ['1800 1119', 'hotline'],
    ['1900123456', 'hotline'],
    ['+8562012345678', 'foreign'],
    ['008562012345678', 'foreign'],
    ['091234567', 'tooShort'],
    ['9771234.57', 'notAPhone'],
    ['9771.23457', 'notAPhone'],
    ['9771234,57', 'notAPhone'],
    ['115', 'tooShort'],
    ['09123456789', 'tooLong'],
    ['012345678901', 'tooLong'],
    // 0130 was never a code, so it became none.
    ['01301234567', 'tooLong'],
    ['0412345678', 'notAPhone'],
    ['không có', 'notAPhone'],
    ['Nguyễn Văn An', 'notAPhone'],
    ['23/11/1980', 'notAPhone'],
    ['-', 'notAPhone'],
  ])('%j is none: %s', (cell, reason) => {
    expect(readMobile(cell)).toEqual({ reason });
  });

  test('what is accepted is a number that the bot itself takes, however it is grouped', () => {
    const number = fc.tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{8}$/));
    const lead = fc.constantFrom('0', '+84', '84', '0084', '+84 0', '');
    const gap = fc.constantFrom('', ' ', '.', '-');
    fc.assert(
      fc.property(number, lead, gap, ([first, rest], before, between) => {
        const cell = `${before}${first}${rest.slice(0, 2)}${between}${rest.slice(2, 5)}${between}${rest.slice(5)}`;
        expect(readMobile(cell)).toEqual({ phone: `+84${first}${rest}` });
        if (before !== '') expect(parsePhone(cell)).toBe(`+84${first}${rest}`);
      }),
    );
  });

  test('never throws, and accepts nothing but mobiles', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (cell) => {
        const read = readMobile(cell);
        if ('phone' in read) expect(read.phone).toMatch(/^\+84[35789]\d{8}$/);
      }),
    );
  });
});
