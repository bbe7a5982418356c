import { type DeadAsked, type DeadRow, deadCounts, deadRows } from '../delivery/outboxDead.ts';
import { LANES, type Lane } from '../store/deliveries.ts';
import type { CliParts } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { writeTime } from './read.ts';
import { table } from './table.ts';

/** More than a person looks through at once; and as many as a file of them may hold, or the memory for it. */
const LISTED = 200;
const ALL = 100_000;

const rowsOf = ({ database }: CliParts) => database.collections.deliveries;

const deadRow = ({ _id, state, lane, purpose, readyAt, attempt, fault = '', redriven = [] }: DeadRow) => [
  _id,
  state,
  lane,
  purpose,
  writeTime(readyAt.getTime()),
  String(attempt),
  fault,
  redriven.at(-1)?.by ?? '',
];

/** Which of them somebody wants to see. */
export interface DeadGiven {
  readonly lane?: string;
  readonly before?: string;
  readonly all?: boolean;
}

export const noSuch = (id: string) =>
  new CommandProblem(`No message has the id "${id}": see \`khaibao deliveries list --dead\`.`);

const readLane = (text: string): Lane => {
  const lane = LANES.find((each) => each === text);
  if (lane === undefined) throw new CommandProblem(`"${text}" is no lane: there are ${LANES.join(', ')}.`);
  return lane;
};

const asked = async (parts: CliParts, { lane, before, all }: DeadGiven): Promise<DeadAsked> => {
  const row = before === undefined ? null : await rowsOf(parts).findOne({ _id: before });
  if (before !== undefined && row === null) throw noSuch(before);
  const most = (all ? ALL : LISTED) + 1;
  return { most, ...(lane !== undefined && { lane: readLane(lane) }), ...(row && { before: row }) };
};

/** How many there are in all, and how the rest is seen. */
const theRest = async (parts: CliParts, last: string, lane?: string): Promise<string> => {
  const counts = await deadCounts(rowsOf(parts));
  const each = LANES.filter((name) => counts[name] > 0).map((name) => `${name} ${counts[name]}`);
  const only = lane === undefined ? '' : ` --lane ${lane}`;
  return (
    `There are more: ${each.join(', ')}. Those behind: ` +
    `\`khaibao deliveries list --dead${only} --before "${last}"\`; ${ALL} at a time: \`--all\`.`
  );
};

const none = ({ lane, before }: DeadGiven): string => {
  if (before !== undefined) return 'There are no more.';
  return lane === undefined ? 'No message is dead.' : `No message of the lane "${lane}" is dead.`;
};

/** `khaibao deliveries list --dead` */
export const listDead = async (parts: CliParts, given: DeadGiven): Promise<string> => {
  const question = await asked(parts, given);
  const rows = await deadRows(rowsOf(parts), question);
  if (rows.length === 0) return none(given);
  const heads = ['id', 'state', 'lane', 'purpose', 'due', 'attempts', 'fault', 'again by'];
  const listed = rows.slice(0, question.most - 1);
  const last = listed.at(-1)?._id ?? '';
  const more = rows.length > listed.length ? [await theRest(parts, last, given.lane)] : [];
  return [table(heads, listed.map(deadRow)), ...more].join('\n');
};
