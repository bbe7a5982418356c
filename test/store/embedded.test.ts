import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import mongoose from 'mongoose';
import { type Embedded, runningUri, startEmbedded } from '../../src/store/embedded/index.ts';
import { findMongod } from '../../tools/mongod.mjs';
import { isRunning } from '../../tools/processes.mjs';
import { PATIENCE } from '../harness/patience.ts';

let binary: string;
let dataDir: string;
let log: { warn: jest.Mock; error: jest.Mock };
/** Run at the very end and together: a clean end takes mongod a second. */
const endings: (() => Promise<unknown>)[] = [];
const dirs: string[] = [];

beforeAll(async () => {
  binary = (await findMongod()).path;
});

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'khaibao-embedded-'));
  dirs.push(dataDir);
  log = { warn: jest.fn(), error: jest.fn() };
});

afterAll(async () => {
  await Promise.all(endings.map((end) => end()));
  await Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true })));
});

/** Here, in this process. */
async function start(): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, binary, log });
  endings.push(server.stop);
  return server;
}

/** In a process that can be killed. */
async function startOwner(): Promise<{ uri: string; owner: ChildProcess }> {
  const script = ['--import', './tools/typescript.mjs', 'test/harness/embedded-owner.ts', dataDir, binary];
  const owner = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(owner, 'exit');
  endings.push(() => {
    owner.kill();
    return exit;
  });
  const [uri] = await once(createInterface(owner.stdout), 'line');
  return { uri, owner };
}

interface Saved {
  readonly port: number;
  readonly running?: { readonly mongod: { readonly pid: number; readonly start: string } };
}

async function saved(): Promise<Saved> {
  return JSON.parse(await readFile(join(dataDir, 'mongodb', 'server.json'), 'utf8'));
}

async function savedMongod() {
  const { running } = await saved();
  if (!running) throw new Error('no server is noted');
  return running.mongod;
}

async function withThings<T>(
  uri: string,
  work: (things: mongoose.mongo.Collection) => Promise<T>,
): Promise<T> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: PATIENCE });
  try {
    return await work(client.db().collection('things'));
  } finally {
    await client.close();
  }
}

const write = (uri: string) =>
  withThings(uri, (things) => things.insertOne({ a: 1 }, { writeConcern: { w: 'majority', journal: true } }));
const count = (uri: string) => withThings(uri, (things) => things.countDocuments());

describe('the data', () => {
  test('is there again after a stop, at the same address, and nothing runs in between', async () => {
    const first = await start();
    await write(first.uri);
    expect(await runningUri(dataDir)).toBe(first.uri);
    const mongod = await savedMongod();
    const began = Date.now();
    await first.stop();
    expect(Date.now() - began).toBeLessThan(14_000); // mongod lingers for 15 s by itself
    expect(isRunning(mongod)).toBe(false);
    expect(await runningUri(dataDir)).toBeUndefined();
    const second = await start();
    expect(second.uri).toBe(first.uri);
    expect(await count(second.uri)).toBe(1);
  });

  test('is there again at once after the owner was killed, whose mongod is still running', async () => {
    const { uri, owner } = await startOwner();
    await write(uri);
    const orphan = await savedMongod();
    owner.kill('SIGKILL');
    expect(isRunning(orphan)).toBe(true); // in two seconds at most it ends by itself
    await once(owner, 'exit');
    expect(await runningUri(dataDir)).toBeUndefined();
    const again = await start();
    expect(isRunning(orphan)).toBe(false);
    expect(again.uri).toBe(uri);
    expect(await count(again.uri)).toBe(1);
  });

  test('is not waited for when a dead mongod and a reused pid are noted', async () => {
    const first = await start();
    await first.stop();
    const { port } = await saved();
    const gone = { pid: process.pid, start: 'another time' };
    const running = { uri: first.uri, owner: gone, mongod: gone };
    await writeFile(join(dataDir, 'mongodb', 'server.json'), JSON.stringify({ port, running }));
    expect((await start()).uri).toBe(first.uri);
  });
});

test('mongod ends by itself within seconds when its owner was killed and nobody starts again', async () => {
  const { owner } = await startOwner();
  const orphan = await savedMongod();
  owner.kill('SIGKILL');
  for (const end = Date.now() + PATIENCE; isRunning(orphan) && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isRunning(orphan)).toBe(false);
});

test('a taken port is exchanged, the set goes along, and the new one is kept', async () => {
  const first = await start();
  await write(first.uri);
  await first.stop();
  const { port } = await saved();
  const other = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  await once(other, 'listening');
  endings.push(async () => other.close());
  const moved = await start();
  expect(new URL(moved.uri).port).not.toBe(String(port));
  expect(log.warn).toHaveBeenCalledWith(expect.objectContaining({ last: port }), expect.any(String));
  expect(await count(moved.uri)).toBe(1);
  await moved.stop();
  expect((await start()).uri).toBe(moved.uri);
});

describe('a second start on the same folder', () => {
  test('says who is there, from another process and from the same one', async () => {
    const { owner } = await startOwner();
    const sentence = new RegExp(`process ${owner.pid}.*another DATA_DIR`);
    await expect(start()).rejects.toMatchObject({
      code: 'already_running',
      message: expect.stringMatching(sentence),
    });
  });

  test('at the very same moment: one wins', async () => {
    const both = await Promise.allSettled([start(), start()]);
    const lost = both.filter((one) => one.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code ?? reason)).toEqual(['already_running']);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the version that made the files', () => {
  test.each([
    ['5.0.14', 'version_mismatch'],
    ['6.1.0', 'version_mismatch'],
    ['7.0.2', 'version_mismatch'],
  ])('%s is refused with a sentence that names both', async (made, code) => {
    await pretendMadeBy(made);
    const sentence = new RegExp(`made by MongoDB ${made} .*MONGOMS_SYSTEM_BINARY`);
    await expect(start()).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
  });

  test('another one of the same series is fine, and is noted', async () => {
    const first = await start();
    await first.stop();
    const file = join(dataDir, 'mongodb', 'version.json');
    const own = await readFile(file, 'utf8');
    const series = own.replace(/\.\d+"/, '.999"');
    await writeFile(file, series);
    await start();
    expect(series).not.toBe(own);
    expect(await readFile(file, 'utf8')).toBe(own);
  });

  test('says nothing about an empty folder', async () => {
    await pretendMadeBy('4.4.0');
    await rm(join(dataDir, 'mongodb', 'data'), { recursive: true });
    await expect(start()).resolves.toBeDefined();
  });

  async function pretendMadeBy(version: string): Promise<void> {
    await mkdir(join(dataDir, 'mongodb', 'data', 'journal'), { recursive: true });
    await writeFile(join(dataDir, 'mongodb', 'version.json'), JSON.stringify({ mongodb: version }));
  }
});

test.each([
  [
    'files that MongoDB cannot open',
    () => mkdir(join(dataDir, 'mongodb', 'data', 'WiredTiger'), { recursive: true }),
    'cannot_start',
  ],
  ['a data folder that is a file', () => writeFile(join(dataDir, 'mongodb'), ''), 'data_dir'],
])('%s give a sentence', async (_, prepare, code) => {
  await prepare();
  await expect(start()).rejects.toMatchObject({ code, message: expect.stringMatching(/^[^\n]+\.$/) });
});

test('a mongod that ends by itself is started again at the same address', async () => {
  const { uri } = await start();
  await write(uri);
  process.kill((await savedMongod()).pid, 'SIGKILL');
  expect(await count(uri)).toBe(1);
  expect(log.error).toHaveBeenCalledTimes(1);
});
