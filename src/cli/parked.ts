import { Command } from 'commander';
import { shortIds } from '../domain/shortIds.ts';
import { findParked, parkedIds, settleParked } from '../services/parked/rows.ts';
import { inBoth, refuse } from './bothLanguages.ts';
import { parkedAnswer } from './parkedAnswer.ts';
import { meantBy } from './parkedFind.ts';
import { type Listing, parkedList } from './parkedList.ts';
import { parkedShow } from './parkedShow.ts';
import type { CliParts, RunWith } from './parts.ts';
import { allAtOnce } from './problem.ts';
import { readBy } from './read.ts';

/** The rows somebody means, all of them waiting; all that is wrong is said at once. */
const waitingOnes = async ({ database }: CliParts, typed: readonly string[]): Promise<readonly string[]> => {
  const { parked } = database.collections;
  const known = await parkedIds(parked);
  allAtOnce(...typed.map((one) => () => meantBy(known, one)));
  const ids = [...new Set(typed.map((one) => meantBy(known, one)))];
  const rows = await Promise.all(ids.map((id) => findParked(parked, id)));
  const names = shortIds(known);
  const already = rows.flatMap((row) => {
    if (!row?.settledAt) return [];
    const id = names.get(row._id) ?? row._id;
    const values = { id, by: row.settledBy ?? '', time: { time: row.settledAt.getTime() } };
    return [{ key: 'parked.already', values }];
  });
  return already.length > 0 ? refuse(...already) : ids;
};

const parkedDone = async (
  parts: CliParts,
  typed: readonly string[],
  given: { readonly all?: true; readonly by: string },
): Promise<string> => {
  const by = readBy(given.by);
  const all = given.all === true;
  if (all === typed.length > 0) return refuse({ key: 'parked.which' });
  const which = all ? 'all' : await waitingOnes(parts, typed);
  const count = await settleParked(parts.database.collections.parked, which, by, parts.now);
  return inBoth(count === 0 ? { key: 'parked.none' } : { key: 'parked.settled', values: { count } });
};

/** `khaibao parked list|show|answer|done` */
export const parkedCommand = (run: RunWith): Command => {
  const parked = new Command('parked').description(
    'messages of people that could not be handled and wait for somebody to look at them',
  );
  parked
    .command('list')
    .description('what waits, the newest first; nothing personal is shown')
    .option('--all', 'also what was settled')
    .option('--json', 'for programs')
    .action((given: Listing) => run((parts) => parkedList(parts, given)));
  parked
    .command('show <id>')
    .description('what the person sent, why it failed, and how to reach them; noted with your name')
    .requiredOption('--by <name>', 'who reads it')
    .action((id: string, given: { by: string }) => run((parts) => parkedShow(parts, id, given)));
  parked
    .command('answer <id> <words...>')
    .description('write to whoever sent it, in their chat')
    .requiredOption('--by <name>', 'who writes')
    .action((id: string, words: string[], given: { by: string }) =>
      run((parts) => parkedAnswer(parts, id, words, given)),
    );
  parked
    .command('done [ids...]')
    .description('the person was helped, or needs no help: it waits no longer')
    .option('--all', 'all that wait')
    .requiredOption('--by <name>', 'who settles it')
    .action((ids: string[], given: { all?: true; by: string }) =>
      run((parts) => parkedDone(parts, ids, given)),
    );
  return parked;
};
