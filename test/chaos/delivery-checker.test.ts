/** A checker that overlooks something proves nothing: each fault is made up here, and must be counted. */
import { expect, test } from '@jest/globals';
import { check } from '../harness/chaos/delivery/check.ts';
import type { Evidence, Planned, Row, Told } from '../harness/chaos/delivery/evidence.ts';
import { unlawful } from '../harness/chaos/delivery/history.ts';
import { doubtsIn, readJournal } from '../harness/chaos/delivery/journal.ts';

const AT = 1_000_000;

const planned = (id: string, more: Partial<Planned> = {}): Planned => ({
  id,
  tag: id,
  purpose: 'campaign',
  expect: 'sent',
  from: AT - 10,
  committed: AT - 30,
  ...more,
});
const row = (id: string, state: Row['state'] = 'sent'): Row => ({ _id: id, state, purpose: 'campaign' });
const told = (tag: string | undefined, more: Partial<Told> = {}): Told => ({
  at: AT,
  bot: 'telegram',
  chat: `chat of ${tag}`,
  tag,
  status: 200,
  again: false,
  ...more,
});

const REMINDER = { purpose: 'movementReminder' } as const;
const ALERT = { purpose: 'alert' } as const;
const COPY = { again: true } as const;
const once = new Map([['a', 1]]);

const NOTHING: Evidence = {
  planned: [planned('a')],
  rows: [row('a')],
  told: [told('a')],
  steps: [],
  doubts: new Map(),
  refused: new Set(),
  notified: [],
  heardOf: new Set(),
  ended: 0,
  broadcasts: [],
  clock: (at) => at,
  skew: 0,
  standstills: [],
  limits: { account: { perSecond: 28, burst: 2 }, chat: { perSecond: 1, burst: 3 } },
};

/** So many messages at once, each to a chat of its own or all to one. */
const burst = (count: number, more: Partial<Told> = {}): Partial<Evidence> => {
  const tags = Array.from({ length: count }, (_, n) => `b${n}`);
  return {
    planned: tags.map((tag) => planned(tag)),
    rows: tags.map((tag) => row(tag)),
    told: tags.map((tag) => told(tag, more)),
  };
};

/** A word about something and a newer one, by how their rows went; they left at these times after each other (ms). */
const words = (path: readonly (readonly [string, string, string?])[], ...ats: readonly number[]) => ({
  planned: [planned('a', ALERT), planned('b', { ...ALERT, after: 'a' })],
  rows: [row('a'), row('b')],
  told: ats
    .map((at, n) => told(n === 0 ? 'b' : 'a', { at: AT + at, again: n > 1 }))
    .sort((one, other) => one.at - other.at),
  steps: [
    ...['a', 'b'].map((id) => ({ id, inserted: true, state: 'ready', epoch: 0 })),
    ...path.map(([id, state, claim]) => ({
      id,
      inserted: false,
      state,
      claim,
      ...(state === 'leased' && { epoch: 1 }),
    })),
  ],
});
const wholeWay = (id: string, claim: string) =>
  [
    [id, 'leased', claim],
    [id, 'submitting'],
    [id, 'sent'],
  ] as const;

/** A bot tells to wait, and so many are tried this long after (ms). */
const refused = (count: number, after: number): Partial<Evidence> => {
  const first = told('a', { status: 429 });
  const tried = Array.from({ length: count }, () => told('a', { status: 429, at: AT + after }));
  return { told: [first, ...tried, told('a', { at: AT + 5_000 })] };
};

const none = Object.fromEntries(Object.keys(check(NOTHING).counts).map((what) => [what, 0]));

