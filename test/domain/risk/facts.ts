import { readFileSync } from 'node:fs';
import type { Declared, Exposure, Symptom } from '../../../src/domain/declaration.ts';
import { parseRuleSet, type RuleSet } from '../../../src/domain/risk/ruleset.ts';
import type { Zone } from '../../../src/domain/risk/zone.ts';

export const TODAY = '2026-11-23';

export const shippedRules = (): RuleSet =>
  parseRuleSet(JSON.parse(readFileSync('data/risk/rules.json', 'utf8')));

/** Communes are known here by their province: '12/03595' from '03595'. */
const PROVINCES: Readonly<Record<string, string>> = {
  '03595': '12',
  '03388': '12',
  '03390': '12',
  '03478': '12',
  '03637': '12',
  '00070': '01',
};
export const areaOf = (code: string): string =>
  PROVINCES[code] === undefined ? code : `${PROVINCES[code]}/${code}`;

export interface Case {
  readonly symptoms?: readonly Symptom[];
  readonly exposures?: readonly Exposure[];
  readonly born?: string;
  readonly home?: string;
  readonly from?: string;
  readonly to?: string;
  readonly stay?: string;
  readonly places?: readonly string[];
  readonly day?: string;
}

const place = (code: string) => ({ code, said: '' });

/** A made-up declaration: by coach from Hà Nội to Than Uyên. */
export const declaredOf = (given: Case): Declared => ({
  person: {
    name: 'Nguyễn Văn An',
    born: given.born ?? '1990',
    sex: 'male',
    phone: '+84912345678',
    home: place(given.home ?? '03595'),
  },
  trip: {
    from: place(given.from ?? '01'),
    to: place(given.to ?? '03595'),
    means: 'coach',
    vehicle: '29B-123.45',
    day: given.day ?? TODAY,
  },
  stay: place(given.stay ?? '03595'),
  health: {
    symptoms: given.symptoms ?? [],
    exposures: given.exposures ?? [],
    places: (given.places ?? []).map(place),
  },
});

export const zone = (given: Partial<Zone> & { readonly place: string }): Zone => ({
  id: 'z1',
  area: areaOf(given.place),
  level: 'red',
  from: '2026-11-01',
  ...given,
});
