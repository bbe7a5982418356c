import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { makeCampaign } from '../../services/campaigns/act.ts';
import { addList } from '../../services/campaigns/list.ts';
import { type RejectedRow, readPhoneList } from '../../services/campaigns/phoneList.ts';
import { writeEffects } from '../../services/staff/write.ts';
import { TableProblem } from '../../services/tables/table.ts';
import { insert } from '../../store/effect.ts';
import { inBoth } from '../bothLanguages.ts';
import type { CliParts } from '../parts.ts';
import { CommandProblem } from '../problem.ts';
import { actorBy, show, staffParts } from './parts.ts';
import { type NewGiven, planOf, problemsOf } from './plan.ts';
import { refused } from './refused.ts';

/** Rows of a list that were not taken, each with its reason; a longer list of them is a wrong file. */
const SHOWN = 50;

const NOBODY = 'Nobody would be written to: no campaign was made.';

const whyNot = ({ sheet, row, reason, values }: RejectedRow): string => {
  const where = sheet === undefined ? `Row ${row}` : `${sheet}, row ${row}`;
  return `${where} was not taken: ${inBoth({ key: `list.reason.${reason}`, ...(values && { values }) })}`;
};

const readList = async (path: string) => {
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
  const reasons = rejected.slice(0, SHOWN).map(whyNot);
  const more = rejected.length > SHOWN ? [`… and ${rejected.length - SHOWN} more.`] : [];
  const sums = `${accepted.length} of ${accepted.length + rejected.length} numbers taken.`;
  const said = [...reasons, ...more, sums];
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
  const list = given.list === undefined ? { phones: [], said: [] } : await readList(given.list);
  const { _id: id } = made.document;
  await addList(staff, id, list.phones, parts.now);
  await writeEffects(parts.database)([insert('campaigns', made.document)]);
  return [...list.said, await show(parts, id), `Next: khaibao campaign submit ${id} --by ${given.by}`].join(
    '\n',
  );
};
