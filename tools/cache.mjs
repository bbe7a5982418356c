/**
 * The kept MongoDB server: `<cache>/mongod/server/{mongod,manifest.json}`. The manifest holds the binary's hash; the
 * folder appears by one rename, so half of it is never seen, and what no longer fits its manifest is thrown away.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** @typedef {{ sha256: string, size: number, changed: number, from: string, version: string }} Manifest */

/** Where khaibao keeps what it fetched, shared by every checkout of one user. */
export function cacheDir(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'khaibao');
}

const serverDir = (/** @type {string} */ cache) => join(cache, 'mongod', 'server');

/**
 * The cached binary, or undefined when there is none or it is damaged.
 * @param {string} cache
 * @returns {Promise<{ path: string, version: string, from: string } | undefined>}
 */
export async function cachedServer(cache) {
  const path = join(serverDir(cache), 'mongod');
  try {
    const manifest = JSON.parse(await readFile(join(serverDir(cache), 'manifest.json'), 'utf8'));
    return (await isIntact(path, manifest))
      ? { path, version: manifest.version, from: manifest.from }
      : undefined;
  } catch {
    return undefined; // no cache, or not readable: fetched anew
  }
}

/**
 * Size and time of the last change are looked at on every start, the 140 MB are hashed only when these differ.
 * @param {string} path
 * @param {Manifest} manifest
 */
async function isIntact(path, manifest) {
  const { size, mtimeMs, mode } = await stat(path);
  if (size !== manifest.size || (mode & 0o100) === 0) return false;
  if (mtimeMs === manifest.changed) return true;
  if ((await sha256(path)) !== manifest.sha256) return false;
  await utimes(path, new Date(manifest.changed), new Date(manifest.changed));
  return true;
}

/**
 * Puts a freshly fetched binary (in a work folder of ours) into the cache, in place of whatever was there.
 * @param {string} cache
 * @param {string} binary
 * @param {{ from: string, version: string }} about
 */
export async function keepServer(cache, binary, about) {
  const fresh = join(cache, 'mongod', `new-${randomUUID()}`);
  await mkdir(fresh, { recursive: true });
  const path = join(fresh, 'mongod');
  await rename(binary, path);
  await flush(path);
  const { size, mtimeMs } = await stat(path);
  const manifest = { ...about, sha256: await sha256(path), size, changed: Math.trunc(mtimeMs) };
  await utimes(path, new Date(manifest.changed), new Date(manifest.changed)); // whole milliseconds compare exactly
  await writeFile(join(fresh, 'manifest.json'), JSON.stringify(manifest, null, 2));
  await rm(serverDir(cache), { recursive: true, force: true });
  await rename(fresh, serverDir(cache));
}

/** On the disk before the rename: a power cut must not leave a good name on missing bytes. */
async function flush(/** @type {string} */ path) {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
