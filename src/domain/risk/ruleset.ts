import { z } from 'zod';
import { type Clock, USUAL_CLOCK } from '../alertClock.ts';
import { type HeldClock, USUAL_HELD } from '../alertHeld.ts';
import { EXPOSURES, type Exposure, LEVELS, type Level, SYMPTOMS, type Symptom } from '../declaration.ts';
import { type FollowUpRule, USUAL_FOLLOW_UP } from '../reminders/followUp.ts';
import { type MovementRule, USUAL_MOVEMENT } from '../reminders/movement.ts';
import { PLACE_PARTS, type PlacePart, ZONE_LEVELS, type ZoneLevel } from './zone.ts';

/**
 * What must hold for a rule to fire. There is no "not": one more symptom, exposure or zone can only add rules,
 * so it never lowers a level.
 */
export type Condition =
  | { readonly symptoms: { readonly atLeast: number; readonly of?: readonly Symptom[] } }
  | { readonly exposures: { readonly atLeast: number; readonly of?: readonly Exposure[] } }
  | {
      readonly zone: {
        readonly atLeast: ZoneLevel;
        readonly in: readonly PlacePart[];
        /** Also where only a wider place was named: the province of a commune that is a zone. */
        readonly near?: true;
      };
    }
  /** Full years: from (included) to under (excluded). */
  | { readonly age: { readonly from?: number; readonly under?: number } }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

const count = z.int().min(1);
const id = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/, 'is not an id: letters and digits, 2 to 40');

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      symptoms: z.strictObject({ atLeast: count, of: z.array(z.enum(SYMPTOMS)).min(1).exactOptional() }),
    }),
    z.strictObject({
      exposures: z.strictObject({ atLeast: count, of: z.array(z.enum(EXPOSURES)).min(1).exactOptional() }),
    }),
    z.strictObject({
      zone: z.strictObject({
        atLeast: z.enum(ZONE_LEVELS),
        in: z.array(z.enum(PLACE_PARTS)).min(1),
        near: z.literal(true).exactOptional(),
      }),
    }),
    z.strictObject({
      age: z.strictObject({ from: z.int().exactOptional(), under: z.int().exactOptional() }),
    }),
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
  ]),
);

const sentence = z.string().min(3).max(200);

const rule = z.strictObject({
  id,
  /** Of the rules of one topic that fire, only the gravest is told. */
  topic: id,
  level: z.enum(LEVELS).exclude(['low']),
  /** The sentence's name: `risk.reason.<reason>` in the catalogues; or the sentence itself, for a rule made in a hurry. */
  reason: z.union([id, z.strictObject({ vi: sentence, en: sentence })]),
  when: condition,
  note: z.string().min(10),
  source: z.string().min(3),
});

const disease = z.strictObject({
  id,
  vi: z.string().min(2),
  en: z.string().min(2),
  /** Longest usual incubation in days. */
  incubationDays: z.int().min(1).max(90),
  source: z.string().min(3),
});

const minutes = z
  .int()
  .min(1)
  .max(24 * 60);

/** Each rung comes after the one below it. */
const clock = z
  .strictObject({ next: minutes, leader: minutes, province: minutes, again: minutes, report: minutes })
  .refine(({ next, leader, province }) => next < leader && leader < province, 'climbs in the wrong order');

const heldTurns = z
  .strictObject({ owner: minutes, leader: minutes, province: minutes, again: minutes })
  .refine(({ owner, leader, province }) => owner < leader && leader < province, 'climbs in the wrong order');

const held = z.strictObject({ claimed: heldTurns, called: heldTurns });

const days = z.int().min(1).max(30);

/** How often people are asked whether they are still where they declared to stay; in days. */
const movement = z.strictObject({
  days: z.int().min(1).max(90),
  every: z.record(z.enum(LEVELS), days),
});

/** How people under monitoring are asked: for so many days, at these hours; °C that are an alert, days without an answer. */
const followUp = z.strictObject({
  days: z.int().min(1).max(60),
  hours: z.array(z.int().min(7).max(21)).min(1).max(4),
  fever: z.number().min(37).max(40),
  missedDays: z.int().min(1).max(14),
});

const unique = (ids: readonly { readonly id: string }[]): boolean =>
  new Set(ids.map((item) => item.id)).size === ids.length;

export const ruleSet = z
  .strictObject({
    /** Stands in every judgement it gives. */
    version: z.string().regex(/^[\w.-]{1,40}$/, 'may hold letters, digits, points and hyphens'),
    note: z.string(),
    /** From this level on the duty staff are told at once. */
    alertFrom: z.enum(LEVELS),
    /** How an alert of a level climbs while nobody takes it, in minutes; `USUAL_CLOCK` where it is not said. */
    clock: z.partialRecord(z.enum(LEVELS), clock).exactOptional(),
    /** When others hear of an alert that lies with its owner, in minutes; `USUAL_HELD` where it is not said. */
    held: z.partialRecord(z.enum(LEVELS), held).exactOptional(),
    /** Questions about where people stay; `USUAL_MOVEMENT` where it is not said. */
    movement: movement.exactOptional(),
    /** Monitoring at home; `USUAL_FOLLOW_UP` where it is not said. */
    followUp: followUp.exactOptional(),
    /** Days before today in which having been in a zone matters, when the zone names no disease. */
    windowDays: z.int().min(1).max(90),
    diseases: z.array(disease).refine(unique, 'two diseases have one id'),
    rules: z.array(rule).min(1).refine(unique, 'two rules have one id'),
  })
  .readonly();

export type RuleSet = z.infer<typeof ruleSet>;
export type Rule = RuleSet['rules'][number];

/** Reads a rule file. @throws Error with one sentence that says where it is wrong */
export const parseRuleSet = (json: unknown): RuleSet => {
  const parsed = ruleSet.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `The rules cannot be used: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'wrong'}.`,
  );
};

/** The minutes of an alert's clock. */
export const clockOf = ({ clock }: RuleSet, level: Level): Clock => clock?.[level] ?? USUAL_CLOCK;

/** The minutes of the clock of an alert that somebody has. */
export const heldClockOf = ({ held }: RuleSet, level: Level): HeldClock => held?.[level] ?? USUAL_HELD;

/** How often people are asked where they are. */
export const movementOf = ({ movement }: RuleSet): MovementRule => movement ?? USUAL_MOVEMENT;

/** How people under monitoring are asked. */
export const followUpOf = ({ followUp }: RuleSet): FollowUpRule => followUp ?? USUAL_FOLLOW_UP;

/** Names of the sentences a rule set uses; rules with a sentence of their own need none. */
export const reasonKeys = ({ rules }: RuleSet): readonly string[] => [
  ...new Set(rules.flatMap(({ reason }) => (typeof reason === 'string' ? [`risk.reason.${reason}`] : []))),
];
