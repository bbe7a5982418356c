import { describe, expect, test } from '@jest/globals';
import { afterFault, beforeSend, inDoubt } from '../../src/delivery/outboxDecide.ts';
import { faultOf } from '../../src/delivery/outboxFault.ts';
import { PURPOSES, type Purpose } from '../../src/delivery/outboxPurposes.ts';
import { SendError } from '../../src/delivery/outgoing.ts';
import type { Lane } from '../../src/store/deliveries.ts';
import { Unavailable } from '../../src/store/errors.ts';

const at = (vietnam: string): number => Date.parse(`2026-11-${vietnam}+07:00`);
const NOON = '23T12:00:00';
const row = (purpose: string, lane: Lane, ends?: string, attempt = 0, staff?: string) => ({
  purpose,
  lane,
  attempt,
  ...(staff === undefined ? {} : { staff }),
  ...(ends === undefined ? {} : { expiresAt: new Date(at(ends)) }),
});

describe('right before it would be sent', () => {
  test.each([
    ['alert', 'alert', undefined, '23T03:00:00', 'send'],
    ['alertNews', 'alert', '24T00:00:00', '23T23:59:59', 'send'],
    ['alertNews', 'alert', '24T00:00:00', '24T00:00:00', 'expired'],
    ['feedbackAnswer', 'reply', undefined, '23T23:00:00', 'send'],
    ['movementReminder', 'reminder', '24T12:00:00', '23T21:59:59', 'send'],
    ['movementReminder', 'reminder', '24T12:00:00', '23T22:00:00', '24T07:00:00'],
    ['movementReminder', 'reminder', '24T07:00:00', '23T22:00:00', 'expired'],
    ['campaign', 'campaign', undefined, '24T06:59:59', '24T07:00:00'],
    ['campaign', 'campaign', '23T22:00:00', '23T21:59:59', 'send'],
    ['of a newer release', 'campaign', undefined, '23T23:00:00', '24T07:00:00'],
    ['of a newer release', 'alert', undefined, '23T23:00:00', 'send'],
  ] as const)('%s in lane %s that ends %s, at %s: %s', (purpose, lane, ends, now, what) => {
    const wait = what !== 'send' && what !== 'expired';
    expect(beforeSend(row(purpose, lane, ends), at(now))).toEqual(
      wait ? { what: 'wait', until: at(what) } : { what },
    );
  });
});

test.each([
  ['alert', undefined, 'ready'],
  ['alert', true, 'ready'],
  ['movementReminder', undefined, 'ready'],
  ['movementReminder', true, 'unknown'],
  ['campaign', undefined, 'unknown'],
  ['of a newer release', undefined, 'unknown'],
] as const)('%s in doubt, repeated before: %s → %s', (purpose, again, state) => {
  expect(inDoubt({ ...row(purpose, 'alert'), ...(again && { again }) })).toBe(state);
});

