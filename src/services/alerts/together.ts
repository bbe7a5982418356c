import type { Effect } from '../../store/effect.ts';
import type { WriteEffects } from './office.ts';

/** Alerts whose messages are written together, so that whoever gets several gets one. */
const AT_ONCE = 50;

/** What changes of an alert, and what is said of it, if anything is. */
export interface PlannedChange<Repeat> {
  readonly change: Effect;
  readonly repeat?: Repeat;
}

/** Writes what is planned for some alerts; where somebody was quicker with one of them, each by itself. Returns how many were told of. */
export const writeTogether = async <Repeat>(
  write: WriteEffects,
  all: readonly PlannedChange<Repeat>[],
  messages: (repeats: readonly Repeat[]) => readonly Effect[],
): Promise<number> => {
  const repeatsOf = (some: typeof all) =>
    some.flatMap(({ repeat }) => (repeat === undefined ? [] : [repeat]));
  const effectsOf = (some: typeof all) => [...some.map(({ change }) => change), ...messages(repeatsOf(some))];
  if (all.length === 0) return 0;
  if (await write(effectsOf(all))) return repeatsOf(all).length;
  let done = 0;
  for (const one of all) if (await write(effectsOf([one]))) done += repeatsOf([one]).length;
  return done;
};

/** Does them a part at a time; returns the sum. */
export const inParts = async <Doc>(
  docs: readonly Doc[],
  some: (part: readonly Doc[]) => Promise<number>,
): Promise<number> => {
  let sum = 0;
  for (let from = 0; from < docs.length; from += AT_ONCE) sum += await some(docs.slice(from, from + AT_ONCE));
  return sum;
};
