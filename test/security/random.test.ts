import { expect, test } from '@jest/globals';
import { randomId } from '../../src/security/random.ts';

test('an id is 128 bits in signs of a link, and none begins as an option of a command does', () => {
  const ids = Array.from({ length: 5_000 }, randomId);
  expect(ids.filter((id) => !/^\w[\w-]{21}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
