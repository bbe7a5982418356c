import { parsePhone } from '../dialogue/parse/simple.ts';
import { parseName } from '../domain/person.ts';
import type { Place } from '../domain/place/place.ts';
import { isRole, ROLES, type Role } from '../domain/roster.ts';
import { allAtOnce, CommandProblem } from './problem.ts';
import { readPlace, type Where } from './read.ts';

/** Somebody to take on, as typed. */
export interface NewStaff {
  readonly name: string;
  readonly role: string;
  readonly area: string;
  readonly facility?: string;
  readonly phone?: string;
}

const readName = (name: string): string => {
  const named = parseName(name);
  if (!named.ok) throw new CommandProblem(`"${name}" is not a name.`);
  return named.value;
};

const readRole = (role: string): Role => {
  if (!isRole(role)) throw new CommandProblem(`"${role}" is not a role: use ${ROLES.join(', ')}.`);
  return role;
};

const readPhone = (phone: string): string => {
  const number = parsePhone(phone);
  if (number === null) throw new CommandProblem(`"${phone}" is not a phone number.`);
  return number;
};

/** As it will stand in lists and buttons; a blank one would be no facility and yet stand there as one. */
const readFacility = (facility: string): string => {
  const name = facility.trim().replace(/\s+/g, ' ');
  if (name === '') throw new CommandProblem('--facility needs a name; without it leave --facility out.');
  return name;
};

const readArea = (area: string, where: Where): Place => {
  const place = readPlace(area, where);
  if (place.level === 'country') throw new CommandProblem('An area is a province or a commune.');
  return place;
};

/** @throws CommandProblem that names everything that is wrong */
export const readNewStaff = ({ name, role, area, facility, phone }: NewStaff, where: Where) => {
  const read = {
    name: () => readName(name),
    role: () => readRole(role),
    place: () => readArea(area, where),
    facility: () => (facility === undefined ? undefined : readFacility(facility)),
    phone: () => (phone === undefined ? undefined : readPhone(phone)),
  };
  allAtOnce(...Object.values(read));
  const [number, station] = [read.phone(), read.facility()];
  return {
    name: read.name(),
    role: read.role(),
    place: read.place(),
    ...(station === undefined ? {} : { facility: station }),
    ...(number === undefined ? {} : { phone: number }),
  };
};
