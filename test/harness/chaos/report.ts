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
  readonly stops?: ReadonlyMap<string, number>;
  readonly tally: Tally;
}

/** A run that is long enough has tried everything, or it does not count. */
const untried = ({ kills, points, stops = new Map(), tally }: Tried): readonly string[] => {
  if (kills < LONG_ENOUGH) return [];
  const never = (what: string, reached: ReadonlyMap<string, number>) =>
    [...reached].filter(([, times]) => times === 0).map(([point]) => `${what} ${point}`);
  return [...never('a crash', points), ...never('a stop', stops), ...tally.untried];
};

/** Says what was found wrong and what was never tried. Returns how much that is. */
export const sayWrong = (sentences: readonly string[], outcome: Tried): number => {
  const wrong = [...sentences, ...untried(outcome).map((what) => `never tried: ${what}`)];
  for (const sentence of wrong.slice(0, MOST_TOLD)) say(`  ${sentence}`);
  if (wrong.length > MOST_TOLD) say(`  and ${wrong.length - MOST_TOLD} more`);
  return wrong.length;
};

export const sayPoints = ({ points, stops }: Tried): void => {
  const told = (reached: ReadonlyMap<string, number>) =>
    [...reached].map(([point, times]) => `${point} ${times}`).join(', ');
  say(`crash points: ${told(points)}`);
  if (stops !== undefined) say(`stopped at points: ${told(stops)}`);
};
