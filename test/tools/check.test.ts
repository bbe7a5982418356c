import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Checkout, smallCheckout } from '../harness/checkout.ts';

const PROGRAMS = ['@biomejs/biome/bin/biome', 'typescript/bin/tsc', 'knip/bin/knip.js', '.package-lock.json'];
/** Fails where the environment says so, by a word of its own command line. */
const CHECK = "process.exitCode = process.argv.join(' ').includes(process.env.FAILING) ? 1 : 0;\n";
/** `npm test` that prints what a test run ends with. */
const NPM = '#!/bin/sh\necho "$SAYS"\nexit "$ENDS"\n';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await smallCheckout();
  await rm(join(checkout.dir, 'node_modules'));
  for (const program of PROGRAMS) {
    const file = join(checkout.dir, 'node_modules', program);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, CHECK);
  }
  for (const tool of ['imports', 'harness']) await checkout.write(`tools/${tool}.mjs`, CHECK);
  await checkout.write('npm', NPM);
  await chmod(join(checkout.dir, 'npm'), 0o755);
});
afterAll(() => checkout.remove());

test.each([
  ['all is well', 'none', '7 passed, 0 failed', '0', '15 passed, 0 failed', 0],
  ['a check fails', 'tsc', '7 passed, 0 failed', '0', '13 passed, 2 failed', 1],
  ['something is lost', 'dialogue', '7 passed, 0 failed', '0', '14 passed, 1 failed', 1],
  ['clocks are wrong without a word', '--no-skew', '7 passed, 0 failed', '0', '15 passed, 0 failed', 0],
  ['something is sent twice', 'delivery', '7 passed, 0 failed', '0', '14 passed, 1 failed', 1],
  ['tests fail', 'none', '5 passed, 2 failed, 1 skipped', '1', '13 passed, 2 failed', 1],
  ['both', 'biome', '5 passed, 2 failed', '1', '11 passed, 4 failed', 1],
  ['the tests do not even begin', 'none', 'no mongod', '1', '8 passed, 1 failed', 1],
  ['no test has run', 'none', '0 passed, 0 failed', '1', '8 passed, 1 failed', 1],
])('%s', async (_, FAILING, SAYS, ENDS, last, code) => {
  const env = { FAILING, SAYS, ENDS, PATH: `${checkout.dir}:${process.env.PATH}` };
  const { out, code: ended } = await checkout.start(['tools/check.mjs'], { env }).ended;
  expect({ last: out.trimEnd().split('\n').at(-1), ended }).toEqual({ last, ended: code });
});

test('right clocks are asked for, of the senders alone', async () => {
  const env = { FAILING: '--no-skew', SAYS: '7 passed, 0 failed', ENDS: '0' };
  const path = { PATH: `${checkout.dir}:${process.env.PATH}` };
  const run = checkout.start(['tools/check.mjs', '--no-skew'], { env: { ...env, ...path } });
  const { out, said } = await run.ended;
  expect(said).toContain('nothing lost under kills: passed');
  expect(said).toContain('nothing lost or sent twice under kills: FAILED');
  expect(out).toMatch(/^14 passed, 1 failed$/m);
});
