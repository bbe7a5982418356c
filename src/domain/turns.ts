const MINUTE_MS = 60_000;

/** When a clock strikes: minutes after it began, each later than the one before; after the last every so many. */
export interface Turns {
  readonly at: readonly [number, ...number[]];
  readonly again: number;
}

const instants = ({ at }: Turns, from: number): readonly number[] =>
  at.map((minutes) => from + minutes * MINUTE_MS);

/** How many turns that are not repeats lie at or before now. @param from ms since 1970 at which it began */
export const turnsBy = (turns: Turns, from: number, now: number): number =>
  instants(turns, from).filter((at) => at <= now).length;

/** The first turn after now, whatever was missed in between; ms since 1970. */
export const turnAfter = (turns: Turns, from: number, now: number): number => {
  const all = instants(turns, from);
  const turn = all.find((at) => at > now);
  if (turn !== undefined) return turn;
  const [top, again] = [all.at(-1) ?? from, turns.again * MINUTE_MS];
  return top + (Math.floor((now - top) / again) + 1) * again;
};

/** The newest turn at or before now; none before the first. */
export const lastTurn = (turns: Turns, from: number, now: number): number | undefined => {
  const past = instants(turns, from).filter((at) => at <= now);
  if (past.length < turns.at.length) return past.at(-1);
  return turnAfter(turns, from, now) - turns.again * MINUTE_MS;
};
