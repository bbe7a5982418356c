import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { ROLES } from '../domain/roster.ts';
import { groupInvitation, INVITATION_HOURS, newInvitation, newStaffId } from '../domain/rosterCode.ts';
import { releaseAlerts } from '../services/alerts/release.ts';
import { endShifts } from '../services/roster/members.ts';
import { openStaff, placeOf, sealStaff } from '../services/staff/record.ts';
import { writeEffects } from '../services/staff/write.ts';
import { elsewhere, insert, update } from '../store/effect.ts';
import type { StaffDoc } from '../store/staff.ts';
import { type NewStaff, readNewStaff } from './newStaff.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readStaff, writeTime } from './read.ts';
import { table } from './table.ts';
import { trainingOf } from './training.ts';

const invitation = ({ index, now }: CliParts, staff: string) => {
  const code = newInvitation(randomBytes);
  const expiresAt = new Date(now + INVITATION_HOURS * 3_600_000);
  const said =
    `Link code: ${groupInvitation(code)}\n` +
    `It works once, until ${writeTime(expiresAt.getTime())}. To be typed in the chat; it is shown only here.`;
  return { effect: insert('invitations', { _id: index('invitation', code), staff, expiresAt }), said };
};

/** Takes somebody on, and gives the one-time code that links their chat. */
export const staffAdd = async (parts: CliParts, given: NewStaff): Promise<string> => {
  const { role, place, facility, ...personal } = readNewStaff(given, parts);
  const id = newStaffId(randomBytes);
  const doc: StaffDoc = {
    _id: id,
    role,
    area: place.path,
    ...(facility === undefined ? {} : { facility }),
    chats: [],
    active: true,
    sealed: sealStaff(parts, id, personal),
  };
  const { effect, said } = invitation(parts, id);
  await writeEffects(parts.database)([insert('staff', doc), effect]);
  const where = parts.gazetteer.name(place.code, 'vi', 'full');
  return `${id}: ${personal.name}, ${role}, ${where}\n${said}`;
};

/** Another code for somebody who is on record: a new telephone, a code that ended. */
const staffCode = async (parts: CliParts, id: string): Promise<string> => {
  const doc = await readStaff(id, parts);
  const { effect, said } = invitation(parts, doc._id);
  await writeEffects(parts.database)([effect]);
  return said;
};

const staffList = async (parts: CliParts): Promise<string> => {
  const docs = await parts.database.collections.staff
    .find({ active: true })
    .sort({ area: 1, _id: 1 })
    .toArray();
  const members = await Promise.all(docs.map((doc) => openStaff(parts, doc)));
  if (members.length === 0) return 'Nobody is on record. Begin with `khaibao staff add`.';
  const rows = members.map(({ id, name, role, area, facility = '', chats }) => [
    id,
    name,
    role,
    parts.gazetteer.name(placeOf(area), 'vi', 'full'),
    facility,
    String(chats.length),
  ]);
  return table(['id', 'name', 'role', 'area', 'facility', 'chats'], rows);
};

/** Ends somebody's service: chats are unlinked, the shift ends, alerts they had are open again. */
export const staffEnd = async (parts: CliParts, id: string): Promise<string> => {
  const doc = await readStaff(id, parts);
  const { collections } = parts.database;
  const released = await releaseAlerts({ collections }, doc._id, parts.now);
  const gone = { $set: { active: false, chats: [] } };
  const { collections: exercises } = trainingOf(parts);
  const done = await writeEffects(parts.database)([
    update('staff', { _id: doc._id, active: true }, gone, { must: true }),
    // Nor do they hear of exercises any more.
    ...(parts.training ? [] : [elsewhere(update('staff', { _id: doc._id }, gone), exercises)]),
    ...(await endShifts({ collections }, doc._id, parts.now)),
    ...released,
  ]);
  if (!done) throw new CommandProblem('Something changed meanwhile. Try again.');
  const { name } = await openStaff(parts, doc);
  return `${name} is off the record. Alerts given back: ${released.length}.`;
};

/** `khaibao staff add|code|list|end` */
export const staffCommand = (run: RunWith): Command => {
  const staff = new Command('staff').description('who works for the health service');
  staff
    .command('add')
    .description('take somebody on and print the one-time code that links their chat')
    .requiredOption('--name <name>', 'full name')
    .requiredOption('--role <role>', ROLES.join(', '))
    .requiredOption('--area <area>', 'province or commune: name, code or path ("Than Uyên", 12, 12/03595)')
    .option('--facility <name>', 'station, centre or checkpoint')
    .option('--phone <number>', 'phone number')
    .action((given: NewStaff) => run((parts) => staffAdd(parts, given)));
  staff
    .command('code <id>')
    .description('print a new one-time code for somebody')
    .action((id: string) => run((parts) => staffCode(parts, id)));
  staff
    .command('list')
    .description('everybody on record')
    .action(() => run(staffList));
  staff
    .command('end <id>')
    .description("end somebody's service")
    .action((id: string) => run((parts) => staffEnd(parts, id)));
  return staff;
};
