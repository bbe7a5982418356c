import { parseDay } from '../dialogue/parse/date.ts';
import { dayOf } from '../domain/day.ts';
import type { Place } from '../domain/place/place.ts';
import type { StaffDoc } from '../store/staff.ts';
import type { CliParts } from './parts.ts';
import { CommandProblem } from './problem.ts';

export type Where = Pick<CliParts, 'gazetteer' | 'home'>;

/** The place somebody named by code, area path or name; one that may be several is not guessed. */
export const readPlace = (text: string, { gazetteer, home }: Where): Place => {
  const byCode = gazetteer.get(text.split('/').at(-1) ?? text);
  if (byCode !== undefined) return byCode;
  const found = gazetteer.resolve(text, { within: home });
  if (found.kind === 'one') return found.place;
  if (found.kind === 'none') throw new CommandProblem(`No place is called "${text}".`);
  const names = found.places.map(
    ({ place }) => `${place.code} (${gazetteer.name(place.code, 'vi', 'full')})`,
  );
  throw new CommandProblem(`"${text}" may be ${names.join(', ')}: give the code.`);
};

/** A day as people write it: 2026-11-23, 23/11, hôm nay. */
export const readDay = (text: string, now: number): string => {
  const day = parseDay(text, dayOf(now), 'near');
  if (day === null) throw new CommandProblem(`"${text}" is not a day: write it as 2026-11-23 or 23/11.`);
  return day;
};

/** An instant: a day and a time in Vietnam, "2026-11-23 07:00", or "now". Returns ms since 1970. */
export const readTime = (text: string, now: number): number => {
  if (text === 'now') return now;
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text.trim());
  const at = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}:00+07:00`);
  if (Number.isNaN(at)) throw new CommandProblem(`"${text}" is not a time: write it as 2026-11-23 07:00.`);
  return at;
};

/** An instant as it is written in Vietnam: "2026-11-23 07:00". */
export const writeTime = (at: number): string =>
  new Date(at + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** The same to the millisecond, for programs: "2026-11-23T07:00:00.000+07:00". */
export const writeInstant = (at: number): string =>
  new Date(at + 7 * 3_600_000).toISOString().replace('Z', '+07:00');

/** Somebody on record, by their id in any case. */
export const readStaff = async (id: string, { database }: Pick<CliParts, 'database'>): Promise<StaffDoc> => {
  const doc = await database.collections.staff.findOne({ _id: id.toUpperCase(), active: true });
  if (doc === null)
    throw new CommandProblem(`No staff member has the id "${id}": see \`khaibao staff list\`.`);
  return doc;
};

/** Who does it: a name that can be asked later. */
export const readBy = (by: string): string => {
  const name = by.trim();
  if (name === '') throw new CommandProblem('--by needs the name of whoever decides this.');
  return name;
};
