import { addDays, dayOf, daysBetween, startOfDay } from '../day.ts';
import type { Level } from '../declaration.ts';

/** How often people are asked whether they are still where they declared to stay; the province may change it with the rules. */
export interface MovementRule {
  /** A declaration is asked about for so many days after it was made. */
  readonly days: number;
  /** Days between two questions, for each level of risk. */
  readonly every: Readonly<Record<Level, number>>;
}

/** For rules that say nothing of it: the 14 days the declaration's own questions speak of. */
export const USUAL_MOVEMENT: MovementRule = {
  days: 14,
  every: { low: 7, moderate: 3, high: 1, critical: 1 },
};

/** In the morning, when people are up and not yet on the road (ms after midnight in Vietnam). */
const HOUR_MS = 9 * 3_600_000;

export interface Followed {
  readonly level: Level;
  /** ms since 1970. */
  readonly declaredAt: number;
}

/** When to ask next after an instant at which the place was known; null when the days are over. All ms since 1970. */
export const nextAsk = (
  rule: MovementRule,
  { level, declaredAt }: Followed,
  after: number,
): number | null => {
  const day = addDays(dayOf(after), rule.every[level]);
  return daysBetween(dayOf(declaredAt), day) <= rule.days ? startOfDay(day) + HOUR_MS : null;
};

export interface Stayer {
  readonly name: string;
  /** Official code of where they stay. */
  readonly place: string;
  /** They are the one who is asked. */
  readonly own: boolean;
}

/** Whom one message asks about, by place: a family is asked together. */
export const byPlace = (stayers: readonly Stayer[]): readonly (readonly [string, readonly string[]])[] => {
  const names = new Map<string, string[]>();
  for (const { name, place } of stayers) names.set(place, [...(names.get(place) ?? []), name]);
  return [...names];
};
