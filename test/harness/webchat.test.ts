import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { findWebchat } from '../../tools/webchat.mjs';

const CLIENT = 'globalThis.WebChat = {};\n';
const hash = (bytes: string | Buffer, algorithm: string, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(bytes).digest(encoding);

let dir: string;
let said: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'khaibao-webchat-'));
  said = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(dir, { recursive: true, force: true });
});

const fetches = (): number => said.filter((line) => line.includes('fetching')).length;
const kept = (): Promise<string[]> => readdir(join(dir, 'khaibao', 'webchat'));
const find = (wanted: Parameters<typeof findWebchat>[0] = {}) =>
  findWebchat({ env: { XDG_CACHE_HOME: dir }, ...wanted });

/** A package of our own, packed by npm from a folder: nothing is asked of any registry. */
const pack = async () => {
  const source = join(dir, 'source');
  await mkdir(join(source, 'dist'), { recursive: true });
  await writeFile(join(source, 'package.json'), JSON.stringify({ name: 'client', version: '1.0.0' }));
  await writeFile(join(source, 'dist', 'client.js'), CLIENT);
  await promisify(execFile)('npm', ['pack', source, '--pack-destination', dir, '--silent'], { cwd: dir });
  const spec = join(dir, 'client-1.0.0.tgz');
  const integrity = `sha512-${hash(await readFile(spec), 'sha512', 'base64')}`;
  return { spec, integrity, file: 'dist/client.js', sha256: hash(CLIENT, 'sha256', 'hex') };
};

test('the client is fetched once by two starts at the same moment, and again only when it was damaged', async () => {
  const wanted = await pack();
  const [path, other] = await Promise.all([find({ wanted }), find({ wanted })]);
  expect(other).toBe(path);
  expect(await readFile(path, 'utf8')).toBe(CLIENT);
  expect(await kept()).toEqual([`${wanted.sha256}.js`]);
  await find({ wanted });
  expect(fetches()).toBe(1);
  await truncate(path, 5);
  await mkdir(join(dir, 'khaibao', 'webchat', 'work-of-a-killed-start'));
  await find({ wanted });
  expect(fetches()).toBe(2);
  expect(await readFile(path, 'utf8')).toBe(CLIENT);
  expect(await kept()).toEqual([`${wanted.sha256}.js`]);
});

test.each([
  ['another package', { integrity: 'sha512-AAAA' }, 'webchat_hash'],
  ['another file in it', { sha256: '0'.repeat(64) }, 'webchat_file'],
  ['no such file in it', { file: 'dist/other.js' }, 'webchat_file'],
  ['no such package', { spec: './nothing-0.0.0.tgz' }, 'webchat_download'],
])('%s is refused, and nothing is kept', async (_, wrong, code) => {
  const wanted = { ...(await pack()), ...wrong };
  await expect(find({ wanted })).rejects.toMatchObject({ name: 'SetupProblem', code });
  expect(await kept()).toEqual([]);
});
