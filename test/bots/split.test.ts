import { describe, expect, test } from '@jest/globals';
import { splitText } from '../../bots/split.ts';

const LIMIT = 4_096;

describe('signs that go on without end make no flood of messages', () => {
  test.each([
    ['combining marks', `a${'\u0301'.repeat(9_000)}`],
    ['joiners', '\u200d'.repeat(9_000)],
    ['skin colours', '🏽'.repeat(4_500)],
    ['faces that are joined', '👩‍'.repeat(3_000)],
  ])('%s', (_, text) => {
    const parts = splitText(text, LIMIT);
    expect(parts.length).toBeLessThanOrEqual(Math.ceil(text.length / (LIMIT - 65)));
    expect(parts.join('')).toBe(text);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(LIMIT);
      expect(part).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

test('a sign that somebody means stays whole', () => {
  const family = '👨🏽‍👩🏽‍👧🏽‍👦🏽';
  const text = `${'x'.repeat(LIMIT - 9)}${family}`;
  expect(splitText(text, LIMIT).at(-1)).toBe(family);
});
