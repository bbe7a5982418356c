import { Command } from 'commander';
import { deadRows, laneCounts, redrive } from '../delivery/outboxDead.ts';
import { beginEpoch } from '../delivery/outboxEpoch.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readBy, writeTime } from './read.ts';
import { table } from './table.ts';

/** More than a person looks through; the counts tell the rest. */
const LISTED = 200;

const rowsOf = ({ database }: CliParts) => database.collections.deliveries;

const deadRow = ({ _id, state, lane, purpose, readyAt, attempt, fault = '', redriven = [] }: DeliveryDoc) => [
  _id,
  state,
  lane,
  purpose,
  writeTime(readyAt.getTime()),
  String(attempt),
  fault,
  redriven.at(-1)?.by ?? '',
];

const listDead = async (parts: CliParts): Promise<string> => {
  const rows = await deadRows(rowsOf(parts), LISTED);
  if (rows.length === 0) return 'No message is dead.';
  const heads = ['id', 'state', 'lane', 'purpose', 'due', 'attempts', 'fault', 'again by'];
  const more = rows.length === LISTED ? [`The latest ${LISTED}; there may be more.`] : [];
  return [table(heads, rows.map(deadRow)), ...more].join('\n');
};

const listCounts = async (parts: CliParts): Promise<string> => {
  const counts = await laneCounts(rowsOf(parts));
  if (counts.length === 0) return 'There is no message.';
  const rows = counts.map(({ lane, state, count }) => [lane, state, String(count)]);
  return table(['lane', 'state', 'messages'], rows);
};

const again = async (parts: CliParts, ids: readonly string[], given: { by: string }): Promise<string> => {
  const by = readBy(given.by);
  for (const id of ids) {
    const came = await redrive(rowsOf(parts), id, by, parts.now);
    if (came === 'no-such')
      throw new CommandProblem(`No message has the id "${id}": see \`khaibao deliveries list --dead\`.`);
    if (came === 'not-dead')
      throw new CommandProblem(`The message ${id} is not dead: it is on its way, or has arrived.`);
  }
  return ids.length === 1
    ? '1 message is on its way again.'
    : `${ids.length} messages are on their way again.`;
};

/** After a backup was restored: what it believes to be on its way has long been sent. */
const epoch = async (parts: CliParts, given: { by: string }): Promise<string> => {
  const { epoch: number, held } = await beginEpoch(parts.database.collections, readBy(given.by), parts.now);
  const what = held === 1 ? '1 message of the old one is held' : `${held} messages of the old one are held`;
  const due = 'What was due before this moment is not sent by itself any more.';
  return `Epoch ${number} has begun; ${what}: \`khaibao deliveries list --dead\`. ${due}`;
};

/** `khaibao deliveries list|again|epoch` */
export const deliveriesCommand = (run: RunWith): Command => {
  const deliveries = new Command('deliveries').description(
    'messages that are no replies, and what became of them',
  );
  deliveries
    .command('list')
    .description('how many there are, by lane and state')
    .option('--dead', 'those that did not arrive for certain, and why')
    .action((given: { dead?: boolean }) => run(given.dead ? listDead : listCounts));
  deliveries
    .command('again <ids...>')
    .description('send dead messages once more')
    .requiredOption('--by <name>', 'who decides it')
    .action((ids: string[], given: { by: string }) => run((parts) => again(parts, ids, given)));
  deliveries
    .command('epoch')
    .description(
      'after a backup was restored, before the server starts: hold what was on its way in it, or due',
    )
    .requiredOption('--by <name>', 'who decides it')
    .action((given: { by: string }) => run((parts) => epoch(parts, given)));
  return deliveries;
};
