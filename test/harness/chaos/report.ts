/** What both kill harnesses say at the end, and how they read their numbers. */
import { LONG_ENOUGH } from './haunt.ts';
import type { Tally } from './tally.ts';

const MOST_TOLD = 20;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whole numbers of the command line, by their names. @throws Error when one is none */
export const wholeNumbers =
  <Name extends string>(values: Readonly<Record<Name, unknown>>) =>
  (name: Name): number => {
    const given = Number(values[name]);
    if (!Number.isInteger(given) || given < 0) throw new Error(`--${name} is a whole number`);
    return given;
  };

interface Tried {
  readonly kills: number;
  readonly points: ReadonlyMap<string, number>;
  readonly tally: Tally;
}

/** A run that is long enough has tried everything, or it does not count. */
const untried = ({ kills, points, tally }: Tried): readonly string[] => {
  const unreached = [...points].filter(([, times]) => times === 0).map(([point]) => `a crash ${point}`);
  return kills < LONG_ENOUGH ? [] : [...unreached, ...tally.untried];
};

/** Says what was found wrong and what was never tried. Returns how much that is. */
export const sayWrong = (sentences: readonly string[], outcome: Tried): number => {
  const wrong = [...sentences, ...untried(outcome).map((what) => `never tried: ${what}`)];
  for (const sentence of wrong.slice(0, MOST_TOLD)) say(`  ${sentence}`);
  if (wrong.length > MOST_TOLD) say(`  and ${wrong.length - MOST_TOLD} more`);
  return wrong.length;
};

export const sayPoints = ({ points }: Tried): void =>
  say(`crash points: ${[...points].map(([point, times]) => `${point} ${times}`).join(', ')}`);
