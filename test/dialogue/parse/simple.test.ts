import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseNumber, parseOrdinal, parseParts, parsePhone } from '../../../src/dialogue/parse/simple.ts';

describe('parseNumber', () => {
  test.each([
    ['2', 2],
    ['２', 2],
    ['2️⃣', 2],
    [' 2 người', 2],
    ['khoảng 3', 3],
    ['37,5', 37.5],
    ['37.5 độ', 37.5],
    ['ba', 3],
    ['Bốn', 4],
    ['mười', 10],
    ['không', 0],
    ['seven', 7],
    ['1.500', 1500],
    ['12.000 đồng', 12000],
    ['-5', -5],
    ['0', 0],
    ['007', 7],
  ])('%j → %d', (raw, expected) => {
    expect(parseNumber(raw)).toBe(expected);
  });

  test.each(['', 'abc', '1 2', '2-3', '12345678901', '1/2', 'một trăm', '😀'])('%j is none', (raw) => {
    expect(parseNumber(raw)).toBeNull();
  });

  test('every whole number is itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), (n) => expect(parseNumber(` ${n} `)).toBe(n)),
    );
  });
});

describe('parsePhone', () => {
  test.each([
    ['0912345678', '+84912345678'],
    ['0912 345 678', '+84912345678'],
    ['0912.345.678', '+84912345678'],
    ['0912-345-678', '+84912345678'],
    ['(0912) 345 678', '+84912345678'],
    ['+84912345678', '+84912345678'],
    ['+84 912 345 678', '+84912345678'],
    ['+84 0912 345 678', '+84912345678'],
    ['+84 (0) 912 345 678', '+84912345678'],
    ['(+84) 912 345 678', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['sđt 0912345678', '+84912345678'],
    ['Số của tôi là: 0912 345 678', '+84912345678'],
    ['0912345678 nhé', '+84912345678'],
    ['0912345678 (Zalo)', '+84912345678'],
    ['０９１２３４５６７８', '+84912345678'],
    ['0312345678', '+84312345678'],
    ['0512345678', '+84512345678'],
    ['0712345678', '+84712345678'],
    ['0812345678', '+84812345678'],
    ['0213 3876 115', '+842133876115'],
    ['024 3825 1234', '+842438251234'],
    ['+856 20 5555 1234', '+8562055551234'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['0086 138 0013 8000', '+8613800138000'],
    ['+49 170 1234567', '+491701234567'],
  ])('%j → %s', (raw, expected) => {
    expect(parsePhone(raw)).toBe(expected);
  });

  test.each([
    '',
    'không có',
    '113',
    '091234567',
    '09123456789',
    '01234567890',
    '0412345678',
    '0612345678',
    '912345678',
    '+84 12',
    '+1',
    '+012345678',
    '1234567890123456789',
    '0912345678 0987654321',
    '0912345678/0987654321',
    'O912345678',
    '012090001234',
  ])('%j is none', (raw) => {
    expect(parsePhone(raw)).toBeNull();
  });

  test('reads every number it made as itself, whatever stands between', () => {
    const sign = fc.constantFrom('', ' ', '.', '-');
    const number = fc
      .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{8}$/))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(number, fc.constantFrom('0', '+84', '84', '0084'), sign, (rest, lead, between) => {
        const written = `${lead}${between}${rest.slice(0, 3)}${between}${rest.slice(3, 6)}${between}${rest.slice(6)}`;
        expect(parsePhone(written)).toBe(`+84${rest}`);
        expect(parsePhone(`+84${rest}`)).toBe(`+84${rest}`);
      }),
    );
  });
});

describe('parseOrdinal', () => {
  test.each([
    ['1', 1],
    ['2.', 2],
    ['3)', 3],
    ['(4)', 4],
    ['số 2', 2],
    ['chọn 2', 2],
    ['mục 3', 3],
    ['câu 12', 12],
    ['#5', 5],
    ['2️⃣', 2],
    ['１', 1],
    ['010', 10],
  ])('%j → %d', (raw, expected) => {
    expect(parseOrdinal(raw)).toBe(expected);
  });

  test.each(['', 'a', '1, 2', '1 2', '1990', '15/3', 'hai', '25B', 'số'])('%j is none', (raw) => {
    expect(parseOrdinal(raw)).toBeNull();
  });
});

describe('parseParts', () => {
  test.each([
    ['sốt, ho', ['sốt', 'ho']],
    ['Sốt; Ho', ['sốt', 'ho']],
    ['sốt và ho', ['sốt', 'ho']],
    ['sot va ho', ['sot', 'ho']],
    ['sốt + ho', ['sốt', 'ho']],
    ['sốt\nho', ['sốt', 'ho']],
    ['fever and cough', ['fever', 'cough']],
    ['1 3', ['1', '3']],
    ['1,3', ['1', '3']],
    ['1, 3, 5.', ['1', '3', '5']],
    ['1+2', ['1', '2']],
    ['sốt ho', ['sốt ho']],
    ['', []],
    [',,,', []],
  ])('%j → %j', (raw, expected) => {
    expect(parseParts(raw)).toEqual(expected);
  });
});
