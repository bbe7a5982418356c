/** The build: TypeScript to `dist/`, when anything that goes into it has changed. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { SetupProblem } from './problem.mjs';
import { live } from './say.mjs';

/** What goes into the build; the folders are those of tsconfig.build.json. */
const FOLDERS = ['src', 'bots', 'flows', 'jobs', 'locales', 'web'];
const FILES = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const STAMP = '.made-of';

/** @param {string} root */
export function buildFresh(root) {
  const stamp = join(root, 'dist', STAMP);
  return (
    statSync(stamp, { throwIfNoEntry: false }) !== undefined &&
    readFileSync(stamp, 'utf8') === ingredients(root)
  );
}

/**
 * Names, sizes and times of all sources in one hash: a file that was removed counts as well as one that changed.
 * @param {string} root
 */
function ingredients(root) {
  const hash = createHash('sha256');
  const sources = FOLDERS.flatMap((folder) => list(root, folder)).sort();
  for (const name of [...FILES, ...sources]) {
    const { size, mtimeMs } = statSync(join(root, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 */
function list(root, folder) {
  if (!existsSync(join(root, folder))) return []; // git keeps no empty folder
  const names = /** @type {string[]} */ (readdirSync(join(root, folder), { recursive: true }));
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

/**
 * Into a folder of its own that takes the place of the old one at the end: a failed build leaves what ran before, and
 * a source that was removed leaves nothing behind.
 * @param {string} root
 */
export async function build(root) {
  const stamp = ingredients(root); // before the compiler reads them: what changes meanwhile is built next time
  const fresh = join(root, `dist-${randomUUID()}`);
  const done = live('building', () => '');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh, '--noEmitOnError'];
  try {
    const { code, output } = await run(process.execPath, args, { cwd: root }).finally(done);
    if (code !== 0)
      throw new SetupProblem('build', `The program does not build; the compiler said:\n${output.trim()}`);
    writeFileSync(join(fresh, STAMP), stamp);
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    renameSync(fresh, join(root, 'dist'));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
