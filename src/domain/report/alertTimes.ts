import { type AlertEntry, type AlertState, stateAfter } from '../alertState.ts';

type Entry = Pick<AlertEntry, 'what' | 'at'>;

const MINUTE = 60_000;

/** What state an alert was in at an instant (ms since 1970), by its history. */
export const stateAt = (history: readonly Entry[], until: number): AlertState =>
  history
    .filter(({ at }) => at < until)
    .reduce<AlertState>((state, { what }) => stateAfter(state, what), 'open');

/** How long nobody had it, each time, in whole minutes; a time that goes on is counted up to the instant. */
export const waitsUntil = (history: readonly Entry[], until: number): readonly number[] => {
  const waits: number[] = [];
  let since: number | undefined;
  let state: AlertState = 'open';
  const end = (at: number): void => {
    if (since !== undefined) waits.push(Math.max(0, Math.floor((at - since) / MINUTE)));
    since = undefined;
  };
  for (const { what, at } of history.filter((one) => one.at < until)) {
    state = stateAfter(state, what);
    if (state === 'open') since ??= at;
    else end(at);
  }
  end(until);
  return waits;
};
