import { expect, test } from '@jest/globals';
import { spellOut } from '../../../src/dialogue/parse/shortForms.ts';

test.each([
  ['ko co the', 'khong co the'],
  ['ko có thẻ', 'không có thẻ'],
  ['k co j', 'khong co gi'],
  ['dong y r', 'dong y roi'],
  // Alone it is an answer of its own.
  ['k', 'k'],
  ['ko', 'ko'],
  // A part of a word, a throat, a sex and an age are none of them.
  ['dau hong', 'dau hong'],
  ['koala an', 'koala an'],
  ['ken co', 'ken co'],
])('%j is said %j', (typed, said) => {
  expect(spellOut(typed)).toBe(said);
});