test.each<[string, Partial<Evidence>, Record<string, number>]>([
  ['nothing', {}, {}],
  ['a row that is not there', { rows: [] }, { lost: 1 }],
  ['a row that is still on its way', { rows: [row('a', 'submitting')] }, { lost: 1 }],
  ['a row that is marked as sent and never came', { told: [] }, { lost: 1 }],
  ['a row that failed for nothing', { rows: [row('a', 'failed')], told: [] }, { lost: 1 }],
  ['a row that is unknown for nothing', { rows: [row('a', 'unknown')] }, { lost: 1 }],
  ['a row that is unknown for a reason', { rows: [row('a', 'unknown')], doubts: once }, {}],
  ['a row that is unknown and was let go', { rows: [row('a', 'unknown')], refused: new Set(['a']) }, {}],
  [
    'an alert that was given up',
    { planned: [planned('a', ALERT)], rows: [row('a', 'unknown')], doubts: once },
    { lost: 1 },
  ],
  ['a campaign twice, though in doubt', { told: [told('a'), told('a', COPY)], doubts: once }, { doubled: 1 }],
  [
    'a reminder twice after a doubt',
    { planned: [planned('a', REMINDER)], told: [told('a'), told('a', COPY)], doubts: once },
    {},
  ],
  [
    'a reminder twice without a doubt',
    { planned: [planned('a', REMINDER)], told: [told('a'), told('a', COPY)] },
    { doubled: 1 },
  ],
  [
    'a reminder three times',
    {
      planned: [planned('a', REMINDER)],
      told: [told('a'), told('a', COPY), told('a', COPY)],
      doubts: new Map([['a', 2]]),
    },
    { doubled: 1 },
  ],
  [
    'an alert more often than it was in doubt',
    { planned: [planned('a', ALERT)], told: [told('a'), told('a', COPY), told('a', COPY)], doubts: once },
    { doubled: 1 },
  ],
  [
    'a copy that does not say so',
    { planned: [planned('a', ALERT)], told: [told('a'), told('a')], doubts: once },
    { unsaid: 1 },
  ],
  [
    'a first one that comes after its copy',
    { planned: [planned('a', ALERT)], told: [told('a', COPY), told('a')], doubts: once },
    {},
  ],
  [
    'one that was not wanted',
    { planned: [planned('a', { expect: 'suppressed' })], rows: [row('a', 'suppressed')] },
    { unwanted: 1 },
  ],
  [
    'a reminder that came, was in doubt and expired',
    {
      planned: [planned('a', { ...REMINDER, expect: 'expired' })],
      rows: [row('a', 'expired')],
      doubts: once,
    },
    {},
  ],
  ['one that nobody planned', { told: [told('a'), told(undefined)] }, { strays: 1 }],
  ['a row that nobody planned', { rows: [row('a'), row('b')] }, { strays: 1 }],
  ['one before its time', { planned: [planned('a', { from: AT + 1 })] }, { early: 1 }],
  ['one in time by its own clock', { planned: [planned('a', { from: AT + 1 })], skew: 5 }, {}],
  ['too many of a bot in a second', burst(60), { tooFast: 2 }],
  [
    'as many when nothing could be written down for a second',
    { ...burst(60), standstills: [{ from: AT - 1_000, to: AT }] },
    {},
  ],
  [
    'as many, and a standstill that was long over',
    { ...burst(60), standstills: [{ from: AT - 6_000, to: AT - 5_000 }] },
    { tooFast: 2 },
  ],
  ['too many to a chat in a second', burst(7, { chat: 'one' }), { tooFast: 2 }],
  ['a bot that is asked on and on', refused(10, 1_500), { notStopped: 2 }],
  [
    'a bot that is asked on and on, as it was written down later',
    { ...refused(10, 1_500), standstills: [{ from: AT + 100, to: AT + 1_200 }] },
    {},
  ],
  ['a bot that is asked by those under way', refused(10, 500), {}],
  [
    'a write of somebody who has the row no more',
    {
      steps: [
        { id: 'a', inserted: true, state: 'sent', epoch: 1 },
        { id: 'a', inserted: false, state: 'ready' },
      ],
    },
    { unlawful: 1 },
  ],
  [
    'an older word after a newer one',
    words([...wholeWay('b', 'x'), ...wholeWay('a', 'y')], 0, 5),
    { outOfOrder: 1 },
  ],
  [
    'an older word that had come, and comes again',
    words([...wholeWay('a', 'x'), ...wholeWay('b', 'y')], 0, 5),
    { outOfOrder: 1 },
  ],
  [
    'an older question that a newer one has replaced',
    {
      planned: [planned('a', ALERT), planned('b', { ...ALERT, after: 'a' })],
      rows: [row('a', 'suppressed'), row('b')],
      told: [told('b')],
    },
    {},
  ],
  [
    'an older question that had come, of which nobody knew, and that a newer one has replaced',
    {
      planned: [planned('a', ALERT), planned('b', { ...ALERT, after: 'a' })],
      rows: [row('a', 'suppressed'), row('b')],
      told: [told('a'), told('b')],
      doubts: once,
    },
    {},
  ],
  [
    'an older question that had come, is not said anew, and says that nobody wants it',
    {
      planned: [planned('a', ALERT), planned('b', { ...ALERT, after: 'a' })],
      rows: [row('a', 'suppressed'), row('b', 'expired')],
      told: [told('a')],
    },
    { lost: 2 },
  ],
  [
    'an older question that was dropped, and no newer one came',
    {
      planned: [planned('a', ALERT), planned('b', { ...ALERT, after: 'a' })],
      rows: [row('a', 'suppressed'), row('b', 'failed')],
      told: [],
    },
    { lost: 2 },
  ],
  ['words in their order', words([...wholeWay('a', 'x'), ...wholeWay('b', 'y')], 5, 0), {}],
])('the checker counts: %s', (_, more, wrong) => {
  const found = check({ ...NOTHING, ...more });
  expect(found.counts).toEqual({ ...none, ...wrong });
  expect(found.sentences.length > 0).toBe(Object.keys(wrong).length > 0);
});

