import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** One static file, compressed once at start instead of at every request. */
export interface Asset {
  readonly type: string;
  readonly bodies: { readonly br: Buffer; readonly gzip: Buffer; readonly identity: Buffer };
}

/** All static files, read once: a request can only name one of these, so no path can lead anywhere else. */
export interface Assets {
  /** Changes with any file, stands in every address: browsers may keep a file for ever. */
  readonly version: string;
  /** @throws when there is no such file: a page names only what is there */
  url(name: string): string;
  find(name: string): Asset | undefined;
}

const load = async (path: string, type: string): Promise<Asset> => {
  const identity = await readFile(path);
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(identity), promisify(gzip)(identity)]);
  return { type, bodies: { br, gzip: zipped, identity } };
};

/** Reads the static files of one folder (not its subfolders). */
export const loadAssets = async (folder: string): Promise<Assets> => {
  const names = (await readdir(folder)).filter((name) => extname(name) in TYPES).sort();
  const loaded = await Promise.all(names.map((name) => load(join(folder, name), TYPES[extname(name)] ?? '')));
  const files = new Map(names.map((name, index) => [name, loaded[index]]));
  const hash = createHash('sha256');
  for (const [name, file] of files) hash.update(name).update(file?.bodies.identity ?? '');
  const version = hash.digest('base64url').slice(0, 10);
  return {
    version,
    url: (name) => {
      if (!files.has(name)) throw new Error(`no static file ${name}`);
      return `/assets/${version}/${name}`;
    },
    find: (name) => files.get(name),
  };
};
