/**
 * `npm run harness -- dialogue [--kills N] [--seed S] [--chats N] [--keep]`: servers are killed while people declare,
 * and everything said is counted. `npm run harness -- delivery [--kills N] [--seed S] [--no-skew] [--keep]`: senders are
 * killed while much is to be sent, two of them with wrong clocks (faketime). `npm run harness -- mutations [name]` and `delivery-mutations [name]`: the same with the safeguards
 * taken out one by one.
 */
import { join } from 'node:path';
import { say } from './say.mjs';
import { afterSetUp } from './setup.mjs';
import { show } from './show.mjs';

/** @type {Readonly<Record<string, string>>} */
const HARNESSES = {
  dialogue: 'main.ts',
  mutations: 'mutations.ts',
  delivery: 'delivery/main.ts',
  'delivery-mutations': 'delivery/mutations.ts',
};

const [name = '', ...flags] = process.argv.slice(2);
const file = HARNESSES[name];

if (file === undefined) {
  say(`There is no harness "${name}"; there are ${Object.keys(HARNESSES).join(', ')}.`);
  process.exit(1);
}

// Each mutation is built in its own copy.
await afterSetUp({ build: !name.endsWith('mutations'), mongodb: true }, async () => {
  const loader = ['--import', './tools/typescript.mjs'];
  process.exitCode = await show(process.execPath, [...loader, join('test/harness/chaos', file), ...flags]);
});
