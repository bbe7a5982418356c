import { Command } from 'commander';
import { laneCounts, redrive } from '../delivery/outboxDead.ts';
import { beginEpoch } from '../delivery/outboxEpoch.ts';
import { LANES } from '../store/deliveries.ts';
import { type DeadGiven, listDead, noSuch } from './deadDeliveries.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readBy, readStaff } from './read.ts';
import { table } from './table.ts';

const rowsOf = ({ database }: CliParts) => database.collections.deliveries;

interface Given extends DeadGiven {
  readonly dead?: boolean;
}

const list =
  (given: Given) =>
  (parts: CliParts): Promise<string> => {
    if (given.dead) return listDead(parts, given);
    const { lane, before, all } = given;
    if (lane !== undefined || before !== undefined || all)
      throw new CommandProblem('--lane, --before and --all go with --dead.');
    return listCounts(parts);
  };

const listCounts = async (parts: CliParts): Promise<string> => {
  const counts = await laneCounts(rowsOf(parts));
  if (counts.length === 0) return 'There is no message.';
  const rows = counts.map(({ lane, state, count }) => [lane, state, String(count)]);
  return table(['lane', 'state', 'messages'], rows);
};

/** In the name of somebody of the staff, as a campaign: by a name alone nobody is found later. Any of them may, at any hour. */
const again = async (parts: CliParts, ids: readonly string[], given: { by: string }): Promise<string> => {
  const { _id: by } = await readStaff(given.by, parts);
  for (const id of ids) {
    const came = await redrive(rowsOf(parts), id, by, parts.now);
    if (came === 'no-such') throw noSuch(id);
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
    .option(
      '--dead',
      'those that did not arrive for certain, and why: alerts first, of each lane the latest first',
    )
    .option('--lane <lane>', `with --dead: only those of one lane (${LANES.join(', ')})`)
    .option('--before <id>', 'with --dead: those behind this one')
    .option('--all', 'with --dead: up to 100000 of them')
    .action((given: Given) => run(list(given)));
  deliveries
    .command('again <ids...>')
    .description('send dead messages once more')
    .requiredOption('--by <staff>', 'id of the staff member who decides it')
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
