import type { Alert } from './alert.ts';
import { type AlertEntry, type AlertState, inHand } from './alertState.ts';
import { ableOf, ladder, leadersOf, type Member } from './roster.ts';
import { lastTurn, type Turns, turnAfter, turnsBy } from './turns.ts';

/** Minutes without progress after which somebody hears of an alert that has an owner. */
export interface HeldTurns {
  /** The owner is reminded. */
  readonly owner: number;
  /** The leader of the facility, or of the area, hears that it stands still, and may take it over or send it out again. */
  readonly leader: number;
  /** So does the province. */
  readonly province: number;
  /** And from then on all of them every so many minutes. */
  readonly again: number;
}

/** For one level: while it is claimed but nobody has called, and from the call on until it is closed. */
export interface HeldClock {
  readonly claimed: HeldTurns;
  readonly called: HeldTurns;
}

/** For rules that say nothing of it. Our own numbers, to be confirmed by the CDC. */
export const USUAL_HELD: HeldClock = {
  claimed: { owner: 15, leader: 30, province: 45, again: 30 },
  called: { owner: 240, leader: 360, province: 480, again: 120 },
};

/** An alert stands still: how far up that was told, when last (ms since 1970), and to whom but its owner. */
export interface Stalled {
  readonly rung: number;
  readonly at: number;
  readonly told: readonly string[];
  /** Nobody of those who were told last was reached: it goes up at once. */
  readonly lost: boolean;
}

/** What of an alert its owner's clock goes by. */
export interface Held {
  readonly state: AlertState;
  readonly area: string;
  readonly owner: string | undefined;
  /** The oldest first. */
  readonly history: readonly Pick<AlertEntry, 'what' | 'at'>[];
  readonly stalled: Stalled | undefined;
}

export type HeldTurn =
  /** Nobody has it, or it is over: another clock, or none. */
  | { readonly is: 'silent' }
  | { readonly is: 'wait'; readonly due: number }
  | { readonly is: 'tell'; readonly rung: number; readonly members: readonly Member[]; readonly due: number };

/** The highest rung: the province. */
const TOP = 3;

/** Goes up before its turn; at the top nobody is left to go to, and everybody is tried again at each turn. */
export const hurries = (stalled: Stalled | undefined): boolean =>
  stalled?.lost === true && stalled.rung < TOP;

const isProgress = ({ what }: Pick<AlertEntry, 'what'>): boolean =>
  what === 'claimed' || what === 'called' || what === 'reopened';

/**
 * What its owner did last and when. After a call, news that are graver ask for another one: they count as if it were
 * claimed then. Before a call they are no progress, or whoever declares again would put the clock back.
 */
export const progressOf = (history: Held['history']): { readonly called: boolean; readonly from: number } => {
  const at = history.findLastIndex(isProgress);
  const last = history[Math.max(0, at)];
  const raised = history.slice(at + 1).find(({ what }) => what === 'raised');
  if (last?.what === 'called' && raised !== undefined) return { called: false, from: raised.at };
  return { called: last?.what === 'called', from: last?.at ?? 0 };
};

const turnsOf = ({ owner, leader, province, again }: HeldTurns): Turns => ({
  at: [owner, leader, province],
  again,
});

/**
 * Who hears of it on each rung: nobody, its owner, the leader, the province. Where the leader of the facility has it
 * themself, that of the place.
 */
const rungsOf = ({ owner, area }: Held, roster: readonly Member[]): readonly (readonly Member[])[] => {
  const owners = roster.filter(({ id }) => id === owner);
  const [, , leaders = [], top = []] = ladder(roster, area, owners);
  const others = (members: readonly Member[]) => members.filter(({ id }) => id !== owner);
  const near = others(leaders);
  const above = near.length > 0 ? near : others(leadersOf(roster, area));
  return [[], ableOf(owners), above, others(top)];
};

/**
 * Who hears now that an alert lies with its owner. A rung with nobody on it is not waited for; a turn that was missed
 * is made up once.
 */
export const nextHeld = (held: Held, roster: readonly Member[], now: number, clock: HeldClock): HeldTurn => {
  if (!inHand(held.state)) return { is: 'silent' };
  const { called, from } = progressOf(held.history);
  const turns = turnsOf(called ? clock.called : clock.claimed);
  const due = turnAfter(turns, from, now);
  const { rung: before = 0, at = 0 } = held.stalled ?? {};
  const climbs = hurries(held.stalled);
  if (!climbs && (lastTurn(turns, from, now) ?? 0) <= at) return { is: 'wait', due };
  const rungs = rungsOf(held, roster);
  let rung = Math.max(turnsBy(turns, from, now), climbs ? before + 1 : before);
  while (rung < TOP && rungs[rung]?.length === 0) rung += 1;
  const members = [...new Set(rungs.slice(0, rung + 1).flat())];
  return { is: 'tell', rung, members, due };
};

/** Who may send an alert out again that somebody has: its owner, and whoever was told that it stands still. */
export const mayRelease = ({ state, owner, told = [] }: Alert, by: string): boolean =>
  inHand(state) && (owner === by || told.includes(by));

/** Who may take it over: only who was told. Once its owner has done something, nobody. */
export const mayStepIn = ({ state, owner, told = [] }: Alert, by: string): boolean =>
  inHand(state) && owner !== by && told.includes(by);