describe('after a fault', () => {
  const NOW = at(NOON);
  /** Its first try failed so many ms ago. */
  const failing = (ms: number, lane: Lane = 'alert') => ({
    ...row('alert', lane, undefined, 4),
    failingSince: new Date(NOW - ms),
  });
  const soon = faultOf(new SendError('throttled', '429', 5));
  const silent = { code: 'deadline', retryable: true, doubtful: true, throttled: false };
  const cut = faultOf(new SendError('temporary', 'no-answer', undefined, { doubtful: true }));
  const away = faultOf(new SendError('temporary', 'http.500'));
  const ours = faultOf(new TypeError('of undefined'));
  const asleep = faultOf(new Unavailable('The database cannot be reached.'));
  /** After so many tries of which nothing is known, or that are our own fault; and twice as many that are the platform's. */
  const spent = (count: number, purpose: string, lane: Lane) => ({
    ...row(purpose, lane, '29T12:00:00', 3 * count),
    spent: count,
  });
  const busy = faultOf(new SendError('throttled', '429', 60));
  const gone = faultOf(new SendError('stopped', 'blocked'));
  const wrong = faultOf(new SendError('permanent', 'http.400'));

  test.each([
    ['a temporary one', row('alert', 'alert'), away, 'later'],
    ['the last attempt of an alert', row('alert', 'alert', undefined, 11), away, 'next failed'],
    [
      'the last attempt of how far a campaign is',
      row('campaignProgress', 'reply', '23T12:15', 2),
      away,
      'next failed',
    ],
    [
      'the only one of a newer release',
      row('of a newer release', 'reply', '23T13:00:00'),
      away,
      'next failed',
    ],
    ['a campaign that fails for two minutes', row('campaign', 'campaign', '23T22:00:00', 7), away, 'later'],
    [
      'a reminder that fails for hours',
      row('movementReminder', 'reminder', '23T21:00:00', 20),
      away,
      'later',
    ],
    [
      'a report that fails for hours',
      row('dailyReport', 'reminder', '24T12:00:00', 99, 's1'),
      away,
      'around',
    ],
    ['news to staff that fail a while', row('feedbackNews', 'reply', '24T12:00:00', 6, 's1'), away, 'later'],
    ['a line that broke often', spent(10, 'feedbackAnswer', 'reply'), cut, 'later'],
    ['and once more', spent(11, 'feedbackAnswer', 'reply'), cut, 'next failed'],
    ['or refuses then', spent(11, 'feedbackAnswer', 'reply'), away, 'later'],
    [
      'or says that there is too much',
      spent(11, 'feedbackAnswer', 'reply'),
      { ...cut, throttled: true },
      'next failed',
    ],
    ['news of an alert, each time', spent(99, 'alertNews', 'alert'), cut, 'around'],
    ['a fault of our own', spent(10, 'feedbackAnswer', 'reply'), ours, 'later'],
    ['and no end of it', spent(11, 'feedbackAnswer', 'reply'), ours, 'next failed'],
    ['our database, for long', spent(11, 'feedbackAnswer', 'reply'), asleep, 'later'],
    [
      'another chat that says wait',
      { ...row('dailyReport', 'reminder', '24T12:00:00', 1, 's1'), waits: [] },
      busy,
      'later free',
    ],
    [
      'another chat that says wait, when one is waited for',
      {
        ...row('dailyReport', 'reminder', '24T12:00:00', 1, 's1'),
        waits: [{ chat: 'c1', until: new Date(NOW) }],
      },
      busy,
      'around',
    ],
    [
      'a reminder in its last minute',
      row('movementReminder', 'reminder', '23T12:00:59', 20),
      away,
      'next expired',
    ],
    [
      'a line that broke when it ends',
      row('movementReminder', 'reminder', '23T12:00:00.4'),
      cut,
      'next unknown',
    ],
    ['one that says nothing', row('alert', 'alert'), silent, 'later'],
    ['one that says nothing, and must not come twice', row('campaign', 'campaign'), silent, 'unknown'],
    ['one that says nothing, once', row('movementReminder', 'reminder'), silent, 'later'],
    [
      'one that says nothing, twice',
      { ...row('movementReminder', 'reminder'), again: true },
      silent,
      'unknown',
    ],
    ['a line that broke', row('alert', 'alert'), cut, 'later'],
    ['a line that broke, and it must not come twice', row('campaign', 'campaign'), cut, 'unknown'],
    ['no line at all', row('campaign', 'campaign'), away, 'later'],
    ['a chat that is gone', row('alert', 'alert'), gone, 'next failed'],
    ['a wrong message', row('campaign', 'campaign'), wrong, 'next failed'],
    [
      'to be tried again after the end',
      row('movementReminder', 'reminder', '23T12:00:59'),
      busy,
      'next expired',
    ],
    [
      'to be tried again before the end',
      row('movementReminder', 'reminder', '23T12:01:01', 99),
      busy,
      'later free',
    ],
    ['told to wait without an end', row('alert', 'alert', undefined, 11), busy, 'next failed'],
    ['an alert that is told to wait for long', row('alert', 'alert'), busy, 'around'],
    ['an alert that is told to wait a moment', row('alert', 'alert'), soon, 'later'],
    ['an alert that fails for some seconds', failing(6_000), soon, 'later'],
    ['an alert that fails for longer', failing(11_000), soon, 'around'],
    ['a reply that fails for longer', failing(11_000, 'reply'), soon, 'later'],
    ['news that fail for an hour', row('alertNews', 'alert', '24T12:00:00', 99), away, 'around'],
    [
      'a reminder of what stands still, for an hour',
      row('alertHeld', 'alert', undefined, 99),
      away,
      'around',
    ],
  ] as const)('%s', (_what, given, fault, expected) => {
    const after = afterFault(given, fault, NOW);
    const more = after.what === 'next' ? ` ${after.otherwise}` : '';
    expect(`${after.what}${more}${after.what === 'later' && !after.counts ? ' free' : ''}`).toBe(expected);
  });
});

test('a wait that would go beyond its end is cut: it is tried once more shortly before', () => {
  const now = at(NOON);
  const ends = at('23T12:10:00');
  const away = faultOf(new SendError('temporary', 'http.500'));
  const tries = Array.from({ length: 50 }, () =>
    afterFault(row('movementReminder', 'reminder', '23T12:10:00', 20), away, now),
  );
  for (const after of tries) {
    expect(after).toMatchObject({ what: 'later', counts: true });
    expect('at' in after && after.at <= ends - 30_000).toBe(true);
  }
});

test('whatever leaves has an end, or a last attempt; but for what stands still until somebody moves it', () => {
  const endless = Object.entries<Purpose>(PURPOSES).filter(
    ([, { attempts, lasts }]) => attempts === undefined && lasts === undefined,
  );
  expect(endless.map(([name]) => name)).toEqual(['alertHeld', 'alertHeldBundle']);
});
