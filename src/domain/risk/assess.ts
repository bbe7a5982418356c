import { ageOn } from '../day.ts';
import { type Declared, LEVELS, type Level, levelAtLeast, type Reason, type Risk } from '../declaration.ts';
import { type Findings, holds, type Told, type Touched } from './condition.ts';
import type { Rule, RuleSet } from './ruleset.ts';
import { nearness, visitsOf, ZONE_LEVELS, type Zone } from './zone.ts';

export interface Facts {
  readonly declared: Declared;
  /** 'YYYY-MM-DD' in Vietnam: the day of the declaration, or of the judgement when it is made again. */
  readonly today: string;
  /** Area path of an official code: '03595' → '12/03595'. */
  readonly areaOf: (code: string) => string;
}

interface Fired {
  readonly rule: Rule;
  readonly told: Told;
}

const gravity = (level: Level): number => LEVELS.indexOf(level);

const touchedZones = (rules: RuleSet, zones: readonly Zone[], facts: Facts): readonly Touched[] => {
  const { declared, today, areaOf } = facts;
  const visits = visitsOf(declared, today, areaOf);
  const daysOf = (zone: Zone): number =>
    rules.diseases.find(({ id }) => id === zone.disease)?.incubationDays ?? rules.windowDays;
  return zones
    .flatMap((zone) =>
      visits.flatMap((visit): readonly Touched[] => {
        const near = nearness(zone, visit, today, daysOf(zone));
        return near === null
          ? []
          : [{ place: zone.place, level: zone.level, part: visit.part, nearness: near }];
      }),
    )
    .sort((a, b) => ZONE_LEVELS.indexOf(b.level) - ZONE_LEVELS.indexOf(a.level));
};

const reasonOf = ({ rule: { reason }, told }: Fired): Reason => {
  if (typeof reason !== 'string') return { key: 'risk.reason.own', values: reason };
  const key = `risk.reason.${reason}`;
  return Object.keys(told).length === 0 ? { key } : { key, values: told };
};

/** The gravest rule of each topic, the gravest topic first; among equals the order of the file. */
const toTell = (fired: readonly Fired[]): readonly Fired[] => {
  const grave = [...fired].sort((a, b) => gravity(b.rule.level) - gravity(a.rule.level));
  return grave.filter(({ rule }, at) => grave.findIndex((other) => other.rule.topic === rule.topic) === at);
};

/** Judges a declaration: the gravest level of all rules that fire, and why. Total; never throws. */
export const assess = (rules: RuleSet, zones: readonly Zone[], facts: Facts): Risk => {
  const { health, person } = facts.declared;
  const findings: Findings = {
    symptoms: [...new Set(health.symptoms)],
    exposures: [...new Set(health.exposures)],
    age: ageOn(person.born, facts.today),
    touched: touchedZones(rules, zones, facts),
  };
  const fired = rules.rules.flatMap((rule): readonly Fired[] => {
    const told = holds(rule.when, findings);
    return told === null ? [] : [{ rule, told }];
  });
  const told = toTell(fired);
  return { level: told[0]?.rule.level ?? 'low', reasons: told.map(reasonOf), rules: rules.version };
};

/** Whether the duty staff must hear of it at once. */
export const alerting = ({ alertFrom }: RuleSet, level: Level): boolean => levelAtLeast(level, alertFrom);
