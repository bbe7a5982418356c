import { userInfo } from 'node:os';
import { Command } from 'commander';
import { parseNote } from '../domain/person.ts';
import { answering } from '../services/feedback/answer.ts';
import { openFeedback } from '../services/feedback/record.ts';
import { placeOf } from '../services/staff/record.ts';
import { writeEffects } from '../services/staff/write.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { writeTime } from './read.ts';
import { table } from './table.ts';

/** What citizens find hard: what waits for an answer, or all of it. */
const feedbackList = async (parts: CliParts, given: { all?: boolean }): Promise<string> => {
  const filter = given.all ? {} : { state: 'open' as const };
  const docs = await parts.database.collections.feedback.find(filter).sort({ at: 1 }).toArray();
  const all = await Promise.all(docs.map((doc) => openFeedback(parts, doc)));
  if (all.length === 0) return given.all ? 'There is no feedback.' : 'No feedback waits for an answer.';
  const rows = all.map(({ id, at, kind, area, body }) => [
    id,
    writeTime(at),
    kind,
    parts.gazetteer.name(placeOf(area), 'vi', 'short'),
    body.phone ?? '',
    body.note.replace(/\n/g, ' '),
    ...(given.all ? [body.answer ?? ''] : []),
  ]);
  return table(['id', 'at', 'kind', 'area', 'phone', 'note', ...(given.all ? ['answer'] : [])], rows);
};

/** Answers feedback: the answer goes to the chat that asked. */
const feedbackAnswer = async (
  parts: CliParts,
  id: string,
  words: readonly string[],
  given: { by?: string },
): Promise<string> => {
  const text = parseNote(words.join(' '));
  if (!text.ok) throw new CommandProblem('An answer needs words.');
  const doc = await parts.database.collections.feedback.findOne({ _id: id });
  if (doc === null)
    throw new CommandProblem(`No feedback has the id "${id}": see \`khaibao feedback list\`.`);
  const opened = await openFeedback(parts, doc);
  const by = given.by ?? userInfo().username;
  const done = await writeEffects(parts.database)(answering(parts, opened, text.value, by, parts.now));
  if (!done) throw new CommandProblem('This feedback has been answered.');
  return 'The answer is on its way.';
};

/** `khaibao feedback list|answer` */
export const feedbackCommand = (run: RunWith): Command => {
  const feedback = new Command('feedback').description('what citizens find hard');
  feedback
    .command('list')
    .description('what waits for an answer')
    .option('--all', 'also what was answered')
    .action((given: { all?: boolean }) => run((parts) => feedbackList(parts, given)));
  feedback
    .command('answer <id> <words...>')
    .description('answer in the chat that asked')
    .option('--by <name>', 'who answers')
    .action((id: string, words: string[], given: { by?: string }) =>
      run((parts) => feedbackAnswer(parts, id, words, given)),
    );
  return feedback;
};
