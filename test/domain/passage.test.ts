import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseCheckpoints } from '../../src/domain/checkpoint.ts';
import { MEANS, type Means } from '../../src/domain/declaration.ts';
import {
  DECISIONS,
  type Decision,
  fits,
  isShown,
  plateOf,
  reasonsFor,
  STANDINGS,
  type Standing,
} from '../../src/domain/passage.ts';
import { gazetteer } from '../harness/talk.ts';

describe('reasons of a decision', () => {
  const letPass = 'onPaper emergency other';
  const turned = 'notDeclared closedArea other';
  const handed = 'symptoms fromZone other';
  test.each<[Decision, Standing, string]>([
    ['passed', 'valid', ''],
    ['passed', 'ended', letPass],
    ['passed', 'withdrawn', letPass],
    ['passed', 'unknown', letPass],
    ['passed', 'none', letPass],
    ['sentBack', 'valid', 'otherPerson closedArea other'],
    ['sentBack', 'ended', 'notDeclared otherPerson closedArea other'],
    ['sentBack', 'withdrawn', turned],
    ['sentBack', 'unknown', turned],
    ['sentBack', 'none', turned],
    ['handedOver', 'valid', handed],
    ['handedOver', 'ended', handed],
    ['handedOver', 'withdrawn', handed],
    ['handedOver', 'unknown', handed],
    ['handedOver', 'none', handed],
  ])('%s, %s: %j', (decision, standing, reasons) => {
    expect(reasonsFor(decision, standing).join(' ')).toBe(reasons);
  });

  test('one must be given where there are some, and one of them; none where there are none', () => {
    for (const decision of DECISIONS)
      for (const standing of STANDINGS) {
        const reasons = reasonsFor(decision, standing);
        expect(fits(decision, standing, undefined)).toBe(reasons.length === 0);
        for (const reason of ['onPaper', 'otherPerson', 'symptoms', 'other'] as const)
          expect(fits(decision, standing, reason)).toBe(reasons.includes(reason));
      }
  });
});

test('something of the person is shown of a declaration that stands or has ended, of no other', () => {
  expect(STANDINGS.filter(isShown)).toEqual(['valid', 'ended']);
});

test('a plate is that of a vehicle on the road, never the number of a flight', () => {
  const place = { code: '12', said: '' };
  const plate = (means: Means, vehicle?: string) =>
    plateOf({
      from: place,
      to: place,
      means,
      day: '2026-11-23',
      ...(vehicle === undefined ? {} : { vehicle }),
    });
  expect(MEANS.filter((means) => plate(means, '29B-123.45') !== undefined)).toEqual([
    'coach',
    'car',
    'motorbike',
    'lorry',
  ]);
  expect(plate('coach')).toBeUndefined();
});

describe('the checkpoints of the file', () => {
  const file = JSON.parse(readFileSync('data/checkpoints/checkpoints.json', 'utf8'));

  test('stand in communes of the province as they are today, and say what the province must confirm', () => {
    for (const { commune, confirm } of parseCheckpoints(file)) {
      expect(gazetteer.children('12').map(({ code }) => code)).toContain(commune);
      expect(confirm).not.toBe('');
    }
  });

  const [first, second] = file.checkpoints;
  test.each([
    ['two of one code', [first, { ...second, code: first.code }]],
    ['two of one name', [first, { ...second, name: first.name }]],
    ['one without a commune', [{ ...first, commune: undefined }]],
    ['a code that fits no button', [{ ...first, code: 'Chốt số 1' }]],
    ['a field too many', [{ ...first, open: true }]],
  ])('%s are refused', (_what, checkpoints) => {
    expect(() => parseCheckpoints({ ...file, checkpoints })).toThrow();
  });
});
