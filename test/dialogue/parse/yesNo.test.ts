import { describe, expect, test } from '@jest/globals';
import { meansNothing, parseYesNo } from '../../../src/dialogue/parse/yesNo.ts';

const YES = [
  'Có',
  'có',
  'CÓ',
  'co',
  'c',
  'Có ạ',
  'dạ có',
  'dạ có ạ',
  'Dạ',
  'dạ vâng',
  'vâng',
  'Vâng ạ',
  'vang',
  'ừ',
  'uh',
  'Ừm',
  'đúng',
  'đúng rồi',
  'dung roi',
  'Đúng vậy',
  'phải',
  'rồi',
  'được',
  'đc',
  'đồng ý',
  'dong y',
  'ok',
  'OK!',
  'oke',
  'okay',
  'yes',
  'Yes.',
  'y',
  'yeah',
  'true',
  '👍',
  '👍🏽',
  '✅',
  '✔️',
  '👌',
  'có 👍',
  '"có"',
  'có nhé',
  'có em',
];
const NO = [
  'Không',
  'không',
  'KHÔNG',
  'khong',
  'ko',
  'Ko ạ',
  'k',
  'K',
  'kh',
  'kg',
  'kô',
  'khum',
  'hông',
  'hổng',
  'hem',
  '0',
  '０',
  'không ạ',
  'dạ không',
  'Dạ không ạ',
  'thưa không',
  'không có',
  'khong co',
  'ko có',
  'k co',
  'không phải',
  'chưa',
  'chưa có',
  'sai',
  'sai rồi',
  'no',
  'No!',
  'n',
  'nope',
  'none',
  'never',
  'false',
  '👎',
  '👎🏿',
  '❌',
  '🙅🏻',
  'không 😷',
  'không…',
  'không đâu',
];
const NEITHER = [
  '',
  ' ',
  '...',
  '?',
  '1',
  'họng',
  'hồng',
  'Hồng',
  'cơ',
  'cổ',
  'cỏ',
  'đừng',
  'dừng',
  'không sốt',
  'ko sốt',
  'có sốt',
  'sốt',
  'không biết',
  'có thể',
  'không đau',
  'khong dau',
  'Nguyễn Văn Có',
  'hôm nay',
  'có lẽ không',
  'không hay có',
  '😀',
  '🤒',
  'cóc',
  'noo',
];

describe('parseYesNo', () => {
  test.each(YES)('%j is yes', (raw) => {
    expect(parseYesNo(raw)).toBe(true);
    expect(parseYesNo(raw.normalize('NFD'))).toBe(true);
  });

  test.each(NO)('%j is no', (raw) => {
    expect(parseYesNo(raw)).toBe(false);
    expect(parseYesNo(raw.normalize('NFD'))).toBe(false);
  });

  test.each(NEITHER)('%j is neither', (raw) => {
    expect(parseYesNo(raw)).toBeNull();
  });
});

describe('meansNothing', () => {
  test.each([
    'không',
    'ko',
    'không biết',
    'chưa biết',
    'khong biet',
    'hết',
    'hết rồi',
    'không còn',
    'không nhớ',
    "don't know",
  ])('%j', (raw) => {
    expect(meansNothing(raw)).toBe(true);
  });

  test.each(['có', 'Lào Cai', '', '25B-001.23', 'không khí', 'Khổng Lào', 'biết'])(
    '%j is something',
    (raw) => {
      expect(meansNothing(raw)).toBe(false);
    },
  );
});
