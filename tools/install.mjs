/** The libraries: installed when they are missing or older than the lock file. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { SetupProblem } from './problem.mjs';
import { live } from './say.mjs';

/**
 * npm's own record of what it installed is compared by time. When the lock file is newer only because git wrote it
 * again, its hash says that nothing changed; `npm install` by hand leaves no hash, but a record newer than the lock.
 * @param {string} root
 */
export function librariesFresh(root) {
  const lock = join(root, 'package-lock.json');
  const installed = changed(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  if (installed >= (changed(lock) ?? 0)) return true;
  return read(stamp(root)) === hashOf(lock);
}

/**
 * What the lock file says, and the lock file left as it is. Not `npm ci`: that one refuses to begin unless the builds
 * for every other operating system are named in the lock file, and a registry need not carry those. Development
 * libraries too, whatever NODE_ENV is: the build needs the compiler. Nothing of ours needs an install script.
 * @param {string} root
 */
export async function installLibraries(root) {
  const done = live('installing the libraries (npm install)', () => '');
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { code, output } = await npm(args, { cwd: root }).finally(done);
  if (code !== 0) {
    throw new SetupProblem('install', `The libraries could not be installed; npm said:\n${output.trim()}`);
  }
  writeFileSync(stamp(root), hashOf(join(root, 'package-lock.json')));
}

const stamp = (/** @type {string} */ root) => join(root, 'node_modules', '.khaibao-lock');

/**
 * The npm that started us, else the one on the PATH.
 * @param {string[]} args
 * @param {import('./child.mjs').Options} options
 */
export async function npm(args, options) {
  const self = process.env.npm_execpath;
  try {
    return await (self?.endsWith('.js')
      ? run(process.execPath, [self, ...args], options)
      : run('npm', args, options));
  } catch (error) {
    throw new SetupProblem('no_npm', 'npm is not there: install Node.js together with npm.', {
      cause: error,
    });
  }
}

function changed(/** @type {string} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function hashOf(/** @type {string} */ file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function read(/** @type {string} */ file) {
  return changed(file) === undefined ? undefined : readFileSync(file, 'utf8');
}
