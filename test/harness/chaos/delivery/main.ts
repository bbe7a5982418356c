/** `npm run harness -- delivery [--kills N] [--seed S] [--patience S] [--no-skew] [--keep]`: kills senders while much is to be sent. */
import { parseArgs } from 'node:util';
import { say, sayPoints, sayWrong, wholeNumbers } from '../report.ts';
import { PURPOSES } from './evidence.ts';
import { mostOf } from './findings.ts';
import { type Outcome, runDelivery } from './run.ts';
import { sayBroadcasts } from './sayBroadcasts.ts';
import { findSkew, type Skew } from './skew.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    patience: { type: 'string', default: '180' },
    'no-skew': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const number = wholeNumbers(values);

const lineOf = ({ found, kills, planned, seconds }: Outcome, seed: number): string => {
  const { counts, of, order } = found;
  const { strays, unwanted, unsaid, notStopped, miscounted, notHeld } = counts;
  const other = strays + unwanted + unsaid + notStopped + miscounted + notHeld;
  const twice = PURPOSES.map((purpose) => {
    const { twice: copies, bound } = of[purpose];
    return purpose === 'campaign' ? `campaign ${copies}` : `${purpose} ${copies} (bound ${bound})`;
  });
  return (
    `kills ${kills}, recipients ${planned}, lost ${counts.lost}, doubled ${twice.join(', ')}, ` +
    `out of order ${order.late} (bound ${order.bound}), unlawful writes ${counts.unlawful}, too early ${counts.early}, ` +
    `too fast ${counts.tooFast}, other ${other}, alert p99 ${mostOf(found.waits, 0.99)} ms, ` +
    `undisturbed ${mostOf(found.smoothWaits, 0.99)} ms (seed ${seed}, ${seconds} s)`
  );
};

/** Right clocks are nobody's accident: they are asked for. Undefined then. */
const skewOf = async (): Promise<Skew | undefined> => {
  if (values['no-skew']) return undefined;
  return findSkew().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
};

const seed = number('seed');
const skewed = await skewOf();
say(`seed ${seed}`);
const outcome = await runDelivery({
  kills: number('kills'),
  seed,
  patience: number('patience') * 1_000,
  skewed,
  keep: values.keep,
  onProgress: (sentence) => say(`  ${sentence}`),
});
const { found, tally } = outcome;
const wrong = sayWrong(found.sentences, outcome);
if (skewed === undefined) say('clocks were right: --no-skew');
say(tally.line);
sayPoints(outcome);
const unknown = PURPOSES.map((purpose) => `${purpose} ${found.of[purpose].unknown}`).join(', ');
say(`in doubt for good: ${unknown}; most of a bot in a second ${found.fastest}`);
sayBroadcasts(outcome.broadcasts);
const { waits, smoothWaits, ahead } = found;
say(
  `alerts: half within ${mostOf(waits, 0.5)} ms; of the ${smoothWaits.length} of ${waits.length} that no process ` +
    `left behind half within ${mostOf(smoothWaits, 0.5)} ms, p99 ${mostOf(smoothWaits, 0.99)} ms; before one of these left ` +
    `its bot sent ${mostOf(ahead, 0.5)} campaign messages (half of them), p99 ${mostOf(ahead, 0.99)}`,
);
if (values.keep) say(`logs: ${outcome.dataDir}`);
say(lineOf(outcome, seed));
process.exit(wrong === 0 ? 0 : 1);
