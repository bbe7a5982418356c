/**
 * `npm run bench [-- name … [--flag …]]`: the measurements in bench/, one after the other, so that none disturbs
 * another. What begins with a hyphen, and all behind it, is for the measurement itself.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './root.mjs';
import { say } from './say.mjs';
import { afterSetUp } from './setup.mjs';
import { show } from './show.mjs';

const all = readdirSync(join(ROOT, 'bench')).filter((name) => name.endsWith('.ts'));
const args = process.argv.slice(2);
const names = args.findIndex((arg) => arg.startsWith('-'));
const wanted = names === -1 ? args : args.slice(0, names);
const flags = args.slice(wanted.length);
const chosen = wanted.length === 0 ? all : wanted.map((name) => `${basename(name, '.ts')}.ts`);

const unknown = chosen.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  say(`There is no bench/${unknown.join(', bench/')}; there are ${all.join(', ')}.`);
  process.exit(1);
}

await afterSetUp({ mongodb: true, build: true }, async () => {
  for (const name of chosen) {
    say(`bench/${name}`);
    const loader = ['--import', './tools/typescript.mjs'];
    process.exitCode ||= await show(process.execPath, [...loader, join('bench', name), ...flags]);
  }
});
