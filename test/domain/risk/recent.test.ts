import { expect, test } from '@jest/globals';
import type { Declared } from '../../../src/domain/declaration.ts';
import { assess } from '../../../src/domain/risk/assess.ts';
import { judgeWithRecent, type Reported } from '../../../src/domain/risk/recent.ts';
import { areaOf, type Case, declaredOf, shippedRules, TODAY } from './facts.ts';

const judged = (declared: Declared) => assess(shippedRules(), [], { declared, today: TODAY, areaOf });

const on = (
  day: string,
  symptoms: Reported['symptoms'],
  exposures: Reported['exposures'] = [],
): Reported => ({
  day,
  symptoms,
  exposures,
});

test.each<[string, Case, readonly Reported[], string, string | undefined]>([
  ['nothing before', { symptoms: ['fever', 'breath'] }, [], 'high', undefined],
  ['healthy now', {}, [on('2026-11-20', ['fever', 'breath'])], 'high', '2026-11-20'],
  [
    'the same now',
    { symptoms: ['fever', 'breath'] },
    [on('2026-11-20', ['fever', 'breath'])],
    'high',
    undefined,
  ],
  ['half of it now', { symptoms: ['fever'] }, [on('2026-11-20', ['breath'])], 'high', '2026-11-20'],
  [
    'the last day of several, in any order',
    {},
    [on('2026-11-21', ['breath']), on('2026-11-22', []), on('2026-11-19', ['fever'])],
    'high',
    '2026-11-21',
  ],
  ['a contact', {}, [on('2026-11-20', [], ['patient'])], 'high', '2026-11-20'],
])('%s', (_name, now, before, level, said) => {
  const risk = judgeWithRecent(judged, declaredOf(now), before);
  expect(risk.level).toBe(level);
  expect(risk.reasons[0]?.said).toBe(said);
});
