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

/** Whether an area ('12', '12/03595') holds a place by its path; an area holds itself. */
export const covers = (area: string, place: string): boolean =>
  place === area || place.startsWith(`${area}/`);

export const provinceOf = (area: string): string => area.split('/')[0] ?? area;

/** A staff member as the roster sees them now. */
export interface Member {
  readonly id: string;
  readonly role: Role;
  readonly area: string;
  /** Areas of the shifts that run now; none: off duty. */
  readonly shifts: readonly string[];
  /** There is a chat that messages can go to. */
  readonly reachable: boolean;
}

/** How far up the question went before somebody was found. */
export type Reach = 'commune' | 'province' | 'offShift' | 'none';

export interface Addressees {
  readonly reach: Reach;
  readonly members: readonly Member[];
}

/**
 * Who hears of a risk in a place: those on duty for the place itself, else those on duty for its province, else
 * every duty member of the province, shift or not. With nobody at all it stays `none`: then the alert waits,
 * visibly, for whoever comes first.
 */
export const addressees = (members: readonly Member[], place: string): Addressees => {
  const able = members.filter(({ role, reachable }) => reachable && handlesAlerts(role));
  const province = provinceOf(place);
  const steps: readonly (readonly [Reach, (member: Member) => boolean])[] = [
    ['commune', ({ shifts }) => place !== province && shifts.includes(place)],
    ['province', ({ shifts }) => shifts.includes(province)],
    ['offShift', ({ role, area }) => role === 'duty' && provinceOf(area) === province],
  ];
  for (const [reach, fits] of steps) {
    const found = able.filter(fits);
    if (found.length > 0) return { reach, members: found };
  }
  return { reach: 'none', members: [] };
};
