import { Command } from 'commander';
import { exerciseName } from '../app/training.ts';
import type { Database } from '../store/connect.ts';
import { available } from '../store/errors.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';

/** What an exercise leaves behind, beside the keys its data is sealed with. */
const KEPT = new Set(['keys', 'migrations']);

/** What single chats have practised lies beside the real database; a training server's own is all practice. */
export const trainingOf = ({ database, training }: CliParts): Pick<Database, 'collections'> =>
  training ? database : database.sibling(exerciseName(database.connection.name));

const lines = async (database: Pick<Database, 'collections'>): Promise<readonly [string, number][]> => {
  const names = Object.entries(database.collections).filter(([name]) => !KEPT.has(name));
  return Promise.all(
    names.map(
      async ([name, rows]): Promise<[string, number]> => [
        name,
        await available((rows as { countDocuments(): Promise<number> }).countDocuments()),
      ],
    ),
  );
};

/** What exercises have left behind. */
export const trainingStatus = async (parts: CliParts): Promise<string> => {
  const left = (await lines(trainingOf(parts))).filter(([, count]) => count > 0);
  return left.length === 0
    ? 'Exercises have left nothing behind.'
    : left.map(([name, count]) => `${name}: ${count}`).join('\n');
};

/** Deletes everything that exercises have left behind; nothing real can be touched by it. */
export const trainingWipe = async (parts: CliParts, sure: boolean): Promise<string> => {
  if (!sure) throw new CommandProblem('This deletes every exercise: say so with --yes.');
  const training = trainingOf(parts);
  let gone = 0;
  for (const [name, rows] of Object.entries(training.collections)) {
    if (KEPT.has(name)) continue;
    const deleted = await available(
      (rows as { deleteMany(filter: object): Promise<{ deletedCount: number }> }).deleteMany({}),
    );
    gone += deleted.deletedCount;
  }
  return `${gone} records of exercises deleted.`;
};

export const trainingCommand = (run: RunWith): Command => {
  const command = new Command('training').description('exercises: what they left behind, and wiping it');
  command
    .command('status')
    .description('what exercises have left behind')
    .action(() => run(trainingStatus));
  command
    .command('wipe')
    .option('--yes', 'I am sure')
    .description('delete everything of exercises, and nothing else')
    .action(({ yes }: { yes?: true }) => run((parts) => trainingWipe(parts, yes === true)));
  return command;
};
