import type { AlertEntry, AlertState } from '../alert.ts';
import { progressOf } from '../alertHeld.ts';

type Entry = Pick<AlertEntry, 'what' | 'at'>;

const MINUTE = 60_000;

/** What an entry of an alert's history makes of its state; the others leave it as it is. */
const STATES: Partial<Record<AlertEntry['what'], AlertState>> = {
  opened: 'open',
  released: 'open',
  claimed: 'claimed',
  reopened: 'claimed',
  closed: 'closed',
};

/** What state an alert was in at an instant (ms since 1970), by its history. */
export const stateAt = (history: readonly Entry[], until: number): AlertState => {
  const last = history.findLast(({ what, at }) => at < until && STATES[what] !== undefined);
  return (last && STATES[last.what]) ?? 'open';
};

/** Whether it was in hand at an instant and its owner had called, with nothing graver since (ms since 1970). */
export const calledAt = (history: readonly Entry[], until: number): boolean =>
  stateAt(history, until) === 'claimed' && progressOf(history.filter(({ at }) => at < until)).called;

/** How long nobody had it, each time, in whole minutes; a time that goes on is counted up to the instant. */
export const waitsUntil = (history: readonly Entry[], until: number): readonly number[] => {
  const waits: number[] = [];
  let since: number | undefined;
  const end = (at: number): void => {
    if (since !== undefined) waits.push(Math.max(0, Math.floor((at - since) / MINUTE)));
    since = undefined;
  };
  for (const { what, at } of history) {
    const state = at < until ? STATES[what] : undefined;
    if (state === 'open') since ??= at;
    else if (state !== undefined) end(at);
  }
  end(until);
  return waits;
};
