import { describe, expect, test } from '@jest/globals';
import { editDistance, markedDistance } from '../../../src/domain/place/distance.ts';
import { marksFit, spell, spellName } from '../../../src/domain/place/spelling.ts';
import { tokenise } from '../../../src/domain/place/tokens.ts';

test.each([
  ['Khóa', 'khoá'],
  ['Hòa', 'Hoà'],
  ['Thuỷ', 'thủy'],
  ['Ma Ly Pho', 'Ma Li Pho'],
  ['Quý', 'Quí'],
  ['Sìn Hồ', 'Sìn Hồ'.normalize('NFD')],
  ['ĐẮK LẮK', 'đắk lắk'],
  ["H'leo", 'Hleo'],
])('%s is spelt like %s', (a, b) => {
  expect(spellName(a)).toEqual(spellName(b));
});

test.each([
  ['Sìn Hồ', 'Sìn Hồ', 'exact'],
  ['sin ho', 'Sìn Hồ', 'plain'],
  ['sinho', 'Sìn Hồ', 'plain'],
  ['Sìn Ho', 'Sìn Hồ', 'part'],
  ['Sìn Hô', 'Sìn Hồ', 'part'],
  ['Sín Hồ', 'Sìn Hồ', 'clash'],
  ['Sìn Hơ', 'Sìn Hồ', 'clash'],
  ['Tây Yên', 'Tây Yên', 'exact'],
])('%s beside %s: %s', (asked, known, expected) => {
  expect(marksFit(spellName(asked), spellName(known))).toBe(expected);
});

test('y is i only at the end and after a consonant', () => {
  expect(['Mỹ', 'Tây', 'Yên', 'Ý', 'Thủy', 'quy'].map((word) => spell(word).bare)).toEqual([
    'mi',
    'tay',
    'yen',
    'y',
    'thuy',
    'qui',
  ]);
});

describe('distance', () => {
  test.each([
    ['sinho', 'sinho', 0],
    ['sinho', 'xinho', 1],
    ['sinho', 'sinoh', 1],
    ['sinho', 'snho', 1],
    ['sinho', 'sinnho', 1],
    ['tanuyen', 'thanuyen', 1],
    ['abc', 'xyz', 3],
    ['ca', 'abc', 3],
    ['', 'ab', 2],
  ])('%s %s %i', (a, b, distance) => {
    expect([editDistance(a, b, 5), editDistance(b, a, 5)]).toEqual([distance, distance]);
    expect(editDistance(a, b, 1)).toBe(Math.min(distance, 2));
  });

  test('a wrong mark counts, a missing one does not', () => {
    const far = (a: string, b: string) => markedDistance(spellName(a), spellName(b), 5);
    expect([
      far('Mường Tẻ', 'Mường Tè'),
      far('muong te', 'Mường Tè'),
      far('không biết', 'Hồng Việt'),
    ]).toEqual([1, 0, 3]);
  });
});

test('words keep their place in the text; digits stand alone; what is no letter is a gap or nothing', () => {
  const { tokens } = tokenise('P12, Q.Gò Vấp – 😀 TP.HCM');
  expect(tokens.map(({ bare, gap }) => [bare, gap])).toEqual([
    ['p', 'none'],
    ['12', 'none'],
    ['q', 'hard'],
    ['go', 'none'],
    ['vap', 'none'],
    ['tp', 'soft'],
    ['hcm', 'none'],
  ]);
  expect(tokens.map(({ start, end }) => 'P12, Q.Gò Vấp – 😀 TP.HCM'.slice(start, end))).toContain('Vấp');
});
