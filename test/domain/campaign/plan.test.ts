import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rateOf } from '../../../src/delivery/limits.ts';
import { belongs } from '../../../src/domain/campaign/audience.ts';
import { type CampaignPlan, planProblems, USUAL_PLAN } from '../../../src/domain/campaign/campaign.ts';
import { estimateOf } from '../../../src/domain/campaign/estimate.ts';
import { type DayEnd, endOf } from '../../../src/domain/campaign/outcome.ts';
import { smsText } from '../../../src/domain/campaign/smsText.ts';
import { nextWay, waysInOrder } from '../../../src/domain/campaign/ways.ts';
import type { Tariff } from '../../../src/domain/sms/tariff.ts';

const TEXT = 'Đề nghị anh/chị khai báo y tế.';
const TARIFF: Tariff = { currency: 'VND', perSegment: { gsm7: 500, ucs2: 600 }, source: 'Ở đâu đó' };
const PLAN: CampaignPlan = { ...USUAL_PLAN, text: TEXT, audience: { kind: 'all' } };

test.each<[Partial<CampaignPlan>, readonly string[]]>([
  [{}, []],
  [{ text: ' ngắn   quá ' }, ['text']],
  [{ text: 'a'.repeat(421) }, ['text']],
  [{ days: 0 }, ['days']],
  [{ days: 15 }, ['days']],
  [{ days: 2.5 }, ['days']],
  [{ from: '2026-11-22' }, ['from']],
  [{ from: '2026-02-30' }, ['from']],
  [{ from: '2026-11-23' }, []],
  [{ opens: 419 }, ['hours']],
  [{ closes: 1321 }, ['hours']],
  [{ opens: 600, closes: 660 }, ['hours']],
  [{ channels: [] }, ['channels']],
  [{ channels: ['sms', 'sms'] }, ['channels']],
  [{ audience: { kind: 'communes', areas: [] } }, ['audience']],
  [{ text: '', days: 0, channels: [] }, ['text', 'days', 'channels']],
])('%j: %j', (more, problems) => {
  expect(planProblems({ ...PLAN, ...more }, '2026-11-23')).toEqual(problems);
});

describe('whom it is for', () => {
  const coach = {
    area: '12/03595',
    means: 'coach',
    plate: '29B-123.45',
    carries: ['25B-000.01'],
    declared: true,
  } as const;
  const newcomer = { declared: false } as const;
  test.each([
    [{ kind: 'all' }, true, true],
    [{ kind: 'notDeclared' }, false, true],
    [{ kind: 'communes', areas: ['12/03595'] }, true, false],
    [{ kind: 'communes', areas: ['12'] }, true, false],
    [{ kind: 'communes', areas: ['12/03478'] }, false, false],
    [{ kind: 'means', means: ['coach', 'car'] }, true, false],
    [{ kind: 'means', means: ['foot'] }, false, false],
    [{ kind: 'vehicles', plates: [] }, true, false],
    [{ kind: 'vehicles', plates: ['29B-123.45'] }, true, false],
    [{ kind: 'vehicles', plates: ['25B-000.01'] }, false, false],
    [{ kind: 'operators', plates: [] }, true, false],
    [{ kind: 'operators', plates: ['25B-000.01'] }, true, false],
    [{ kind: 'operators', plates: ['29B-123.45'] }, false, false],
    [{ kind: 'list' }, false, false],
  ] as const)('%j: %s, %s', (audience, one, other) => {
    expect([belongs(audience, coach), belongs(audience, newcomer)]).toEqual([one, other]);
  });
});

describe('ways', () => {
  const ways = [
    { channel: 'sms', chat: 's' },
    { channel: 'web', chat: 'w' },
    { channel: 'telegram', chat: 't2' },
    { channel: 'telegram', chat: 't1' },
  ];
  test('go in the order of the channels; those of no channel of the campaign are none', () => {
    const order = waysInOrder(ways, ['telegram', 'sms']).map(({ chat }) => chat);
    expect(order).toEqual(['t1', 't2', 's']);
    expect(waysInOrder(ways.toReversed(), ['telegram', 'sms']).map(({ chat }) => chat)).toEqual(order);
  });
  test.each([
    [3, undefined, 0],
    [3, { way: 0, reached: true }, 0],
    [3, { way: 0, reached: false }, 1],
    [3, { way: 2, reached: false }, 0],
    [1, { way: 0, reached: false }, 0],
    [0, undefined, 0],
  ] as const)('of %d, after %j: %d', (count, last, way) => {
    expect(nextWay(count, last)).toBe(way);
  });
});

