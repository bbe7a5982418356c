import { type Facility, facilitiesOf, findFacility, type Post, postOf } from '../domain/facility.ts';
import { placeOf } from '../services/staff/record.ts';
import type { StaffDoc } from '../store/staff.ts';
import type { CliParts } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readPlace } from './read.ts';

/** Where a shift is, as typed. */
export interface PostGiven {
  readonly area?: string;
  readonly facility?: string;
}

const areaName = ({ gazetteer }: CliParts, area: string): string =>
  gazetteer.name(placeOf(area), 'vi', 'full');

export const postName = (parts: CliParts, { area, facility }: Post): string =>
  [...(facility === undefined ? [] : [facility]), areaName(parts, area)].join(', ');

const known = async ({ database }: CliParts): Promise<readonly Facility[]> => {
  const having = { active: true, facility: { $exists: true } };
  return facilitiesOf(await database.collections.staff.find(having).sort({ area: 1, facility: 1 }).toArray());
};

const unknown = (parts: CliParts, name: string, all: readonly Facility[]): CommandProblem => {
  const list = all.map((one) => postName(parts, one)).join('; ');
  const hint =
    all.length === 0 ? 'none is known yet, see `khaibao staff add --facility`' : `known are ${list}`;
  return new CommandProblem(`No facility is called "${name}": ${hint}.`);
};

/**
 * Where a shift is: for a facility that stands with the staff, for an area, or where whoever it is for belongs.
 * @throws CommandProblem that names the facilities there are
 */
export const readPost = async (
  parts: CliParts,
  doc: StaffDoc,
  { area, facility }: PostGiven,
): Promise<Post> => {
  const given = area === undefined ? undefined : readPlace(area, parts).path;
  if (facility === undefined) return given === undefined ? postOf(doc) : { area: given };
  const all = await known(parts);
  const found = findFacility(all, facility, { given, own: doc.area });
  if (found.is === 'one') return found.facility;
  if (found.is === 'unknown') throw unknown(parts, facility, all);
  const areas = found.all.map((one) => `${areaName(parts, one.area)} (${placeOf(one.area)})`).join(', ');
  throw new CommandProblem(`"${facility}" is in ${areas}: say where with --area.`);
};
