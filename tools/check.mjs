/**
 * `npm run check`: the definition of done. Every check runs, also after one failed; the tests come last, as the README
 * says (`npm test`), and the last line counts everything: `N passed, N failed`.
 */
import { join } from 'node:path';
import { inOneLine } from './problem.mjs';
import { ROOT } from './root.mjs';
import { say } from './say.mjs';
import { setUp } from './setup.mjs';
import { show } from './show.mjs';

const module = (/** @type {string} */ path) => join(ROOT, 'node_modules', path);

/** @type {[name: string, program: string, ...args: string[]][]} */
const CHECKS = [
  ['format', module('@biomejs/biome/bin/biome'), 'format', '.'],
  ['lint', module('@biomejs/biome/bin/biome'), 'lint', '--error-on-warnings', '.'],
  ['types', module('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'],
  ['types of the page', module('typescript/bin/tsc'), '-p', 'web/static', '--noEmit'],
  ['dead code', module('knip/bin/knip.js')],
  ['import direction', join(ROOT, 'tools', 'imports.mjs')],
];

/**
 * After the tests, for each takes as long as half of them: servers and database killed 50 times while people declare,
 * and senders 100 times while much is to be sent (docs/guarantees.md). The seeds are fixed, so that a failure can be
 * repeated; by hand other ones are tried.
 * @type {[name: string, ...args: string[]][]}
 */
const CHAOS = [
  ['nothing lost under kills', 'dialogue', '--kills', '50', '--seed', '2026'],
  ['nothing lost or sent twice under kills', 'delivery', '--kills', '100', '--seed', '2026'],
];

const given = process.argv.slice(2);
/** What is said to the harness is said here: `npm run check -- --no-skew`. */
const SKEW = given.filter((flag) => flag === '--no-skew');

let passed = 0;
let failed = 0;

const count = (/** @type {string} */ name, /** @type {boolean} */ ok) => {
  if (ok) passed += 1;
  else failed += 1;
  say(`${name}: ${ok ? 'passed' : 'FAILED'}`);
};

async function runChecks() {
  for (const [name, ...program] of CHECKS) {
    count(name, (await show(process.execPath, program)) === 0);
  }
}

async function runChaos() {
  const harness = join(ROOT, 'tools', 'harness.mjs');
  for (const [name, ...args] of CHAOS) {
    const flags = args[0] === 'delivery' ? SKEW : [];
    count(name, (await show(process.execPath, [harness, ...args, ...flags])) === 0);
  }
}

async function runTests() {
  let output = '';
  const code = await show('npm', ['test'], { onOutput: (text) => (output += text) });
  const line = output.match(/^\d+ passed, \d+ failed/gm)?.at(-1) ?? '';
  const [good = 0, bad = 0] = line.match(/\d+/g)?.map(Number) ?? [];
  passed += good;
  failed += bad;
  // Non-zero with no test failed: there was no test, or something broke around them.
  if (code !== 0 && bad === 0) count('the test run', false);
}

try {
  await setUp({});
  await runChecks();
} catch (error) {
  count(`set-up (${inOneLine(error)})`, false);
}
if (!given.includes('--no-tests')) {
  await runTests();
  await runChaos();
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
