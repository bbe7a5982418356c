import { describe, expect, test } from '@jest/globals';
import {
  type Act,
  type Alert,
  alertArea,
  areaAfter,
  decide,
  graver,
  type Handler,
  renewal,
} from '../../src/domain/alert.ts';
import { birthYear, maskName } from '../../src/domain/alertMask.ts';
import type { AlertState } from '../../src/domain/alertState.ts';
import type { Level, Reason } from '../../src/domain/declaration.ts';

const alertOf = (state: AlertState, owner?: string): Alert => ({
  id: 'al',
  rev: 3,
  level: 'high',
  area: '12/03595',
  state,
  asked: ['me', 'other', 'far'],
  ...(owner === undefined ? {} : { owner }),
});

const me: Handler = { id: 'me', role: 'duty', area: '12/03595' };
const admin: Handler = { id: 'boss', role: 'admin', area: '12' };
const far: Handler = { id: 'far', role: 'duty', area: '12/03478' };
const stranger: Handler = { id: 'x', role: 'duty', area: '12/03478' };
const officer: Handler = { id: 'me', role: 'officer', area: '12' };

/** Every state, every act, everybody: what is decided, in short. */
const short = (alert: Alert, act: Act, by: Handler): string => {
  const decision = decide(alert, act, by);
  if (decision.is === 'done') return `${decision.state} by ${decision.owner}: ${decision.entries.join(', ')}`;
  return decision.is === 'same' ? 'same' : decision.why;
};

const TABLE: readonly (readonly [AlertState, string | undefined, Act, Handler, string])[] = [
  ['open', undefined, 'claim', me, 'claimed by me: claimed'],
  ['open', undefined, 'call', me, 'called by me: claimed, called'],
  ['open', undefined, 'close', me, 'claimFirst'],
  ['open', undefined, 'close', admin, 'closed by boss: closed'],
  ['open', undefined, 'claim', far, 'claimed by far: claimed'],
  ['open', undefined, 'claim', stranger, 'notAllowed'],
  ['open', undefined, 'claim', officer, 'notAllowed'],
  ['claimed', 'me', 'claim', me, 'same'],
  ['claimed', 'me', 'call', me, 'called by me: called'],
  ['claimed', 'me', 'close', me, 'closed by me: closed'],
  ['claimed', 'other', 'claim', me, 'taken'],
  ['claimed', 'other', 'call', me, 'taken'],
  ['claimed', 'other', 'close', me, 'notYours'],
  ['claimed', 'other', 'close', admin, 'closed by other: closed'],
  ['claimed', 'other', 'claim', admin, 'taken'],
  ['claimed', 'me', 'close', officer, 'notAllowed'],
  // The person has moved on: whoever has it is neither of the place nor asked, and keeps it.
  ['claimed', 'x', 'call', stranger, 'called by x: called'],
  ['claimed', 'x', 'close', stranger, 'closed by x: closed'],
  ['called', 'me', 'claim', me, 'same'],
  ['called', 'me', 'call', me, 'called by me: called'],
  ['called', 'me', 'close', me, 'closed by me: closed'],
  ['called', 'other', 'claim', me, 'taken'],
  ['called', 'other', 'call', me, 'taken'],
  ['called', 'other', 'close', me, 'notYours'],
  ['called', 'other', 'close', admin, 'closed by other: closed'],
  ['closed', 'me', 'claim', me, 'closed'],
  ['closed', 'me', 'call', me, 'closed'],
  ['closed', 'me', 'close', me, 'same'],
  ['closed', 'other', 'close', admin, 'closed'],
  // Of another place, and seen by them all the same while they may open it again.
  ['closed', 'other', 'close', stranger, 'closed'],
];

describe('an alert', () => {
  test.each(TABLE)('%s (%s), %s by %j: %s', (state, owner, act, by, expected) => {
    expect(short(alertOf(state, owner), act, by)).toBe(expected);
  });
});

describe('a later declaration of the same subject', () => {
  const reasons: readonly Reason[] = [
    { key: 'risk.reason.symptoms', values: { count: 3 } },
    { key: 'risk.reason.redZone', values: { place: '01' } },
  ];
  const known = { level: 'high' as Level, reasons };
  test.each<readonly [string, Level, readonly Reason[], string]>([
    ['the same again', 'high', reasons, 'updated'],
    ['milder', 'moderate', [{ key: 'risk.reason.symptoms', values: { count: 1 } }], 'updated'],
    ['graver', 'critical', reasons, 'raised'],
    ['another reason', 'high', [...reasons, { key: 'risk.reason.contact' }], 'raised'],
    ['one sign more', 'high', [{ key: 'risk.reason.symptoms', values: { count: 4 } }], 'raised'],
    ['another zone', 'high', [{ key: 'risk.reason.redZone', values: { place: '79' } }], 'raised'],
  ])('%s: %s', (_name, level, now, expected) => {
    expect(renewal(known, { level, reasons: now })).toBe(expected);
  });

  test('never makes it milder', () => {
    expect(graver('critical', 'high')).toBe('critical');
    expect(graver('high', 'critical')).toBe('critical');
  });
});

describe('alertArea', () => {
  test.each([
    [['12/03595', '01/00004'], '12/03595'],
    [['01/00004', '12/03478', '12/03595'], '12/03478'],
    [['01/00004', 'CN'], '12'],
    [['12'], '12'],
  ])('%j belongs to %s', (areas, area) => {
    expect(alertArea(areas, '12')).toBe(area);
  });
});

describe('areaAfter', () => {
  test.each([
    ['12/03595', '12/03478', '12/03478'],
    ['12/03595', '12/03595', '12/03595'],
    ['12', '12/03478', '12/03478'],
    ['12/03595', '12', '12/03595'],
    ['12/03595', '01/00004', '12/03595'],
    ['12/03595', 'CN', '12/03595'],
  ])('%s, then staying at %s: %s', (before, stay, area) => {
    expect(areaAfter(before, stay, '12')).toBe(area);
  });
});

describe('masks', () => {
  test.each([
    ['Nguyễn Văn An', 'N. V. A.'],
    ['Lò  Thị Ón', 'L. T. Ó.'],
    ['đặng', 'Đ.'],
    ['John Smith', 'J. S.'],
  ])('%s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
  test('of a birth only the year is shown', () => {
    expect(['1990-03-15', '1990'].map(birthYear)).toEqual(['1990', '1990']);
  });
});
