import type { AlertState } from './alertState.ts';
import { ableOf, ladder, type Member } from './roster.ts';
import { type Turns, turnAfter, turnsBy } from './turns.ts';

/** Minutes after nobody had an alert, for one level; the province may change them with the rules. */
export interface Clock {
  /** Again, and to the next on the ladder. */
  readonly next: number;
  /** To the leader of the facility, or of the area. */
  readonly leader: number;
  /** To the province. */
  readonly province: number;
  /** And from then on to everybody every so many minutes, until somebody claims it. */
  readonly again: number;
  /** The authority must have been told by then. */
  readonly report: number;
}

/** For rules that say nothing of it. The hour is that of the districts' orders (Điện Biên, peers.md 2.4 [P20]). */
export const USUAL_CLOCK: Clock = { next: 5, leader: 10, province: 15, again: 5, report: 60 };

/** What of an alert the clock goes by. */
export interface Climbing {
  readonly state: AlertState;
  readonly area: string;
  readonly asked: readonly string[];
  /** Nobody was there to be asked, or nobody of them was reached: it climbs at once. */
  readonly waiting: boolean;
  /** ms since 1970: since when nobody has it, and when it is to climb next. */
  readonly from: number;
  readonly due: number;
  /** How far up the ladder it is; 0: those on duty. */
  readonly rung: number;
}

export type Climb =
  /** Somebody has it, or it is over. */
  | { readonly is: 'silent' }
  | { readonly is: 'wait' }
  | { readonly is: 'ask'; readonly rung: number; readonly members: readonly Member[]; readonly due: number }
  /** Nobody on the whole ladder can be reached: it stays visible, and is tried again. */
  | { readonly is: 'nobody'; readonly rung: number; readonly due: number };

/** The highest rung: the province. */
const TOP = 3;

/** Each rung above the first has its turn. */
const turnsOf = ({ next, leader, province, again }: Clock): Turns => ({
  at: [next, leader, province],
  again,
});

/** The first instant after now at which it climbs, whatever was missed in between. */
export const nextDue = (clock: Clock, from: number, now: number): number =>
  turnAfter(turnsOf(clock), from, now);

/** Everybody up to a rung, and those who were asked before; each once. */
const upTo = (rungs: readonly (readonly Member[])[], rung: number, before: readonly Member[]) => [
  ...new Set([...before, ...rungs.slice(0, rung + 1).flat()]),
];

/**
 * Whom an alert that nobody has goes to now. It goes again to those who were asked, and up as many rungs as its
 * time says; a rung with nobody new on it is not waited for.
 */
export const nextClimb = (alert: Climbing, roster: readonly Member[], now: number, clock: Clock): Climb => {
  if (alert.state !== 'open') return { is: 'silent' };
  const late = now >= alert.due;
  if (!late && !alert.waiting) return { is: 'wait' };
  const rungs = ladder(roster, alert.area);
  const before = ableOf(roster).filter(({ id }) => alert.asked.includes(id));
  const isNew = ({ id }: Member): boolean => !alert.asked.includes(id);
  const due = nextDue(clock, alert.from, now);
  for (let rung = Math.max(alert.rung, turnsBy(turnsOf(clock), alert.from, now)); ; rung += 1) {
    const members = upTo(rungs, rung, before);
    const enough = late ? members.some(isNew) : members.length > 0;
    if (!enough && rung < TOP) continue;
    return members.length === 0 ? { is: 'nobody', rung: TOP, due } : { is: 'ask', rung, members, due };
  }
};
