/** What a run must have tried, or it proves nothing about it. */
export const HARDSHIPS = [
  'bursts',
  'text and button at once',
  'ticks at once',
  'same update to two processes',
  'same update again',
  'lines cut',
  'lines slowed',
  'database lines cut',
  'stopped and continued',
  'killed at random',
  'database killed',
] as const;

/** The same for what is delivered. */
export const DELIVERY_HARDSHIPS = [
  'lines cut',
  'database lines cut',
  'lines slowed',
  'lines half-open',
  'database lines half-open',
  'lines closed slowly',
  'database lines closed slowly',
  'ways down',
  'told to wait',
  'stopped and continued',
  'stopped beyond its lease',
  'killed at random',
] as const;

export type Hardship = (typeof HARDSHIPS | typeof DELIVERY_HARDSHIPS)[number];

/** How often each hardship came. */
export interface Tally {
  add(what: Hardship): void;
  readonly line: string;
  readonly untried: readonly Hardship[];
}

/** @param wanted what must be tried */
export const createTally = (wanted: readonly Hardship[] = HARDSHIPS): Tally => {
  const counts = new Map<Hardship, number>(wanted.map((what) => [what, 0]));
  return {
    add: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    get line() {
      return [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
    },
    get untried() {
      return wanted.filter((what) => counts.get(what) === 0);
    },
  };
};
