import { describe, expect, test } from '@jest/globals';
import { USUAL_CLOCK } from '../../../src/domain/alertClock.ts';
import { USUAL_HELD } from '../../../src/domain/alertHeld.ts';
import { reasonLine } from '../../../src/domain/risk/reason.ts';
import { clockOf, heldClockOf, parseRuleSet } from '../../../src/domain/risk/ruleset.ts';
import { renderer } from '../../harness/talk.ts';
import { shippedRules } from './facts.ts';

const rules = shippedRules();
const [first] = rules.rules;
const withRule = (change: object): unknown => ({ ...rules, rules: [{ ...first, ...change }] });

describe('a rule file', () => {
  const WRONG: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', 'x', /the file/],
    ['no rules', { ...rules, rules: [] }, /^The rules cannot be used: rules:/],
    [
      'an unknown symptom',
      withRule({ when: { symptoms: { atLeast: 1, of: ['hiccups'] } } }),
      /rules\.0\.when/,
    ],
    [
      'an unknown kind of condition',
      withRule({ when: { not: { symptoms: { atLeast: 1 } } } }),
      /rules\.0\.when/,
    ],
    ['two conditions in one', withRule({ when: { age: {}, symptoms: { atLeast: 1 } } }), /rules\.0\.when/],
    ['a rule for low', withRule({ level: 'low' }), /rules\.0\.level/],
    ['a rule without a source', withRule({ source: '' }), /rules\.0\.source/],
    ['two rules of one id', { ...rules, rules: [first, first] }, /two rules have one id/],
    ['a misspelt field', { ...rules, alertForm: 'high' }, /alertForm/],
    ['a version with blanks', { ...rules, version: 'new one' }, /version: may hold letters/],
  ];
  test.each(WRONG)('%s is refused in one sentence', (_name, json, sentence) => {
    expect(() => parseRuleSet(json)).toThrow(sentence);
  });

  test('a rule with a sentence of its own is accepted', () => {
    const own = { vi: 'đã đến chợ', en: 'was at the market' };
    expect(parseRuleSet(withRule({ reason: own })).rules[0]?.reason).toEqual(own);
  });
});

describe("an alert's clock", () => {
  const quick = { next: 1, leader: 2, province: 3, again: 1, report: 15 };

  test('is what the rules say of its level, else the usual one', () => {
    const { clock, ...without } = rules;
    expect(Object.values(clock ?? {})).toEqual([USUAL_CLOCK, USUAL_CLOCK]);
    const changed = parseRuleSet({ ...without, clock: { critical: quick } });
    expect([clockOf(changed, 'critical'), clockOf(changed, 'high')]).toEqual([quick, USUAL_CLOCK]);
    expect(clockOf(parseRuleSet(without), 'critical')).toEqual(USUAL_CLOCK);
  });

  test.each([{ next: 2 }, { leader: 3 }, { again: 0 }, { report: undefined }, { more: 1 }])(
    'with %j it is refused: nobody would be asked in time',
    (change) => {
      expect(() => parseRuleSet({ ...rules, clock: { high: { ...quick, ...change } } })).toThrow(/clock/);
    },
  );
});

describe('reasonLine', () => {
  test('a place is named late', () => {
    const values = { place: '03595', count: 2 };
    expect(reasonLine({ key: 'risk.reason.redZoneSymptom', values })).toEqual({
      key: 'risk.reason.redZoneSymptom',
      values: { place: { place: '03595' }, count: 2 },
    });
    expect(reasonLine({ key: 'risk.reason.contact' })).toEqual({ key: 'risk.reason.contact' });
  });

  test('what was declared before is told with its day', () => {
    const told = reasonLine({ key: 'risk.reason.feverBreath', values: { count: 2 }, said: '2026-11-20' });
    expect(renderer.line('vi', told)).toBe('sốt kèm khó thở (gồm điều đã khai ngày 20/11/2026)');
  });
});

describe('the clock of an alert that somebody has', () => {
  const quick = { owner: 1, leader: 2, province: 3, again: 1 };

  test('is what the rules say of its level, else the usual one', () => {
    const { held, ...without } = rules;
    expect(held?.high).toEqual(USUAL_HELD);
    const given = { claimed: quick, called: quick };
    const changed = parseRuleSet({ ...without, held: { critical: given } });
    expect([heldClockOf(changed, 'critical'), heldClockOf(changed, 'high')]).toEqual([given, USUAL_HELD]);
    expect(heldClockOf(parseRuleSet(without), 'critical')).toEqual(USUAL_HELD);
  });

  test.each([{ owner: 2 }, { leader: 3 }, { again: 0 }, { province: undefined }, { more: 1 }])(
    'with %j it is refused: nobody would hear in time',
    (change) => {
      const held = { high: { claimed: quick, called: { ...quick, ...change } } };
      expect(() => parseRuleSet({ ...rules, held })).toThrow(/held/);
    },
  );
});
