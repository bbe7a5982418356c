import { describe, expect, test } from '@jest/globals';
import { risk as riskEn } from '../../../locales/en/risk.ts';
import { risk as riskVi } from '../../../locales/vi/risk.ts';
import { EXPOSURES, LEVELS, SYMPTOMS } from '../../../src/domain/declaration.ts';
import { assess } from '../../../src/domain/risk/assess.ts';
import { reasonKeys } from '../../../src/domain/risk/ruleset.ts';
import { ZONE_LEVELS } from '../../../src/domain/risk/zone.ts';
import { areaOf, declaredOf, shippedRules, TODAY, zone } from './facts.ts';

const rules = shippedRules();
const BORN = ['2024', '1990', '1950'];
const ZONES = [[], ...ZONE_LEVELS.map((level) => [zone({ place: '01', level })])];

const subset = <T>(list: readonly T[], mask: number): readonly T[] =>
  list.filter((_, bit) => mask & (1 << bit));

/** Levels of every combination, and the reasons that were told. */
const judgeAll = () => {
  const told = new Set<string>();
  const faults: string[] = [];
  const symptomSets = Array.from({ length: 1 << SYMPTOMS.length }, (_, mask) => subset(SYMPTOMS, mask));
  const exposureSets = Array.from({ length: 1 << EXPOSURES.length }, (_, mask) => subset(EXPOSURES, mask));
  const levels = BORN.map((born) =>
    ZONES.map((zones) =>
      exposureSets.map((exposures) =>
        symptomSets.map((symptoms) => {
          const declared = declaredOf({ born, symptoms, exposures });
          const { level, reasons } = assess(rules, zones, { declared, today: TODAY, areaOf });
          for (const { key } of reasons) told.add(key);
          if ((level === 'low') !== (reasons.length === 0)) faults.push(JSON.stringify({ level, reasons }));
          return LEVELS.indexOf(level);
        }),
      ),
    ),
  );
  return { levels, told, faults };
};

const { levels, told, faults } = judgeAll();
const at = (born: number, zones: number, exposures: number, symptoms: number): number =>
  levels[born]?.[zones]?.[exposures]?.[symptoms] ?? Number.NaN;

/** Every pair in which the second has one thing more; the ones where the level falls. */
const falls = (): readonly string[] => {
  const found: string[] = [];
  let looked = 0;
  const pair = (less: readonly number[], more: readonly number[]): void => {
    looked += 1;
    const [a, b] = [less, more].map(([p, z, e, s]) => at(p ?? 0, z ?? 0, e ?? 0, s ?? 0));
    if (!((b ?? -1) >= (a ?? 9))) found.push(`${less} → ${more}`);
  };
  for (let p = 0; p < BORN.length; p += 1)
    for (let z = 0; z < ZONES.length; z += 1)
      for (let e = 0; e < 1 << EXPOSURES.length; e += 1)
        for (let s = 0; s < 1 << SYMPTOMS.length; s += 1) {
          if (z + 1 < ZONES.length) pair([p, z, e, s], [p, z + 1, e, s]);
          for (let bit = 0; bit < EXPOSURES.length; bit += 1)
            if (!(e & (1 << bit))) pair([p, z, e, s], [p, z, e | (1 << bit), s]);
          for (let bit = 0; bit < SYMPTOMS.length; bit += 1)
            if (!(s & (1 << bit))) pair([p, z, e, s], [p, z, e, s | (1 << bit)]);
        }
  expect(looked).toBe(3 * (3 * 32 * 512 + 4 * (5 * 16 * 512 + 9 * 256 * 32)));
  return found;
};

describe('every combination of 9 symptoms, 5 exposures, 4 zone levels and 3 ages', () => {
  test('has a level', () => {
    const flat = levels.flat(3);
    expect(flat).toHaveLength(3 * 4 * 32 * 512);
    expect(flat.every((level) => level >= 0 && level < LEVELS.length)).toBe(true);
  });

  test('has reasons exactly when it is above low', () => {
    expect(faults).toEqual([]);
  });

  test('one more symptom, one more exposure or a graver zone never lowers the level', () => {
    expect(falls()).toEqual([]);
  });
});

describe('sentences', () => {
  const keys = reasonKeys(rules);

  test.each(keys)('%s is in both languages', (key) => {
    expect(riskVi).toHaveProperty([key]);
    expect(riskEn).toHaveProperty([key]);
  });

  test('no sentence is without a rule', () => {
    expect(Object.keys(riskVi).sort()).toEqual([...keys, 'risk.reason.own'].sort());
    expect(Object.keys(riskEn)).toEqual(Object.keys(riskVi));
  });

  test('each rule can be told: none is hidden by a graver one of its topic for ever', () => {
    const elsewhere = ['redZoneNear', 'entersRedZone'].map((name) => `risk.reason.${name}`);
    expect([...told, ...elsewhere].sort()).toEqual([...keys].sort());
  });
});
