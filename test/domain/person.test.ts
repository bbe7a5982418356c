import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Parsed } from '../../src/domain/parsed.ts';
import { parseName, parseNationalId, parseNote, parsePassport, writeName } from '../../src/domain/person.ts';

const value = <T>(parsed: Parsed<T>): T | string => (parsed.ok ? parsed.value : parsed.problem.key);

describe('parseName', () => {
  test.each([
    ['Nguyễn Văn An', 'Nguyễn Văn An'],
    ['NGUYỄN VĂN AN', 'Nguyễn Văn An'],
    ['nguyễn văn an', 'Nguyễn Văn An'],
    ['nguyen van an', 'Nguyen Van An'],
    ['Nguyễn Văn An'.normalize('NFD'), 'Nguyễn Văn An'],
    ['  đinh   thị  bé ', 'Đinh Thị Bé'],
    ['tôi tên là Lò Văn Pản', 'Lò Văn Pản'],
    ['Tôi là Lò Văn Pản', 'Lò Văn Pản'],
    ['dạ em tên Lò Văn Pản', 'Lò Văn Pản'],
    ['Họ tên: Lò Văn Pản', 'Lò Văn Pản'],
    ['My name is John Smith', 'John Smith'],
    ["H'Hen Niê", "H'Hen Niê"],
    ['Jean-Pierre O’Neil', 'Jean-Pierre O’Neil'],
    ['Vừ A Chá', 'Vừ A Chá'],
    ['Ô Y', 'Ô Y'],
    ['Sùng', 'Sùng'],
    ['Huy', 'Huy'],
    ['Nguyễn Văn An 😀', 'Nguyễn Văn An'],
    ['Nguyễn Văn An.', 'Nguyễn Văn An'],
    ['สมชาย ใจดี', 'สมชาย ใจดี'],
    ['李小龙', '李小龙'],
  ])('%j → %s', (raw, expected) => {
    expect(value(parseName(raw))).toBe(expected);
  });

  test.each([
    '',
    'A',
    'x1',
    '12',
    '1990',
    '0912345678',
    'không',
    'ko',
    'không biết',
    'khong biet',
    'chưa',
    'có',
    'yes',
    '👍',
    'An, 1990',
    'An;nam',
    'a@b.vn',
    '/start',
    'x'.repeat(81),
    '<b>An</b>',
  ])('%j is no name', (raw) => {
    expect(value(parseName(raw))).toBe('problem.name');
  });

  test('reads what it made as the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 40 }), (raw) => {
        const parsed = parseName(raw);
        if (parsed.ok) expect(parseName(parsed.value)).toEqual(parsed);
      }),
    );
  });

  test.each(['ᾀɭ', 'ß b', 'ŉa', 'ʻa ɭ'])(
    '%j keeps its letters: not every letter has a capital of its own',
    (raw) => {
      expect(writeName(raw)).toBe(raw);
    },
  );

  test('mixed writing is left as it is', () => {
    expect(writeName('Nguyễn văn An')).toBe('Nguyễn văn An');
  });
});

describe('parseNationalId', () => {
  test.each([
    ['012090001234', '012090001234'],
    ['012 090 001 234', '012090001234'],
    ['012.090.001.234', '012090001234'],
    ['012-090-001234', '012090001234'],
    ['０１２０９０００１２３４', '012090001234'],
    ['CCCD: 012090001234', '012090001234'],
    ['cccd012090001234', '012090001234'],
    ['số căn cước 012090001234', '012090001234'],
    ['cmnd 045123456', '045123456'],
    ['045123456', '045123456'],
  ])('%j → %s', (raw, expected) => {
    expect(value(parseNationalId(raw))).toBe(expected);
  });

  test.each([
    '',
    '1',
    '12345678',
    '1234567890',
    '0123456789012',
    'C12345678',
    'A123456789',
    '09123x456789',
    'không',
  ])('%j is none', (raw) => {
    expect(value(parseNationalId(raw))).toBe('problem.nationalId');
  });
});

describe('parsePassport', () => {
  test.each([
    ['C1234567', 'C1234567'],
    ['c 1234567', 'C1234567'],
    ['PA1234567', 'PA1234567'],
    ['C01X00T47', 'C01X00T47'],
    ['số hộ chiếu C1234567', 'C1234567'],
    ['Passport no. E12345678', 'E12345678'],
    ['passport: K0123456', 'K0123456'],
    ['123456', '123456'],
  ])('%j → %s', (raw, expected) => {
    expect(value(parsePassport(raw))).toBe(expected);
  });

  test.each(['', 'C123', 'ABCDEFG', 'C123456789', 'C12 34!', 'không có'])('%j is none', (raw) => {
    expect(value(parsePassport(raw))).toBe('problem.passport');
  });
});

test.each([
  ['ok', 'ok'],
  ['  Mạng yếu  ', 'Mạng yếu'],
  ['x', 'problem.note'],
  ['', 'problem.note'],
])('a note: %j → %j', (raw, expected) => {
  expect(value(parseNote(raw))).toBe(expected);
});
