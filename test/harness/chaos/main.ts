/** `npm run harness -- dialogue [--kills N] [--seed S] [--chats N] [--patience S] [--keep]`: kills servers while people declare. */
import { parseArgs } from 'node:util';
import { holds } from './checker.ts';
import { runDialogue } from './run.ts';

const MOST_TOLD = 20;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    chats: { type: 'string', default: '30' },
    patience: { type: 'string', default: '120' },
    keep: { type: 'boolean', default: false },
  },
});
const number = (name: 'kills' | 'seed' | 'chats' | 'patience'): number => {
  const given = Number(values[name]);
  if (!Number.isInteger(given) || given < 0) throw new Error(`--${name} is a whole number`);
  return given;
};
const seed = number('seed');

process.stdout.write(`seed ${seed}\n`);
const found = await runDialogue({
  kills: number('kills'),
  seed,
  chats: number('chats'),
  patience: number('patience') * 1_000,
  keep: values.keep,
});
for (const sentence of found.wrong.slice(0, MOST_TOLD)) process.stdout.write(`  ${sentence}\n`);
const points = [...found.points].map(([point, times]) => `${point} ${times}`).join(', ');
process.stdout.write(`crash points: ${points}\n`);
if (values.keep) process.stdout.write(`logs: ${found.dataDir}\n`);
process.stdout.write(
  `kills ${found.kills}, updates ${found.updates}, lost ${found.lost}, doubled ${found.doubled}, ` +
    `reordered ${found.reordered}, replies twice ${found.repliesTwice}, alerts missing ${found.alertsMissing}, ` +
    `alerts doubled ${found.alertsDoubled} (seed ${seed}, ${found.seconds} s)\n`,
);
process.exit(holds(found) ? 0 : 1);
