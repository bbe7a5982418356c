import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findMongod } from '../tools/mongod.mjs';
import { isRunning } from '../tools/processes.mjs';
import { PATIENCE } from './harness/patience.ts';
import { ownPort } from './harness/port.ts';

let env: NodeJS.ProcessEnv;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'khaibao-main-'));
  const MONGOMS_SYSTEM_BINARY = (await findMongod()).path;
  const PORT = String(await ownPort());
  env = { ...process.env, MONGOMS_SYSTEM_BINARY, DATA_DIR: dataDir, PORT, HOST: '127.0.0.1' };
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const FROM_SOURCE = ['--import', './tools/typescript.mjs'];

/** The server in a terminal that is closed once it is up. Resolves with the exit code and the screen. */
const inTerminal = async (): Promise<{ code: unknown; screen: string }> => {
  const server = [process.execPath, ...FROM_SOURCE, 'test/harness/khaibao.ts', 'start'];
  const args = ['test/harness/terminal.py', 'npm run chat', String(PATIENCE / 1000), ...server];
  const child = spawn('python3', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const screen = await text(child.stdout);
  const [code] = await ended;
  return { code, screen };
};

const databaseRuns = async (): Promise<boolean> => {
  const { running } = JSON.parse(await readFile(join(dataDir, 'mongodb', 'server.json'), 'utf8'));
  return running !== undefined && isRunning(running.mongod);
};

test('a server whose terminal is closed ends with its database, and the next one starts', async () => {
  for (const start of ['the first', 'the next']) {
    const { code, screen } = await inTerminal();
    expect([start, code, screen]).toEqual([start, 0, expect.stringContaining('khaibao is up')]);
    const end = Date.now() + PATIENCE;
    while ((await databaseRuns()) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await databaseRuns()).toBe(false);
  }
}, 400_000);

test('a log that cannot be written does not keep a process from ending', async () => {
  const full = await open('/dev/full', 'w');
  const script = `
    const { logOutput } = await import('./src/logOutput.ts');
    const output = logOutput();
    output.write('a line\\n');
    setTimeout(() => output.write('another\\n'), 100);`;
  const args = [...FROM_SOURCE, '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', full.fd, 'inherit'], timeout: PATIENCE });
  expect(await once(child, 'close')).toEqual([0, null]);
  await full.close();
});

test('the database is begun before what needs it is loaded, and what only some installations need is not loaded', async () => {
  const script = `
    const { createRequire } = await import('node:module');
    const loadedBy = async (file) => {
      await import(file);
      const loaded = Object.keys(createRequire(import.meta.url).cache).join('\\n');
      const seen = (name) => loaded.includes('/node_modules/' + name + '/');
      return ['commander', 'mongoose', 'telegraf', 'undici', 'botbuilder', 'mongodb-memory-server'].filter(seen);
    };
    console.log(JSON.stringify([await loadedBy('./src/cli.ts'), await loadedBy('./src/app.ts')]));`;
  const args = [...FROM_SOURCE, '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  expect(JSON.parse(await text(child.stdout))).toEqual([['commander'], ['commander', 'mongoose']]);
});
