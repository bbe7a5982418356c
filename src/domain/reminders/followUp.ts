import { addDays, DAY_MS, dayOf, startOfDay } from '../day.ts';
import type { Symptom } from '../declaration.ts';
import { ok, type Parsed, problem } from '../parsed.ts';
import { nextOpen } from '../quietHours.ts';

/** How people under monitoring are asked; the province may change it with the rules. */
export interface FollowUpRule {
  readonly days: number;
  /** Hours of the day in Vietnam, the first one first. */
  readonly hours: readonly number[];
  /** °C from which on a temperature is an alert. */
  readonly fever: number;
  /** Days without any answer after which somebody must look. */
  readonly missedDays: number;
}

/** For rules that say nothing of it: 14 days, morning and evening, 38.0 °C (Công văn 11042/BYT-DP, 29 Dec 2021: watched at home). */
export const USUAL_FOLLOW_UP: FollowUpRule = { days: 14, hours: [8, 18], fever: 38, missedDays: 2 };

const HOUR_MS = 3_600_000;

/** The first time after an instant at which people are asked; ms since 1970. */
export const nextRound = ({ hours }: FollowUpRule, after: number): number => {
  const today = dayOf(after);
  const rounds = [today, addDays(today, 1)].flatMap((day) =>
    hours.map((hour) => startOfDay(day) + hour * HOUR_MS),
  );
  return rounds.find((at) => at > after) ?? after + DAY_MS;
};

/**
 * Until when the question of the round that runs is of use: to the next round, or the end of its day, whichever is
 * first. Null: people may not be written to before that, or its day is over; they are asked in the next round.
 */
export const roundEnd = ({ hours }: FollowUpRule, now: number): number | null => {
  const midnight = startOfDay(dayOf(now));
  const rounds = hours.map((hour) => midnight + hour * HOUR_MS);
  if (!rounds.some((at) => at <= now)) return null;
  const end = rounds.find((at) => at > now) ?? midnight + DAY_MS;
  return nextOpen(now) < end ? end : null;
};

/**
 * Without an answer for so long that somebody must look. Only rounds count in which they were asked: a silence of ours
 * is none of theirs.
 * @param last when they answered last, or were first to be asked; ms since 1970
 * @param asked rounds since then in which they were asked
 */
export const isMissing = (
  { hours, missedDays }: FollowUpRule,
  last: number,
  asked: number,
  now: number,
): boolean => asked >= missedDays * hours.length && now - last >= missedDays * DAY_MS;

/** A thermometer's number ('38.2'), or what a button says. */
export type Temperature = string;

/** °C from which on a temperature is no longer usual; below a fever there is a button of its own for it. */
const RAISED = 37.5;

/** A button for the temperature, and the °C that stand on it. */
export interface TemperatureButton {
  readonly id: 'under' | 'mild' | 'fever' | 'unknown';
  readonly degrees: { readonly [name: string]: number };
}

/** What may be pressed instead of typing a number, by what counts as a fever. */
export const temperatureButtons = ({ fever }: Pick<FollowUpRule, 'fever'>): readonly TemperatureButton[] => [
  { id: 'under', degrees: { degrees: Math.min(RAISED, fever) } },
  ...(fever > RAISED ? [{ id: 'mild', degrees: { from: RAISED, to: fever - 0.1 } } as const] : []),
  { id: 'fever', degrees: { degrees: fever } },
  { id: 'unknown', degrees: {} },
];

/** °C that a living person may have; beyond them somebody mistyped. */
const [COLDEST, HOTTEST] = [34, 43];

/** "38,2", "38.2 độ", "38 độ 2", "38": °C with one decimal. */
export const parseTemperature = (raw: string): Parsed<Temperature> => {
  const match = /^\D*(\d{2})(?:(?:[.,]|\s*(?:độ|do|°c?)\s*)(\d)\d?)?\s*(?:độ|do|°\s*c?|c)?\D*$/i.exec(
    raw.normalize('NFC').trim(),
  );
  const value = match === null ? Number.NaN : Number(`${match[1]}.${match[2] ?? 0}`);
  return value >= COLDEST && value <= HOTTEST ? ok(value.toFixed(1)) : problem('problem.temperature');
};

export interface HealthAnswer {
  readonly how: 'well' | 'unwell';
  readonly temperature: Temperature;
  readonly symptoms: readonly Symptom[];
}

export const isFever = ({ fever }: FollowUpRule, temperature: Temperature): boolean =>
  temperature === 'fever' || Number(temperature) >= fever;

/** Whether the duty staff must hear of an answer. */
export const isBad = (rule: FollowUpRule, { how, temperature, symptoms }: HealthAnswer): boolean =>
  how === 'unwell' || symptoms.length > 0 || isFever(rule, temperature);
