/**
 * Everything that has to be there before a command runs: libraries, build, a MongoDB. Says what it does while it does
 * it; when nothing is to be done it says nothing and takes a fraction of a second. Only Node's own modules are
 * imported at the top of this file and of what it imports: it runs before `node_modules` is there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildFresh } from './build.mjs';
import { endingChildren } from './child.mjs';
import { installLibraries, librariesFresh } from './install.mjs';
import { withLock } from './lock.mjs';
import { findMongod } from './mongod.mjs';
import { inOneLine, SetupProblem } from './problem.mjs';
import { ROOT } from './root.mjs';
import { say } from './say.mjs';

/** @typedef {{ build?: boolean, mongodb?: boolean }} Needs */

/**
 * Leaves the path of the MongoDB server in MONGOMS_SYSTEM_BINARY, unless MONGODB_URI says that none is needed.
 * @param {Needs} needs
 * @throws {SetupProblem}
 */
export function setUp(needs) {
  return endingChildren(async () => {
    checkNode();
    if (!librariesFresh(ROOT) || (needs.build && !buildFresh(ROOT))) await prepare(needs);
    if (needs.mongodb) await provideMongodb();
  });
}

/** Two starts at once: the second waits, and then finds that there is nothing left to do. */
function prepare(/** @type {Needs} */ needs) {
  const work = async () => {
    if (!librariesFresh(ROOT)) await installLibraries(ROOT);
    if (needs.build && !buildFresh(ROOT)) await build(ROOT);
  };
  return withLock(join(ROOT, '.cache', 'setup.lock'), work, say);
}

async function provideMongodb() {
  if (process.env.MONGODB_URI) return;
  const { path } = await findMongod();
  process.env.MONGOMS_SYSTEM_BINARY = path;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false'; // any version that runs is fine, not only its favourite
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const wanted = /[\d.]+/.exec(engines.node)?.[0] ?? '0';
  if (isOlder(process.versions.node, wanted)) {
    const sentence = `Node.js ${wanted} or newer is needed and this is ${process.versions.node}: install a newer one.`;
    throw new SetupProblem('old_node', sentence);
  }
}

/**
 * @param {string} one
 * @param {string} other
 */
export function isOlder(one, other) {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  for (const i of [0, 1, 2]) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * Runs a command after its set-up; a problem becomes one sentence and exit code 1.
 * @param {Needs} needs
 * @param {() => Promise<void>} command
 */
export async function afterSetUp(needs, command) {
  try {
    await setUp(needs);
  } catch (error) {
    say(sentence(error));
    process.exitCode = 1;
    return;
  }
  await command();
}

/**
 * What the system refuses (no space, no permission) says enough in a line; anything else is a fault of ours.
 * @param {unknown} error
 */
function sentence(error) {
  if (error instanceof SetupProblem) return error.message;
  if (error instanceof Error && 'syscall' in error) return `The set-up cannot go on: ${inOneLine(error)}.`;
  throw error;
}
