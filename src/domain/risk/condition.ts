import type { Exposure, Reason, Symptom } from '../declaration.ts';
import type { Condition } from './ruleset.ts';
import { type Nearness, type PlacePart, ZONE_LEVELS, type ZoneLevel } from './zone.ts';

/** A zone that somebody was in, or will be. */
export interface Touched {
  readonly place: string;
  readonly level: ZoneLevel;
  readonly part: PlacePart;
  readonly nearness: Nearness;
}

/** All that conditions look at. */
export interface Findings {
  readonly symptoms: readonly Symptom[];
  readonly exposures: readonly Exposure[];
  /** Full years. */
  readonly age: number;
  /** The gravest zones first. */
  readonly touched: readonly Touched[];
}

/** What a condition that holds has to say: how many symptoms, which zone, what age. Null when it does not hold. */
export type Told = Reason['values'] & {};

type Of<C extends string> = Extract<Condition, { readonly [K in C]: unknown }>;

const grave = (level: ZoneLevel): number => ZONE_LEVELS.indexOf(level);

const counted = <T>(found: readonly T[], { atLeast, of }: { atLeast: number; of?: readonly T[] }) => {
  const count = of === undefined ? found.length : found.filter((one) => of.includes(one)).length;
  return count >= atLeast ? count : null;
};

const zone = ({ zone: asked }: Of<'zone'>, { touched }: Findings): Told | null => {
  const hit = touched.find(
    ({ level, part, nearness }) =>
      grave(level) >= grave(asked.atLeast) &&
      asked.in.includes(part) &&
      (nearness === 'inside' || asked.near === true),
  );
  return hit === undefined ? null : { place: hit.place };
};

const all = (conditions: readonly Condition[], findings: Findings): Told | null => {
  const told = conditions.map((one) => holds(one, findings));
  return told.some((one) => one === null) ? null : Object.assign({}, ...told);
};

const any = (conditions: readonly Condition[], findings: Findings): Told | null => {
  const told = conditions.map((one) => holds(one, findings)).filter((one) => one !== null);
  return told.length === 0 ? null : Object.assign({}, ...told);
};

/** Whether a condition holds, and what it has to say. */
export const holds = (condition: Condition, findings: Findings): Told | null => {
  if ('symptoms' in condition) {
    const count = counted(findings.symptoms, condition.symptoms);
    return count === null ? null : { count };
  }
  if ('exposures' in condition) return counted(findings.exposures, condition.exposures) === null ? null : {};
  if ('zone' in condition) return zone(condition, findings);
  if ('all' in condition) return all(condition.all, findings);
  if ('any' in condition) return any(condition.any, findings);
  const { from = 0, under = Number.POSITIVE_INFINITY } = condition.age;
  return findings.age >= from && findings.age < under ? { age: findings.age } : null;
};
