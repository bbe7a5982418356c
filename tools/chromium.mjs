/** A Chromium for tests: the machine's own when there is one, else the one inside the npm package @sparticuz/chromium. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache.mjs';
import { run } from './child.mjs';
import { withLock } from './lock.mjs';
import { findOnPath, isProgram } from './path.mjs';
import { inOneLine, SetupProblem } from './problem.mjs';
import { ROOT } from './root.mjs';
import { say } from './say.mjs';

const PACKAGE = join(ROOT, 'node_modules', '@sparticuz', 'chromium');

/** In the order of preference; all of them speak the same protocol. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * The program, and what its environment must have.
 * @returns {Promise<{ path: string, env: Record<string, string> }>}
 */
export async function findChromium(env = process.env) {
  const own = NAMES.map((name) => findOnPath(name, env)).find(Boolean);
  if (own) return { path: own, env: {} };
  const dir = await unpacked(cacheDir(env));
  // The libraries and fonts that a bare machine lacks lie beside it.
  const libraries = { LD_LIBRARY_PATH: join(dir, 'al2023', 'lib'), FONTCONFIG_FILE: join(dir, 'fonts.conf') };
  return { path: join(dir, 'chromium'), env: libraries };
}

/** The folder with the unpacked program; it appears by one rename, so it is there as a whole or not at all. */
async function unpacked(/** @type {string} */ cache) {
  const home = join(cache, 'chromium');
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const dir = join(home, version);
  if (isProgram(join(dir, 'chromium'))) return dir;
  await withLock(join(home, 'lock'), () => unpack(home, dir), say);
  return dir;
}

/**
 * @param {string} home
 * @param {string} dir
 */
async function unpack(home, dir) {
  if (isProgram(join(dir, 'chromium'))) return; // somebody else did it while we waited
  const work = join(home, `work-${randomUUID()}`);
  try {
    await mkdir(work);
    await runPackage(work);
    await writeFile(join(work, 'fonts.conf'), fontsConf(dir));
    await rm(dir, { recursive: true, force: true });
    await rename(work, dir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The package unpacks itself into the temporary folder, where half a file would be taken for a whole one: it gets a
 * folder of its own. It brings the libraries along only where it believes to be in the cloud it was made for.
 */
async function runPackage(/** @type {string} */ work) {
  const program = `(await import('@sparticuz/chromium')).default.executablePath()`;
  const env = { ...process.env, TMPDIR: work, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { code, output } = await run(process.execPath, ['--input-type=module', '-e', `await ${program}`], {
    cwd: ROOT,
    env,
  });
  if (code !== 0)
    throw new SetupProblem('no_chromium', `Chromium could not be unpacked (${inOneLine(output)}).`);
}

/** The fonts that came with it, and the machine's own when it has any. */
function fontsConf(/** @type {string} */ dir) {
  const dirs = [join(dir, 'fonts'), '/usr/share/fonts'].map((one) => `<dir>${one}</dir>`).join('');
  const cache = `<cachedir>${join(dir, 'fonts-cache')}</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}${cache}</fontconfig>\n`;
}
