import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';

test('where no clock can be wrong a run does not begin, and says what to do', async () => {
  const main = ['--import', './tools/typescript.mjs', 'test/harness/chaos/delivery/main.ts', '--kills', '0'];
  const child = spawn(process.execPath, main, {
    env: { PATH: '/nowhere' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  expect(await text(child.stdout)).toMatch(
    /^No clock can be wrong here: faketime is not installed\. .*--no-skew.*\n$/,
  );
  expect(await ended).toBe(1);
});
