import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'khaibao-reporter-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** The real jest with our reporter on files of plain JavaScript; gives its exit code and the last line of both outputs. */
async function runJest(files: Record<string, string>) {
  for (const [name, code] of Object.entries(files)) await writeFile(join(dir, name), code);
  const config = { rootDir: dir, reporters: ['default', resolve('test/harness/reporter.js')], transform: {} };
  await writeFile(join(dir, 'jest.json'), JSON.stringify(config));
  // Both outputs into one, as on a terminal: the line has to be the last of everything.
  const jest = `'${process.execPath}' node_modules/jest/bin/jest.js --config '${join(dir, 'jest.json')}' --runInBand --forceExit 2>&1`;
  const child = spawn('sh', ['-c', jest], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { last: output.trimEnd().split('\n').at(-1), code };
}

test.each<[string, Record<string, string>, string, number]>([
  ['all good', { 'a.test.js': "test('a', () => {}); test('b', () => {})" }, '2 passed, 0 failed', 0],
  [
    'good, bad, left out, and a file that does not load',
    {
      'a.test.js':
        "test('a', () => {}); test('b', () => { throw new Error() }); test.skip('c', () => {}); test.todo('d')",
      'b.test.js': "throw new Error('this file does not load')",
    },
    '1 passed, 2 failed, 2 skipped',
    1,
  ],
  [
    'nothing but skipped tests',
    { 'a.test.js': "test.skip('a', () => {})" },
    '0 passed, 0 failed, 1 skipped',
    1,
  ],
])('%s', async (_, files, last, code) => {
  expect(await runJest(files)).toEqual({ last, code });
});

test('no test file at all is a failure too', async () => {
  expect((await runJest({})).code).toBe(1);
});
