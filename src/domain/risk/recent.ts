import type { Declared, Health, Reason, Risk } from '../declaration.ts';

/** What a person reported in a declaration before, and on which day ('YYYY-MM-DD'). */
export interface Reported extends Pick<Health, 'symptoms' | 'exposures'> {
  readonly day: string;
}

const union = <T>(lists: readonly (readonly T[])[]): readonly T[] => [...new Set(lists.flat())];

/** A declaration with what was reported before added to what is said now: for judging, not for keeping. */
export const withRecent = (declared: Declared, reported: readonly Reported[]): Declared => {
  const all = [declared.health, ...reported];
  const symptoms = union(all.map((one) => one.symptoms));
  const exposures = union(all.map((one) => one.exposures));
  return { ...declared, health: { ...declared.health, symptoms, exposures } };
};

/** The day something was reported last that is not said now. */
const dayAdded = ({ health }: Declared, reported: readonly Reported[]): string | undefined =>
  reported
    .filter(
      ({ symptoms, exposures }) =>
        symptoms.some((one) => !health.symptoms.includes(one)) ||
        exposures.some((one) => !health.exposures.includes(one)),
    )
    .map(({ day }) => day)
    .sort()
    .at(-1);

const same = (a: Reason, b: Reason): boolean =>
  a.key === b.key && JSON.stringify(a.values) === JSON.stringify(b.values);

/**
 * Judges what is said now with what was reported before. A reason that what is said now would not give alone bears
 * the day it was reported: whoever says "healthy" must see why the answer is not.
 */
export const judgeWithRecent = (
  assess: (declared: Declared) => Risk,
  declared: Declared,
  reported: readonly Reported[],
): Risk => {
  const said = dayAdded(declared, reported);
  if (said === undefined) return assess(declared);
  const risk = assess(withRecent(declared, reported));
  const now = assess(declared).reasons;
  return {
    ...risk,
    reasons: risk.reasons.map((one) => (now.some((known) => same(known, one)) ? one : { ...one, said })),
  };
};
