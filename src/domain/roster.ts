import { type Post, sameFacility } from './facility.ts';

/** Who works for the health service, what they may do, and who is to be told of a risk in a place. */

/**
 * duty: hears of risks and calls; investigator: also works on cases; leader: sees figures and may take part;
 * admin: everything; officer: checkpoints, no alerts.
 */
export const ROLES = ['duty', 'investigator', 'leader', 'admin', 'officer'] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** Roles that may stand on duty and handle alerts. */
export const handlesAlerts = (role: Role): boolean => role !== 'officer';

/** Roles that see the figures of their area. */
export const readsReports = (role: Role): boolean => role === 'leader' || role === 'admin';

/** Roles that decide at a checkpoint who passes. */
export const checksPassages = (role: Role): boolean => role === 'officer' || role === 'admin';

/** Whether an area ('12', '12/03595') holds a place by its path; an area holds itself. */
export const covers = (area: string, place: string): boolean =>
  place === area || place.startsWith(`${area}/`);

export const provinceOf = (area: string): string => area.split('/')[0] ?? area;

/** A staff member as the roster sees them now. */
export interface Member {
  readonly id: string;
  readonly role: Role;
  readonly area: string;
  readonly facility?: string;
  /** Areas of the shifts that run now; none: off duty. */
  readonly shifts: readonly string[];
  /** The same shifts with their facilities; not given: they are for areas only. */
  readonly posts?: readonly Post[];
  /** There is a chat that messages can go to. */
  readonly reachable: boolean;
}

/** How far up the question went before somebody was found. */
export type Reach = 'commune' | 'province' | 'offShift' | 'none';

export interface Addressees {
  readonly reach: Reach;
  readonly members: readonly Member[];
}

type Fits = (member: Member) => boolean;

const STEPS: readonly (readonly [Reach, (place: string, province: string) => Fits])[] = [
  [
    'commune',
    (place, province) =>
      ({ shifts }) =>
        place !== province && shifts.includes(place),
  ],
  [
    'province',
    (_place, province) =>
      ({ shifts }) =>
        shifts.includes(province),
  ],
  [
    'offShift',
    (_place, province) =>
      ({ role, area }) =>
        role === 'duty' && provinceOf(area) === province,
  ],
];

/** Those who can be reached and may take an alert. */
export const ableOf = (members: readonly Member[]): readonly Member[] =>
  members.filter(({ role, reachable }) => reachable && handlesAlerts(role));

/** The steps on which somebody stands, the nearest first. */
const peopled = (members: readonly Member[], place: string): readonly Addressees[] => {
  const able = ableOf(members);
  const all = STEPS.map(([reach, fits]) => ({
    reach,
    members: able.filter(fits(place, provinceOf(place))),
  }));
  return all.filter((step) => step.members.length > 0);
};

/**
 * Who hears of a risk in a place: those on duty for the place itself, else those on duty for its province, else
 * every duty member of the province, shift or not. With nobody at all it stays `none`: then the alert waits,
 * visibly, for whoever comes first.
 */
export const addressees = (members: readonly Member[], place: string): Addressees =>
  peopled(members, place)[0] ?? { reach: 'none', members: [] };

/** Leaders of the place itself, else those of its province. */
export const leadersOf = (members: readonly Member[], place: string): readonly Member[] => {
  const leaders = ableOf(members).filter(({ role }) => role === 'leader');
  const near = leaders.filter(({ area }) => area === place);
  return near.length > 0 ? near : leaders.filter(({ area }) => area === provinceOf(place));
};

/** Leaders of the facilities that these members stand on duty for, unless they are among them. */
const facilityLeaders = (
  members: readonly Member[],
  place: string,
  those: readonly Member[],
): readonly Member[] => {
  const posts = those.flatMap((member) => member.posts ?? []).filter(({ area }) => covers(area, place));
  const isTheirs = ({ facility: own }: Member): boolean =>
    own !== undefined && posts.some(({ facility }) => facility !== undefined && sameFacility(facility, own));
  return ableOf(members).filter(
    (one) => one.role === 'leader' && covers(one.area, place) && isTheirs(one) && !those.includes(one),
  );
};

/**
 * Whom an alert goes to as long as nobody takes it, the nearest first: duty, next, leader, province. The leader is that of
 * the facility of who was asked first, or of who has it, where there is one; else of the place.
 */
export const ladder = (
  members: readonly Member[],
  place: string,
  by?: readonly Member[],
): readonly (readonly Member[])[] => {
  const [first, next] = peopled(members, place);
  const province = provinceOf(place);
  const top = ableOf(members).filter(
    ({ role, area, shifts }) =>
      shifts.includes(province) || (area === province && (role === 'leader' || role === 'admin')),
  );
  const near = facilityLeaders(members, place, by ?? first?.members ?? []);
  const leaders = near.length > 0 ? near : leadersOf(members, place);
  return [first?.members ?? [], next?.members ?? [], leaders, top];
};
