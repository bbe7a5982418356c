import type { CrashPoint } from '../../../src/store/crash-point.ts';
import { AT_RANDOM } from './lives.ts';
import type { Tally } from './tally.ts';

/** Counts how often processes died, and stopped, at each of their crash points. */
export const countPoints = (all: readonly CrashPoint[], tally: Tally, stopping = all) => {
  const none = (some: readonly CrashPoint[]) => new Map<string, number>(some.map((point) => [point, 0]));
  const [points, stops] = [none(all), none(stopping)];
  const count = (counts: Map<string, number>, name: string): void =>
    void counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    points: points as ReadonlyMap<string, number>,
    stops: stops as ReadonlyMap<string, number>,
    onCrash: (name: string): void => {
      if (name === AT_RANDOM) tally.add('killed at random');
      else count(points, name);
    },
    onStop: (name: string): void => count(stops, name),
  };
};
