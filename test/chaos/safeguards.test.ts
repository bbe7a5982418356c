import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { DELIVERY } from '../harness/chaos/delivery/safeguards.ts';
import { DIALOGUE } from '../harness/chaos/safeguards.ts';

// The mutations themselves take a quarter of an hour; that they still find their places is seen here.
test.each([...DIALOGUE, ...DELIVERY])('$name: its place is there, once', async ({ file, from }) => {
  expect((await readFile(file, 'utf8')).split(from)).toHaveLength(2);
});
