import type { Command } from 'commander';
import { line } from '../dialogue/say.ts';
import { parseNote } from '../domain/person.ts';
import { handOverBy } from '../services/roster/handOver.ts';
import { news } from '../services/roster/relief.ts';
import { takeOverBy } from '../services/roster/takeOver.ts';
import { openStaff, type StaffMember } from '../services/staff/record.ts';
import { writeEffects } from '../services/staff/write.ts';
import type { Effect } from '../store/effect.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readStaff } from './read.ts';
import { staffParts } from './staffParts.ts';

const memberBy = async (parts: CliParts, id: string): Promise<StaffMember> =>
  openStaff(parts, await readStaff(id, parts));

const write = async ({ database }: CliParts, effects: readonly Effect[]): Promise<void> => {
  if (!(await writeEffects(database)(effects)))
    throw new CommandProblem('Something changed meanwhile. Try again.');
};

const withAlerts = (count: number): string => (count === 1 ? '1 alert' : `${count} alerts`);

const readNote = (note: string): string => {
  const read = parseNote(note);
  if (!read.ok) throw new CommandProblem(`"${note}" is not a note.`);
  return read.value;
};

interface HandOver {
  readonly by: string;
  readonly to: string;
  readonly note?: string;
}

/** As in the chat of whoever hands it over; they may not sit at this terminal, so they are told what a chat answers. */
const handOver = async (parts: CliParts, given: HandOver): Promise<string> => {
  const [by, to] = [await memberBy(parts, given.by), await memberBy(parts, given.to)];
  const staff = await staffParts(parts);
  const note = given.note === undefined ? {} : { note: readNote(given.note) };
  const done = await handOverBy(staff, by, { to: to.id, ...note }, parts.now);
  if (done.is === 'gone')
    throw new CommandProblem(
      `The shift cannot go from ${by.name} to ${to.name}: it goes to somebody else of the same province who has a chat, and both stand on duty for alerts.`,
    );
  const { name, count, effects } = done;
  await write(parts, [...effects, ...news(staff, by, parts.now, [line('relief.handed', { name, count })])]);
  return `${by.name} has handed the shift over to ${name}, with ${withAlerts(count)}.`;
};

interface TakeOver {
  readonly by: string;
  readonly from: string;
}

/** The same for whoever takes one over: alerts that are theirs from now on must not be so unheard. */
const takeOver = async (parts: CliParts, given: TakeOver): Promise<string> => {
  const [by, from] = [await memberBy(parts, given.by), await memberBy(parts, given.from)];
  if (by.chats.length === 0)
    throw new CommandProblem(
      `${by.name} has no chat, and would hear of no alert: see \`khaibao staff code\`.`,
    );
  const staff = await staffParts(parts);
  const done = await takeOverBy(staff, by, from.id, parts.now);
  if (done.is === 'gone')
    throw new CommandProblem(
      `${from.name} has no shift for ${by.name} to take over: one that runs now, in their area, of somebody else who has a chat.`,
    );
  const { name, count, open, effects } = done;
  const todo = open === 0 ? [] : [line('relief.takenOpen', { open })];
  await write(parts, [
    ...effects,
    ...news(staff, by, parts.now, [line('relief.taken', { name, count }), ...todo]),
  ]);
  const nobodys = open === 0 ? '' : `, ${open} of them nobody's yet`;
  return `${by.name} has taken the shift of ${name} over, with ${withAlerts(count)}${nobodys}.`;
};

/** `khaibao shift take-over|hand-over` */
export const addRelief = (shift: Command, run: RunWith): void => {
  shift
    .command('take-over')
    .description("take somebody's shift over, with their alerts")
    .requiredOption('--from <staff>', 'whose shift: an id of `khaibao shift list`')
    .requiredOption('--by <staff>', 'who takes it over: an id of `khaibao staff list`')
    .action((given: TakeOver) => run((parts) => takeOver(parts, given)));
  shift
    .command('hand-over')
    .description('hand a shift over to somebody, with its alerts')
    .requiredOption('--to <staff>', 'who is on duty from now on: an id of `khaibao staff list`')
    .requiredOption('--by <staff>', 'who hands it over: an id of `khaibao shift list`')
    .option('--note <note>', 'what they should know')
    .action((given: HandOver) => run((parts) => handOver(parts, given)));
};
