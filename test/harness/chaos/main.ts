/** `npm run harness -- dialogue [--kills N] [--seed S] [--chats N] [--patience S] [--keep]`: kills servers while people declare. */
import { parseArgs } from 'node:util';
import { type Outcome, runDialogue } from './run.ts';

const MOST_TOLD = 20;
/** A run of so many kills has tried everything, or it does not count. */
const WHOLE = 50;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    chats: { type: 'string', default: '15' },
    patience: { type: 'string', default: '300' },
    keep: { type: 'boolean', default: false },
  },
});
const number = (name: 'kills' | 'seed' | 'chats' | 'patience'): number => {
  const given = Number(values[name]);
  if (!Number.isInteger(given) || given < 0) throw new Error(`--${name} is a whole number`);
  return given;
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const untried = ({ kills, points, tally }: Outcome): readonly string[] => {
  const unreached = [...points].filter(([, times]) => times === 0).map(([point]) => `a crash ${point}`);
  return kills < WHOLE ? [] : [...unreached, ...tally.untried];
};

const lineOf = ({ found, kills, seconds }: Outcome, seed: number): string =>
  `kills ${kills}, updates ${found.updates}, lost ${found.lost}, doubled ${found.doubled}, ` +
  `reordered ${found.reordered}, replies twice ${found.repliesTwice}, alerts missing ${found.alertsMissing}, ` +
  `alerts doubled ${found.alertsDoubled} (seed ${seed}, ${seconds} s)`;

const seed = number('seed');
say(`seed ${seed}`);
const outcome = await runDialogue({
  kills: number('kills'),
  seed,
  chats: number('chats'),
  patience: number('patience') * 1_000,
  keep: values.keep,
  onProgress: (sentence) => say(`  ${sentence}`),
});
const wrong = [...outcome.found.sentences, ...untried(outcome).map((what) => `never tried: ${what}`)];
for (const sentence of wrong.slice(0, MOST_TOLD)) say(`  ${sentence}`);
if (wrong.length > MOST_TOLD) say(`  and ${wrong.length - MOST_TOLD} more`);
say(`people ${outcome.people}; ${outcome.tally.line}`);
say(`crash points: ${[...outcome.points].map(([point, times]) => `${point} ${times}`).join(', ')}`);
if (values.keep) say(`logs: ${outcome.dataDir}`);
say(lineOf(outcome, seed));
process.exit(wrong.length === 0 ? 0 : 1);
