/**
 * What was asked is known for so long (ms), and whoever asks meanwhile, also while the answer is awaited, gets the same: for
 * figures that cost the database more the more there is to count. What failed is asked anew.
 * @param now ms of a clock that nobody sets
 */
export const remembered = <T>(
  ms: number,
  ask: () => Promise<T>,
  now: () => number = () => performance.now(),
): (() => Promise<T>) => {
  let known: { readonly until: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (known !== undefined && now() < known.until) return known.answer;
    const asked = { until: now() + ms, answer: ask() };
    known = asked;
    asked.answer.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.answer;
  };
};
