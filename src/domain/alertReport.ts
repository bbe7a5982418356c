import type { Alert } from './alert.ts';
import { type AlertEntry, type AlertState, inHand } from './alertState.ts';

const MINUTE = 60_000;

/**
 * Whoever has an alert notes that the authority was told of it, once. That holds for as long as there is the alert: whoever
 * has it next, or opens it again, has nothing to tell that was not told; what is new is an alert of its own.
 */
export const mayReport = ({ state, owner, reported }: Alert, by: string): boolean =>
  inHand(state) && owner === by && reported === undefined;

/** Whole minutes after the end (ms since 1970), a begun one counted; 0: in time. */
export const minutesLate = (reported: number, due: number): number =>
  Math.max(0, Math.ceil((reported - due) / MINUTE));

/** How long before the end its owner is reminded: time to make a call (ms). Our own number. */
export const AHEAD = 15 * MINUTE;
/** A reminder that was missed is made up for so long after the end (ms). */
export const MADE_UP = 60 * MINUTE;

type Entry = Pick<AlertEntry, 'what' | 'at'>;

/** What of an alert the reminder goes by. */
export interface Reporting {
  readonly state: AlertState;
  /** The oldest first. */
  readonly history: readonly Entry[];
  /** By when the authority must have been told (ms since 1970). */
  readonly due: number;
}

/** After each of these its owner has the card before them, and reads how long there is. */
const PRESSED: ReadonlySet<AlertEntry['what']> = new Set(['claimed', 'called', 'reopened']);

/**
 * Whether its owner is reminded now that the authority must be told: once, and nobody who has just read it. Whoever took it
 * over with a shift has read nothing, and what somebody else was told is no news to them.
 */
export const remindsOfReport = ({ state, history, due }: Reporting, now: number): boolean => {
  const from = due - AHEAD;
  const theirs = history.slice(history.findLastIndex(({ what }) => what === 'takenOver') + 1);
  const knows = ({ what, at }: Entry) => what === 'reportDue' || (PRESSED.has(what) && at >= from);
  const isNoted = history.some(({ what }) => what === 'reported');
  return inHand(state) && now >= from && now < due + MADE_UP && !isNoted && !theirs.some(knows);
};
