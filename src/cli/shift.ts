import { Command } from 'commander';
import { handlesAlerts, isRole } from '../domain/roster.ts';
import { randomId } from '../security/random.ts';
import { endShifts, runningShifts } from '../services/roster/members.ts';
import { openStaff, placeOf } from '../services/staff/record.ts';
import { writeEffects } from '../services/staff/write.ts';
import { insert } from '../store/effect.ts';
import type { ShiftDoc } from '../store/shifts.ts';
import type { StaffDoc } from '../store/staff.ts';
import type { CliParts, RunWith } from './parts.ts';
import { type PostGiven, postName, readPost } from './post.ts';
import { CommandProblem } from './problem.ts';
import { readStaff, readTime, writeTime } from './read.ts';
import { addRelief } from './shiftRelief.ts';
import { table } from './table.ts';

export interface NewShift extends PostGiven {
  readonly from: string;
  readonly until?: string;
}

/** Whoever plans a shift sees no chat: that nobody would hear an alert in it must be said here. */
const unheard = ({ chats }: StaffDoc): string =>
  chats.length > 0
    ? ''
    : '\nNo alert reaches them before they have typed their link code; `khaibao staff code` prints a new one.';

/** Puts somebody on duty, now or later; without an end until relieved. */
const shiftAdd = async (parts: CliParts, id: string, given: NewShift): Promise<string> => {
  const doc = await readStaff(id, parts);
  if (!isRole(doc.role) || !handlesAlerts(doc.role))
    throw new CommandProblem(`The role ${doc.role} does not stand on duty for alerts.`);
  const from = readTime(given.from, parts.now);
  const until = given.until === undefined ? undefined : readTime(given.until, parts.now);
  if (until !== undefined && until <= from) throw new CommandProblem('A shift ends after it begins.');
  if (until !== undefined && until <= parts.now) throw new CommandProblem('That shift is over already.');
  const post = await readPost(parts, doc, given);
  const shift: ShiftDoc = {
    _id: randomId(),
    staff: doc._id,
    ...post,
    from: new Date(from),
    ...(until === undefined ? {} : { until: new Date(until) }),
  };
  await writeEffects(parts.database)([insert('shifts', shift)]);
  const end = until === undefined ? 'until relieved' : `until ${writeTime(until)}`;
  return `On duty from ${writeTime(from)} ${end}, ${postName(parts, post)}.${unheard(doc)}`;
};

/** Shifts that run or will. */
const shiftList = async (parts: CliParts): Promise<string> => {
  const { shifts, staff } = parts.database.collections;
  const { $or } = runningShifts(parts.now);
  const docs = await shifts.find({ $or }).sort({ from: 1 }).toArray();
  const found = await staff.find({ _id: { $in: docs.map((doc) => doc.staff) } }).toArray();
  const members = await Promise.all(found.map((doc) => openStaff(parts, doc)));
  if (docs.length === 0) return 'Nobody is on duty.';
  const rows = docs.map(({ staff: id, area, facility = '', from, until }) => [
    id,
    members.find((member) => member.id === id)?.name ?? '',
    parts.gazetteer.name(placeOf(area), 'vi', 'full'),
    facility,
    writeTime(from.getTime()),
    until === undefined ? 'until relieved' : writeTime(until.getTime()),
  ]);
  return table(['id', 'name', 'area', 'facility', 'from', 'until'], rows);
};

/** Ends the shift that runs now. */
const shiftEnd = async (parts: CliParts, id: string): Promise<string> => {
  const doc = await readStaff(id, parts);
  const effects = await endShifts({ collections: parts.database.collections }, doc._id, parts.now);
  if (effects.length === 0) return 'Not on duty now.';
  await writeEffects(parts.database)(effects);
  return 'Off duty.';
};

/** `khaibao shift add|list|end|take-over|hand-over` */
export const shiftCommand = (run: RunWith): Command => {
  const shift = new Command('shift').description('who is on duty, where and when');
  shift
    .command('add <staff>')
    .description('put somebody on duty')
    .option('--from <time>', '"2026-11-23 07:00" in Vietnam, or now', 'now')
    .option('--until <time>', 'without it until relieved')
    .option('--area <area>', 'where, if not their own area')
    .option('--facility <name>', 'for a facility, as it stands in `khaibao staff list`')
    .action((id: string, given: NewShift) => run((parts) => shiftAdd(parts, id, given)));
  shift
    .command('list')
    .description('shifts that run or will')
    .action(() => run(shiftList));
  shift
    .command('end <staff>')
    .description('end the shift that runs now')
    .action((id: string) => run((parts) => shiftEnd(parts, id)));
  addRelief(shift, run);
  return shift;
};
