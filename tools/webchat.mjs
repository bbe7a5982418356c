/**
 * Microsoft's own web client for bots, for one test: a single file out of its package. As a dependency it would bring
 * 425 packages (486 MB) with it; so the package is fetched by itself, and only that file is kept.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache.mjs';
import { run } from './child.mjs';
import { npm } from './install.mjs';
import { withLock } from './lock.mjs';
import { inOneLine, SetupProblem } from './problem.mjs';
import { live, say } from './say.mjs';

/** @typedef {{ spec: string, integrity: string, file: string, sha256: string }} Wanted */

/** The full client: the minimal one, half its size, shows no Adaptive Cards. The hashes are those of 4.18.1. */
const WEBCHAT = {
  spec: 'botframework-webchat@4.18.1',
  integrity:
    'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==',
  file: 'dist/webchat.js',
  sha256: '0a68ad0a64fc04d621197da10c3eec0f843e16f7d03f6bcbed29b47517cf9bff',
};

/** The package is 7 MB: npm prints nothing meanwhile, and a line this long silent is dead. */
const SILENCE_MS = 180_000;

/**
 * The path of the client, fetched when it is not there or damaged.
 * @param {{ env?: NodeJS.ProcessEnv, wanted?: Wanted }} [options]
 * @returns {Promise<string>}
 * @throws {SetupProblem} one sentence
 */
export async function findWebchat({ env = process.env, wanted = WEBCHAT } = {}) {
  const home = join(cacheDir(env), 'webchat');
  const path = join(home, `${wanted.sha256}.js`);
  if (await isWhole(path, wanted)) return path;
  await withLock(join(home, 'lock'), () => fill(home, path, wanted), say);
  return path;
}

/** Four megabytes are hashed in some milliseconds: no need for anything cleverer. */
async function isWhole(/** @type {string} */ path, /** @type {Wanted} */ { sha256 }) {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes !== undefined && hashOf(bytes, 'sha256', 'hex') === sha256;
}

/** Under the lock: somebody else may have filled the cache while we waited, or died half-way. */
async function fill(/** @type {string} */ home, /** @type {string} */ path, /** @type {Wanted} */ wanted) {
  if (await isWhole(path, wanted)) return;
  const left = (await readdir(home)).filter((name) => name.startsWith('work-'));
  await Promise.all(left.map((name) => rm(join(home, name), { recursive: true, force: true })));
  const work = join(home, `work-${randomUUID()}`);
  await mkdir(work);
  try {
    const fresh = await fetchFile(work, wanted);
    await flush(fresh);
    await rename(fresh, path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The wanted file in the work folder, checked. */
async function fetchFile(/** @type {string} */ work, /** @type {Wanted} */ wanted) {
  const tarball = await download(work, wanted);
  if (`sha512-${hashOf(await readFile(tarball), 'sha512', 'base64')}` !== wanted.integrity)
    throw new SetupProblem('webchat_hash', `The package ${wanted.spec} that came is not the one we know.`);
  const member = `package/${wanted.file}`;
  const { code, output } = await start('tar', ['-xzf', tarball, '-C', work, member], work);
  const file = join(work, member);
  if (code !== 0 || !(await isWhole(file, wanted)))
    throw new SetupProblem(
      'webchat_file',
      `The package ${wanted.spec} holds no good ${wanted.file}. ${output}`,
    );
  return file;
}

async function download(/** @type {string} */ work, /** @type {Wanted} */ { spec }) {
  const args = ['pack', spec, '--pack-destination', work, '--ignore-scripts', '--loglevel=error'];
  const done = live(`fetching ${spec} (npm)`, () => '');
  const { code, output } = await npm(args, { cwd: work, silenceMs: SILENCE_MS }).finally(done);
  const name = (await readdir(work)).find((one) => one.endsWith('.tgz'));
  if (code !== 0 || name === undefined)
    throw new SetupProblem('webchat_download', `npm could not fetch ${spec} (${reasonIn(output)}).`);
  return join(work, name);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
async function start(program, args, cwd) {
  try {
    return await run(program, args, { cwd, silenceMs: SILENCE_MS });
  } catch (error) {
    throw new SetupProblem('no_program', `${program} is not there (${inOneLine(error)}).`, { cause: error });
  }
}

/** npm names what is wrong by a code: ECONNREFUSED, ETARGET. */
function reasonIn(/** @type {string} */ output) {
  return /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? inOneLine(output);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} algorithm
 * @param {'hex' | 'base64'} encoding
 */
function hashOf(bytes, algorithm, encoding) {
  return createHash(algorithm).update(bytes).digest(encoding);
}

/** On the disk before the rename: a power cut must not leave a good name on missing bytes. */
async function flush(/** @type {string} */ path) {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
