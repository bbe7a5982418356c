import type { PlaceAnswer } from './placeAnswer.ts';

/** A person as declared. National identity number: 12 digits (9 on cards before 2016). */
export interface Person {
  readonly name: string;
  /** 'YYYY' or 'YYYY-MM-DD'. */
  readonly born: string;
  readonly sex: Sex;
  readonly id?: IdDocument;
  /** Asked of holders of a passport only. */
  readonly nationality?: string;
  /** E.164. Absent for a companion without a phone: the declaring person's number counts. */
  readonly phone?: string;
  readonly home: PlaceAnswer;
}

export const SEXES = ['male', 'female', 'other'] as const;
export type Sex = (typeof SEXES)[number];

export interface IdDocument {
  readonly kind: 'national' | 'passport';
  readonly number: string;
}

/** Means of travel, in the order they are offered. */
export const MEANS = ['coach', 'car', 'motorbike', 'lorry', 'foot', 'aircraft', 'train'] as const;
/** `none`: somebody at home who does not travel. */
export type Means = (typeof MEANS)[number] | 'none';

/** One journey: where from, where to, by what, on which day ('YYYY-MM-DD'). */
export interface Trip {
  readonly from: PlaceAnswer;
  readonly to: PlaceAnswer;
  readonly means: Means;
  /** Number plate, flight or train number. */
  readonly vehicle?: string;
  readonly seat?: string;
  readonly day: string;
}

/** Symptoms of the last 14 days: the union of the ministry's two forms (peers.md 5.1, 5.2). */
export const SYMPTOMS = [
  'fever',
  'cough',
  'breath',
  'soreThroat',
  'fatigue',
  'diarrhoea',
  'vomiting',
  'rash',
  'bleeding',
] as const;
export type Symptom = (typeof SYMPTOMS)[number];

/** Contacts of the last 14 days (peers.md 5.1, 5.2). `workPatients` is not asked of children. */
export const EXPOSURES = ['patient', 'sickPerson', 'abroad', 'animals', 'workPatients'] as const;
export type Exposure = (typeof EXPOSURES)[number];

export interface Health {
  readonly symptoms: readonly Symptom[];
  readonly exposures: readonly Exposure[];
  /** Other places of the last 14 days. */
  readonly places: readonly PlaceAnswer[];
}

/** What a declaration says, before it is judged. */
export interface Declared {
  readonly person: Person;
  readonly trip: Trip;
  readonly stay: PlaceAnswer;
  readonly health: Health;
}

/** From low to critical; the order is the order of urgency. */
export const LEVELS = ['low', 'moderate', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

export const levelAtLeast = (level: Level, floor: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(floor);

/** The judgement: level, reasons as catalogue keys with values, and the version of the rules that gave it. */
export interface Risk {
  readonly level: Level;
  readonly reasons: readonly Reason[];
  readonly rules: string;
}

export interface Reason {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** 'YYYY-MM-DD': what is said now does not give it alone, but what was declared that day counts still. */
  readonly said?: string;
}

/**
 * A proof of declaration is good for so long after the journey, or after the day of declaring where the journey lies behind;
 * then the person declares again.
 */
export const VALID_DAYS = 3;

/** Whom a declaration is for: oneself, or somebody who travels along. */
export type Whom = 'me' | 'other';

/**
 * Days until a declaration and all that hangs on it is deleted. The consent sentence promises this number;
 * 90 days cover the longest follow-up of the diseases in `data/risk` and the reports over it.
 */
export const RETENTION_DAYS = 90;
