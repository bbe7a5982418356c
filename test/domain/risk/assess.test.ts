import { describe, expect, test } from '@jest/globals';
import type { Level } from '../../../src/domain/declaration.ts';
import { alerting, assess } from '../../../src/domain/risk/assess.ts';
import type { Zone } from '../../../src/domain/risk/zone.ts';
import { areaOf, type Case, declaredOf, shippedRules, TODAY, zone } from './facts.ts';

const rules = shippedRules();
const judge = (given: Case, zones: readonly Zone[] = []) =>
  assess(rules, zones, { declared: declaredOf(given), today: TODAY, areaOf });

type Row = readonly [Case, readonly Zone[], Level, readonly string[]];

const red = [zone({ place: '01' })];
const orange = [zone({ place: '01', level: 'orange' })];
const yellow = [zone({ place: '01', level: 'yellow' })];

const TABLE: readonly Row[] = [
  // HealthCheck's count
  [{}, [], 'low', []],
  [{ symptoms: ['cough'] }, [], 'moderate', ['symptoms']],
  [{ symptoms: ['cough', 'fatigue'] }, [], 'moderate', ['symptoms']],
  [{ symptoms: ['cough', 'fatigue'], born: '1955' }, [], 'high', ['symptomsAge']],
  [{ symptoms: ['cough', 'fatigue'], born: '1961-01-01' }, [], 'moderate', ['symptoms']],
  [{ symptoms: ['cough', 'fatigue', 'vomiting'] }, [], 'high', ['symptoms']],
  [{ exposures: ['sickPerson'] }, [], 'moderate', ['sickPerson']],
  [{ exposures: ['abroad'] }, [], 'moderate', ['abroad']],
  [{ exposures: ['animals'] }, [], 'low', []],
  [{ exposures: ['workPatients'] }, [], 'low', []],
  [{ symptoms: ['cough'], exposures: ['sickPerson'] }, [], 'moderate', ['sickPerson', 'symptoms']],
  [{ symptoms: ['cough'], exposures: ['abroad'] }, [], 'high', ['abroadSymptom', 'symptoms']],
  // signs that do not wait
  [{ symptoms: ['fever', 'breath'] }, [], 'high', ['feverBreath', 'symptoms']],
  [{ symptoms: ['fever', 'bleeding'] }, [], 'critical', ['feverBleeding', 'symptoms']],
  [{ symptoms: ['bleeding'] }, [], 'high', ['bleeding', 'symptoms']],
  [{ symptoms: ['fever', 'rash'] }, [], 'high', ['feverRash', 'symptoms']],
  [{ symptoms: ['breath'], born: '2024' }, [], 'high', ['breathAge', 'symptoms']],
  [{ symptoms: ['breath'] }, [], 'moderate', ['symptoms']],
  // contacts
  [{ exposures: ['patient'] }, [], 'high', ['contact']],
  [{ symptoms: ['fever', 'cough'], exposures: ['patient'] }, [], 'critical', ['suspectedCase', 'symptoms']],
  [{ symptoms: ['fever', 'cough'], exposures: ['animals'] }, [], 'high', ['animalsFever', 'symptoms']],
  [{ symptoms: ['fever'], exposures: ['workPatients'] }, [], 'high', ['workFever', 'symptoms']],
  // zones
  [{}, red, 'moderate', ['redZone']],
  [{}, orange, 'moderate', ['orangeZone']],
  [{}, yellow, 'low', []],
  [{ symptoms: ['cough'] }, yellow, 'moderate', ['symptoms']],
  [{ symptoms: ['cough', 'fatigue'] }, yellow, 'high', ['yellowZoneSymptoms', 'symptoms']],
  [{ symptoms: ['cough'] }, orange, 'high', ['orangeZoneSymptom', 'symptoms']],
  [{ symptoms: ['cough'] }, red, 'high', ['redZoneSymptom', 'symptoms']],
  [{ symptoms: ['fever', 'cough'] }, red, 'critical', ['redZoneRespiratory', 'symptoms']],
  [{ symptoms: ['fever', 'breath'] }, orange, 'critical', ['breathExposed', 'orangeZoneSymptom', 'symptoms']],
  // a zone is a commune, only its province was named
  [{}, [zone({ place: '00070' })], 'moderate', ['redZoneNear']],
  [{ from: '00070' }, red, 'moderate', ['redZone']],
  // a country; a place of the last 14 days; the home; going into one
  [{ from: 'CN' }, [zone({ place: 'CN' })], 'moderate', ['redZone']],
  [{ places: ['00070'] }, [zone({ place: '00070' })], 'moderate', ['redZone']],
  [{ home: '00070', from: '12' }, [zone({ place: '00070' })], 'moderate', ['redZone']],
  [{ home: '01' }, [zone({ place: '03595' })], 'moderate', ['entersRedZone']],
  // days
  [{}, [zone({ place: '01', from: '2026-11-24' })], 'low', []],
  [{}, [zone({ place: '01', to: '2026-11-08' })], 'low', []],
  [{}, [zone({ place: '01', to: '2026-11-09' })], 'moderate', ['redZone']],
  [{}, [zone({ place: '01', to: '2026-11-08', disease: 'measles' })], 'moderate', ['redZone']],
  [{}, [zone({ place: '01', to: '2026-11-09', disease: 'cholera' })], 'low', []],
  [{ day: '2026-11-10' }, [zone({ place: '01', from: '2026-11-11' })], 'low', []],
  [{ day: '2026-11-10' }, [zone({ place: '01', from: '2026-11-10' })], 'moderate', ['redZone']],
  [{ day: '2026-10-20' }, [zone({ place: '01', from: '2026-10-01' })], 'low', []],
];

describe('assess', () => {
  test.each(TABLE)('%j in %j is %s for %j', (given, zones, level, reasons) => {
    const risk = judge(given, zones);
    expect(risk.level).toBe(level);
    expect(risk.reasons.map(({ key }) => key.replace('risk.reason.', ''))).toEqual(reasons);
    expect(risk.rules).toBe(rules.version);
  });

  test('reasons carry what the sentence needs: count, age, the place of the gravest zone', () => {
    const zones = [zone({ place: '12', level: 'orange' }), zone({ place: '01' })];
    const risk = judge({ symptoms: ['cough', 'fatigue'], born: '1950' }, zones);
    expect(risk.reasons).toEqual([
      { key: 'risk.reason.redZoneSymptom', values: { place: '01', count: 2 } },
      { key: 'risk.reason.symptomsAge', values: { count: 2, age: 76 } },
    ]);
  });

  test('a sign named twice counts once', () => {
    expect(judge({ symptoms: ['cough', 'cough', 'cough'] }).level).toBe('moderate');
  });

  test('a rule made in a hurry brings its own sentence', () => {
    const own = { vi: 'đã đến chợ phiên', en: 'was at the market' };
    const hurried = {
      ...rules,
      rules: rules.rules.map((rule) => (rule.id === 'symptoms1' ? { ...rule, reason: own } : rule)),
    };
    const risk = assess(hurried, [], {
      declared: declaredOf({ symptoms: ['cough'] }),
      today: TODAY,
      areaOf,
    });
    expect(risk.reasons).toEqual([{ key: 'risk.reason.own', values: own }]);
  });

  test('alerts begin at the level the rules name', () => {
    expect(['low', 'moderate', 'high', 'critical'].map((level) => alerting(rules, level as Level))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