test('a copy after a doubt is counted against what it may be', () => {
  const copies = [told('a'), told('a', COPY)];
  const found = check({ ...NOTHING, planned: [planned('a', ALERT)], told: copies, doubts: once });
  expect(found.of.alert).toEqual({ twice: 1, unknown: 0, bound: 1 });
  expect(found.waits).toEqual([30]);
});

test.each<[string, ReturnType<typeof words>, Partial<Evidence>]>([
  [
    'held by its process',
    words([['a', 'leased', 'x'], ...wholeWay('b', 'y'), ['a', 'submitting'], ['a', 'sent']], 0, 5),
    {},
  ],
  [
    'taken in one look',
    words(
      [
        ['b', 'leased', 'x'],
        ['a', 'leased', 'x'],
      ],
      0,
      5,
    ),
    {},
  ],
  ['in doubt', words([...wholeWay('a', 'x'), ...wholeWay('b', 'y')], 3, 0, 5), { doubts: once }],
])('an older word may come after a newer one when it was %s', (_, more, doubts) => {
  const found = check({ ...NOTHING, ...more, ...doubts });
  expect(found.order).toEqual({ late: 1, bound: 1 });
  expect(found.counts.outOfOrder).toBe(0);
});

test('campaign messages before an alert are counted, of its own bot and since it was decided', () => {
  const alert = planned('a', { ...ALERT, committed: AT - 30 });
  const before = [
    told('b', { at: AT - 31 }),
    told('c', { at: AT - 20 }),
    told('d', { at: AT - 10, bot: 'second' }),
  ];
  const campaign = ['b', 'c', 'd'].map((id) => planned(id));
  const rows = ['a', 'b', 'c', 'd'].map((id) => row(id));
  const found = check({ ...NOTHING, planned: [alert, ...campaign], rows, told: [...before, told('a')] });
  expect(found.ahead).toEqual([1]);
});

test('of alerts that a process left behind the wait is told apart', () => {
  const two = [planned('a', ALERT), planned('b', { ...ALERT, committed: AT - 90 })];
  const steps = [
    { id: 'b', inserted: true, state: 'ready', epoch: 0 },
    { id: 'b', inserted: false, state: 'leased', epoch: 1 },
    { id: 'b', inserted: false, state: 'ready', epoch: 2 },
  ];
  const rows = [row('a'), row('b')];
  const found = check({ ...NOTHING, planned: two, rows, told: [told('a'), told('b')], steps });
  expect([found.waits, found.smoothWaits]).toEqual([[30, 90], [30]]);
});

test.each<[string, readonly (string | number)[], number]>([
  ['a row that is sent', ['leased', 1, 'submitting', 1, 'sent', 1], 0],
  ['put back and sent', ['leased', 1, 'ready', 1, 'leased', 2, 'submitting', 2, 'ready', 2, 'leased', 3], 0],
  ['left behind and settled', ['leased', 1, 'submitting', 1, 'ready', 2, 'leased', 3, 'unknown', 3], 1],
  ['in doubt for good', ['leased', 1, 'submitting', 1, 'unknown', 2], 0],
  ['claimed by two', ['leased', 1, 'leased', 2], 1],
  ['sent without an intent', ['leased', 1, 'sent', 1], 1],
  ['an intent of somebody who was thought dead', ['leased', 1, 'ready', 2, 'submitting', 2], 1],
  ['a mark of somebody who was thought dead', ['leased', 1, 'submitting', 1, 'unknown', 2, 'sent', 2], 1],
  ['sent, and settled all the same', ['leased', 1, 'submitting', 1, 'sent', 1, 'ready', 2], 1],
  ['skipped over an epoch', ['leased', 2], 1],
])('a history: %s', (_, path, wrong) => {
  const steps = Array.from({ length: path.length / 2 }, (_none, n) => ({
    id: 'a',
    inserted: false,
    state: String(path[2 * n]),
    epoch: Number(path[2 * n + 1]),
  }));
  const first = { id: 'a', inserted: true, state: 'ready', epoch: 0 };
  expect(unlawful([first, ...steps])).toHaveLength(wrong);
});

test.each([
  ['+ 1 a\n- 1 a', 0],
  ['+ 1 a\n? 1 a', 1],
  ['+ 1 a\n~ 1 a', 1],
  ['+ 1 a\n! 1 a', 0],
  ['+ 1 a\nlife 0 \n- 1 a', 1],
  ['+ 1 a\n+ 1 a\n- 1 a', 0],
  ['+ 1 a\n? 1 a\n+ 1 a', 2],
  ['+ 1 a\n+ 2 a\n- 2 a', 1], // taken again by the same process, for its mark was never written
  ['+ 1 a b\n- 1 a b', 0],
  ['- 1 a\n? 1 a', 0],
])('a journal %j has %i doubts', (text, count) => {
  const doubts = doubtsIn([readJournal(`life 0 \n${text}\n`)]);
  expect([...doubts.values()].reduce((sum, one) => sum + one, 0)).toBe(count);
});
