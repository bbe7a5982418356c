import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import LongestFirst, { LONGEST } from './longest-first.js';

test.each(LONGEST)('%s is there', (name) => {
  expect(existsSync(`test/${name}.test.ts`)).toBe(true);
});

test('on a clean clone the longest come first, and nothing is lost', () => {
  const context = { config: { cacheDirectory: '/nowhere', id: 'none' }, hasteFS: { getSize: () => 1 } };
  const named = (name: string) => ({ path: `/clone/test/${name}.test.ts`, context });
  const tests = ['app/ticks', 'main', 'domain/day', 'services/card/reader'].map(named);
  const sorted = new LongestFirst().sort(tests).map(({ path }) => path.slice('/clone/test/'.length));
  expect(sorted.slice(0, 2)).toEqual(['services/card/reader.test.ts', 'main.test.ts']);
  expect(sorted).toHaveLength(tests.length);
});
