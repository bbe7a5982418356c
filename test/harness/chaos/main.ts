/** `npm run harness -- dialogue [--kills N] [--seed S] [--chats N] [--patience S] [--keep]`: kills servers while people declare. */
import { parseArgs } from 'node:util';
import { say, sayPoints, sayWrong, wholeNumbers } from './report.ts';
import { type Outcome, runDialogue } from './run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    chats: { type: 'string', default: '15' },
    patience: { type: 'string', default: '300' },
    keep: { type: 'boolean', default: false },
  },
});
const number = wholeNumbers(values);

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
const wrong = sayWrong(outcome.found.sentences, outcome);
say(`people ${outcome.people}; ${outcome.tally.line}`);
sayPoints(outcome);
if (outcome.kept !== undefined) say(`logs: ${outcome.kept}`);
say(lineOf(outcome, seed));
process.exit(wrong === 0 ? 0 : 1);