describe('what became of somebody', () => {
  const sent = (sentAt: number): DayEnd => ({ state: 'sent', sentAt });
  const failed: DayEnd = { state: 'failed', fault: 'blocked' };
  const optedOut: DayEnd = { state: 'suppressed', fault: 'opted-out' };
  test.each<[number, readonly DayEnd[], number | undefined, string]>([
    [1, [sent(5)], undefined, 'sent'],
    [1, [sent(5), failed], undefined, 'sent'],
    [1, [sent(5)], 6, 'declared'],
    [1, [sent(5)], 4, 'declaredBefore'],
    [1, [failed], 6, 'declaredBefore'],
    [1, [sent(5), optedOut], undefined, 'sent'],
    [1, [optedOut], undefined, 'optedOut'],
    [1, [failed, failed], undefined, 'unreached: blocked'],
    [1, [failed, { state: 'unknown' }], undefined, 'unreached: unknown'],
    [1, [{ state: 'expired', fault: 'late' }], undefined, 'unreached: late'],
    [0, [], undefined, 'unreached: no-channel'],
    [2, [], undefined, 'unreached: not-planned'],
  ])('%d ways, %j, declared %s: %s', (ways, days, declared, end) => {
    const { outcome, reason } = endOf(ways, days, declared);
    expect([outcome, reason].filter((part) => part !== undefined).join(': ')).toBe(end);
  });

  const arrived = (sentAt: number, deliveredAt: number): DayEnd => ({ state: 'sent', sentAt, deliveredAt });
  /** Its row was left in doubt, and a page has shown it. */
  const doubtful: DayEnd = { state: 'unknown', fault: 'deadline', deliveredAt: 7 };
  test.each<[readonly DayEnd[], number | undefined, ReturnType<typeof endOf>]>([
    [[sent(5)], undefined, { outcome: 'sent' }],
    [[sent(5)], 6, { outcome: 'declared' }],
    [[arrived(5, 6)], undefined, { outcome: 'sent', delivered: true }],
    [[sent(5), arrived(8, 9), failed], undefined, { outcome: 'sent', delivered: true }],
    [[arrived(5, 6), arrived(8, 9)], undefined, { outcome: 'sent', delivered: true }],
    [[arrived(5, 9)], 6, { outcome: 'declared', delivered: true }],
    [[arrived(5, 6)], 4, { outcome: 'declaredBefore' }],
    [[arrived(5, 6), optedOut], undefined, { outcome: 'sent', delivered: true }],
    [[doubtful], undefined, { outcome: 'sent', delivered: true }],
    [[doubtful], 6, { outcome: 'declaredBefore' }],
    [[failed], undefined, { outcome: 'unreached', reason: 'blocked' }],
  ])('%j, declared %s: %j', (days, declared, end) => {
    expect(endOf(1, days, declared)).toEqual(end);
  });
});

describe('estimate', () => {
  const counted = {
    total: 30_000,
    channels: { telegram: 10_000, sms: 19_000 },
    noChannel: 1_000,
    exact: true,
  };
  const rate = (channel: string) => ({ telegram: 20, sms: 100 })[channel];
  test('channels work beside each other; only SMS costs', () => {
    const text = 'khai báo '.repeat(20).trim(); // two segments with how to stop it
    expect(estimateOf({ ...PLAN, text, price: 350 }, counted, rate, TARIFF)).toMatchObject({
      segments: 38_000,
      allSegments: 190_000,
      cost: 66_500_000,
      seconds: 500,
      fits: true,
    });
  });
  test('without a price of the contract it costs what the tariff says, whose it is; with one it names nobody', () => {
    const marked = { ...PLAN, accented: true };
    expect(estimateOf(PLAN, counted, rate, TARIFF)).toMatchObject({ cost: 95_000 * 500, source: 'Ở đâu đó' });
    expect(estimateOf(marked, counted, rate, TARIFF)).toMatchObject({ cost: 95_000 * 600 });
    expect(estimateOf({ ...PLAN, price: 350 }, counted, rate, TARIFF)).not.toHaveProperty('source');
  });
  test('what does not fit into a day is said', () => {
    expect(estimateOf(PLAN, counted, () => 0.1, TARIFF)).toMatchObject({ fits: false });
  });
  test('a channel whose rate nobody knows is named, and not taken for one that takes no time', () => {
    const none = estimateOf(PLAN, counted, () => undefined, TARIFF);
    expect(none).toMatchObject({ unknown: ['telegram', 'sms'], fits: true });
    expect('seconds' in none).toBe(false);
    const some = estimateOf(
      PLAN,
      { ...counted, channels: { web: 5, telegram: 100, sms: 7 } },
      rateOf,
      TARIFF,
    );
    expect(some).toMatchObject({ unknown: ['sms'], seconds: 4 });
    expect(estimateOf(PLAN, { ...counted, channels: { web: 5, sms: 0 } }, rateOf, TARIFF)).toMatchObject({
      unknown: [],
      seconds: 0,
    });
  });
  test('the text of an SMS says how to stop it and is composed, however it was typed', () => {
    const { encoding, text } = smsText({ text: TEXT.normalize('NFD'), accented: true });
    expect([encoding, text]).toEqual(['ucs2', `${TEXT}\nTừ chối: soạn DUNG`]);
    expect(smsText(PLAN)).toMatchObject({
      encoding: 'gsm7',
      text: 'De nghi anh/chi khai bao y te.\nTu choi: soan DUNG',
    });
    const letters = fc.string({ unit: fc.constantFrom(...'aăâđeêioôơuưy ÁẰẬĐỆÍỌỖỚỦỰỲ'), minLength: 1 });
    fc.assert(fc.property(letters, (words) => smsText({ text: words, accented: false }).encoding === 'gsm7'));
  });
});
