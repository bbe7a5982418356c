/**
 * A tick is short: agenda takes one that holds its lock for longer for dead. What is left is the next minute's
 * (ms of the monotonic clock).
 */
const BUDGET = 3_000;

/** Does something for each of the keys once, until the time of one tick is used up. Returns how often it did. */
export const inTurn = async (
  keys: AsyncIterable<string>,
  act: (key: string) => Promise<boolean>,
): Promise<number> => {
  const until = performance.now() + BUDGET;
  const seen = new Set<string>();
  let done = 0;
  for await (const key of keys) {
    if (performance.now() > until) break;
    if (seen.has(key)) continue;
    seen.add(key);
    if (await act(key)) done += 1;
  }
  return done;
};
