/** `npm run bench [-- name …]`: the measurements in bench/, one after the other, so that none disturbs another. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './root.mjs';
import { say } from './say.mjs';
import { afterSetUp } from './setup.mjs';
import { show } from './show.mjs';

const all = readdirSync(join(ROOT, 'bench')).filter((name) => name.endsWith('.ts'));
const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? all : wanted.map((name) => `${basename(name, '.ts')}.ts`);

const unknown = chosen.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  say(`There is no bench/${unknown.join(', bench/')}; there are ${all.join(', ')}.`);
  process.exit(1);
}

await afterSetUp({ mongodb: true }, async () => {
  for (const name of chosen) {
    say(`bench/${name}`);
    const loader = ['--import', './tools/typescript.mjs'];
    process.exitCode ||= await show(process.execPath, [...loader, join('bench', name)]);
  }
});
