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

const readArea = (area: string, where: Where): Place => {
  const place = readPlace(area, where);
  if (place.level === 'country') throw new CommandProblem('An area is a province or a commune.');
  return place;
};

/** @throws CommandProblem that names everything that is wrong */
export const readNewStaff = ({ name, role, area, phone }: NewStaff, where: Where) => {
  const read = {
    name: () => readName(name),
    role: () => readRole(role),
    place: () => readArea(area, where),
    phone: () => (phone === undefined ? undefined : readPhone(phone)),
  };
  allAtOnce(...Object.values(read));
  const number = read.phone();
  return {
    name: read.name(),
    role: read.role(),
    place: read.place(),
    ...(number === undefined ? {} : { phone: number }),
  };
};
