import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { makeCampaign } from '../../services/campaigns/act.ts';
import { addList } from '../../services/campaigns/list.ts';
import { readPhoneList } from '../../services/campaigns/phoneList.ts';
import type { RejectedRow as NotAccepted } from '../../services/campaigns/phoneTaking.ts';
import { writeEffects } from '../../services/staff/write.ts';
import { TableProblem } from '../../services/tables/table.ts';
import { insert } from '../../store/effect.ts';
import { inBoth } from '../bothLanguages.ts';
import type { CliParts } from '../parts.ts';
import { intoPrivateFile } from '../privateFile.ts';
import { CommandProblem } from '../problem.ts';
import { type RejectedRow, rejectedCsv, rejectedLines } from '../rejectedRows.ts';
import { staffParts } from '../staffParts.ts';
import { actorBy, show } from './parts.ts';
import { type NewGiven, planOf, problemsOf } from './plan.ts';
import { refused } from './refused.ts';

const NOBODY = 'Nobody would be written to: no campaign was made.';

const rowOf = ({ sheet, row, reason, values }: NotAccepted): RejectedRow => ({
  ...(sheet === undefined ? {} : { sheet }),
  row,
  why: { key: `list.reason.${reason}`, ...(values && { values }) },
});

const sentence = ({ sheet, row, why }: RejectedRow): string => {
  const where = sheet === undefined ? `Row ${row}` : `${sheet}, row ${row}`;
  return `${where} was not taken: ${inBoth(why)}`;
};

/** The numbers of a list; all rows that were not taken are written to `file`. */
const readList = async (path: string, file: string | undefined) => {
  const bytes = await readFile(path).catch(() => {
    throw new CommandProblem(`The file ${path} cannot be read.`);
  });
  const { accepted, rejected } = await readPhoneList({ name: basename(path), bytes }).catch(
    (error: unknown) => {
      if (error instanceof TableProblem) throw new CommandProblem(`${path}: ${inBoth({ key: error.key })}`);
      throw error;
    },
  );
  if (rejected.length > 0 && accepted.length === 0 && rejected.every(({ reason }) => reason === 'noColumn'))
    throw new CommandProblem(`${path}: ${inBoth({ key: 'list.reason.noColumn' })}`);
  const rows = rejected.map(rowOf);
  if (file !== undefined) await intoPrivateFile(file, (put) => put(rejectedCsv(rows)));
  const sums = `${accepted.length} of ${accepted.length + rejected.length} numbers taken.`;
  const said = [...rejectedLines(rows, file, sentence), sums];
  if (accepted.length === 0) throw new CommandProblem([...said, NOBODY].join('\n'));
  return { phones: accepted.map(({ phone }) => phone), said };
};

/** Writes a draft; with a list of numbers, every row of it is taken or told with its reason. */
export const makeNew = async (parts: CliParts, given: NewGiven): Promise<string> => {
  const staff = await staffParts(parts);
  const made = makeCampaign(staff, planOf(given, parts), await actorBy(parts, staff, given.by), parts.now);
  if (made.is === 'problems') throw problemsOf(made.problems);
  if (made.is === 'notAllowed') throw refused('notAllowed', given.by);
  if ((given.to === 'list') !== (given.list !== undefined))
    throw new CommandProblem('A list of numbers (--list) goes with --to list.');
  if (given.rejected !== undefined && given.list === undefined)
    throw new CommandProblem('--rejected goes with --list: only a list has rows that are not taken.');
  const list =
    given.list === undefined ? { phones: [], said: [] } : await readList(given.list, given.rejected);
  const { _id: id } = made.document;
  await addList(staff, id, list.phones, parts.now);
  await writeEffects(parts.database)([insert('campaigns', made.document)]);
  return [...list.said, await show(parts, id), `Next: khaibao campaign submit ${id} --by ${given.by}`].join(
    '\n',
  );
};
