/** A time (ms since 1970) in which this process had no turn: what came meanwhile is written down at once, after it. */
export interface Standstill {
  readonly from: number;
  readonly to: number;
}

/** How often it is looked whether there was one, and how much later than that a look may be (ms). */
const LOOK_EVERY = 20;
const LATE = 80;

/** Notes, until it is ended, when the machine had others to serve. */
export const watchStandstills = () => {
  const seen: Standstill[] = [];
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > LOOK_EVERY + LATE) seen.push({ from: last, to: now });
    last = now;
  }, LOOK_EVERY);
  return { seen, end: () => clearInterval(timer) };
};

/** Ms of standstill that ended between these times. */
export const stoodIn = (standstills: readonly Standstill[], from: number, to: number): number =>
  standstills
    .filter((each) => each.to > from && each.to <= to)
    .reduce((all, each) => all + each.to - each.from, 0);
