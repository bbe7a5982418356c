/** A checker that overlooks something proves nothing: each fault of a campaign is made up here, and must be counted. */
import { expect, test } from '@jest/globals';
import type { Broadcast, BroadcastRow } from '../harness/chaos/delivery/broadcast.ts';
import { check } from '../harness/chaos/delivery/check.ts';
import { OVERTAKEN } from '../harness/chaos/delivery/checkNotices.ts';
import type { Evidence, Notified } from '../harness/chaos/delivery/evidence.ts';
import { tagOfRow } from '../harness/chaos/delivery/sign.ts';
import { readerAt } from './reader.ts';

const ID = 'CAAAA';
const DAYS = ['2026-11-27', '2026-11-28'] as const;
const AT = 10_000;

const rowFor = (day: string, chat: string, more: Partial<BroadcastRow> = {}): BroadcastRow => ({
  _id: `${ID}|${day}|${chat}`,
  about: `${ID}|${day}`,
  chat,
  state: 'sent',
  readyAt: new Date(AT),
  ...more,
});
const noticed = (what: string) => ['author', 'approver'].map((staff) => ({ what, staff }));
const counted = { total: 2, sent: 2, optedOut: 0, unreached: 0 };

/** Two people on two days, to whom all was sent. */
const WHOLE: Broadcast = {
  id: ID,
  fate: 'whole',
  days: DAYS,
  recipients: ['a', 'b'].map((id) => ({ id, readers: [readerAt(id)] })),
  acts: [],
  state: 'ended',
  frozen: true,
  total: 2,
  closed: 1,
  audience: ['a', 'b'].map((id) => ({ id, chats: [id], outcome: 'sent' })),
  occurrences: DAYS.map((day) => ({ day, state: 'ended', figures: { sent: 2 } })),
  rows: DAYS.flatMap((day) => ['a', 'b'].map((chat) => rowFor(day, chat))),
  notices: [
    ...noticed(`campaignNews ${ID}|end`).map((notice) => ({ ...notice, counts: counted })),
    ...DAYS.flatMap((day) => noticed(`campaignBegun ${ID}|${day}`)),
  ],
};
const PAUSED: Partial<Broadcast> = {
  fate: 'paused',
  acts: [
    { what: 'pause', asked: AT - 10, done: AT },
    { what: 'resume', asked: AT + 5_000, done: AT + 5_010 },
  ],
};

/** The first row is intended and taken at these times (ms after the pause). */
const sentAt = (intended: number, taken: number): Partial<Evidence> => ({
  told: [
    { at: AT + taken, bot: 'telegram', chat: 'a', tag: `${ID}|${DAYS[0]}|a`, status: 200, again: false },
  ],
  steps: [
    { id: `${ID}|${DAYS[0]}|a`, inserted: true, state: 'leased', epoch: 1 },
    { id: `${ID}|${DAYS[0]}|a`, inserted: false, state: 'submitting', at: AT + intended },
  ],
});

const wrongs = (more: Partial<Broadcast>, evidence: Partial<Evidence> = {}) => {
  const { counts } = check({
    planned: [],
    rows: [],
    told: [],
    steps: [],
    doubts: new Map(),
    refused: new Set(),
    notified: [],
    heardOf: new Set(),
    ended: 0,
    broadcasts: [{ ...WHOLE, ...more }],
    clock: (at) => at,
    skew: 0,
    standstills: [],
    limits: { account: { perSecond: 28, burst: 2 }, chat: { perSecond: 1, burst: 3 } },
    ...evidence,
  });
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
};

/** Stopped before its audience was complete: its officers were told of so many people. */
const stopped = (audience: Broadcast['audience'], total: number): Partial<Broadcast> => ({
  fate: 'stopped',
  acts: [{ what: 'stop', asked: 0, done: 0 }],
  state: 'stopped',
  frozen: false,
  total: 0,
  audience,
  rows: [],
  occurrences: [],
  notices: noticed(`campaignNews ${ID}|end`).map((one) => ({ ...one, counts: { total, unreached: total } })),
});
const late = (outcome?: string): Broadcast['audience'] => [{ id: 'a', chats: ['a'], outcome }];

const [first, ...others] = WHOLE.rows;
const figures = (...all: readonly Record<string, number>[]) => ({
  occurrences: DAYS.map((day, n) => ({ day, state: 'ended', figures: all[n] })),
});

/** Whose last message was written, and not sent, for the campaign was stopped. */
const unsent = WHOLE.rows.map((row, n) =>
  n === WHOLE.rows.length - 1 ? { ...row, state: 'suppressed' as const, fault: 'campaign-stopped' } : row,
);
const halted: Partial<Broadcast> = {
  fate: 'stopped',
  acts: [{ what: 'stop', asked: 0, done: 0 }],
  state: 'stopped',
  rows: unsent,
};

test.each<[string, Partial<Broadcast>, Record<string, number>]>([
  ['nothing', {}, {}],
  [
    'a row behind the end of a day that was stopped, in no figure',
    { ...halted, ...figures({ sent: 2 }, { sent: 1 }) },
    {},
  ],
  [
    'a message sent on such a day, in no figure',
    { ...halted, ...figures({ sent: 1 }, { sent: 1 }) },
    { miscounted: 1 },
  ],
  [
    'more in the figures of such a day than there are',
    { ...halted, ...figures({ sent: 2 }, { sent: 1, 'suppressed:campaign-stopped': 2 }) },
    { miscounted: 1 },
  ],
  [
    'such a row where nobody stopped it',
    { rows: unsent, ...figures({ sent: 2 }, { sent: 1 }) },
    { miscounted: 1 },
  ],
  [
    'somebody who is not in the audience',
    { recipients: [...WHOLE.recipients, { id: 'c', readers: [] }] },
    { lost: 1 },
  ],
  [
    'somebody whose other chat is not',
    { recipients: WHOLE.recipients.map((one) => ({ ...one, readers: [readerAt(one.id), readerAt('z')] })) },
    { lost: 2 },
  ],
  ['somebody it is not for', { recipients: WHOLE.recipients.slice(1) }, { strays: 1 }],
  ['a total that is none', { total: 3 }, { miscounted: 1 }],
  ['a day without a row for somebody', { rows: others, ...figures({ sent: 1 }, { sent: 2 }) }, { lost: 1 }],
  [
    'two rows on a day',
    {
      rows: [...WHOLE.rows, rowFor(`${DAYS[0]}0.5`, 'a', { about: `${ID}|${DAYS[0]}` })],
      ...figures({ sent: 3 }, { sent: 2 }),
    },
    { strays: 1 },
  ],
  ['a day that was never begun', { occurrences: WHOLE.occurrences.slice(1) }, { lost: 1 }],
  [
    'figures that are not those of the rows',
    figures({ sent: 1, expired: 1 }, { sent: 2 }),
    { miscounted: 1 },
  ],
  [
    'an end that is not that of the rows',
    {
      audience: WHOLE.audience.map((one) => ({ ...one, outcome: 'unreached' })),
      notices: WHOLE.notices.map(({ what, staff }) => ({ what, staff })),
    },
    { miscounted: 2 },
  ],
  [
    'officers who were told other figures',
    {
      notices: WHOLE.notices.map((one) => (one.counts ? { ...one, counts: { ...counted, total: 3 } } : one)),
    },
    { miscounted: 2 },
  ],
  ['a campaign that is closed twice', { closed: 2 }, { miscounted: 1 }],
  ['a campaign that is not closed', { closed: 0, state: 'approved' }, { lost: 2 }],
  ['an officer who was not told of a day', { notices: WHOLE.notices.slice(0, -1) }, { lost: 1 }],
  [
    'an officer who was told twice',
    { notices: [...WHOLE.notices, ...WHOLE.notices.slice(-1)] },
    { doubled: 1 },
  ],
  ['a campaign that was stopped before it was frozen: what is not there is not missed', stopped([], 0), {}],
  ['somebody whom a process wrote down behind such an end, and who is in no count', stopped(late(), 0), {}],
  [
    'somebody who got an end behind it, after officers were told of nobody',
    stopped(late('unreached'), 0),
    { miscounted: 4 },
  ],
  [
    'somebody without an end in one that was stopped when all were written down',
    { ...stopped(late(), 0), frozen: true, total: 1, recipients: WHOLE.recipients.slice(0, 1) },
    { miscounted: 5 },
  ],
  ['somebody who was told of, and has no end', stopped(late(), 1), { miscounted: 2 }],
  [
    'somebody without an end in a campaign that went on',
    { audience: WHOLE.audience.map((one, n) => (n === 0 ? one : { ...one, outcome: undefined })) },
    { miscounted: 5 },
  ],
])('the checker counts: %s', (_, more, wrong) => {
  expect(first).toBeDefined();
  expect(wrongs(more)).toEqual(wrong);
});

const news = (number: number, state: Notified['state'], more: Partial<Notified> = {}): Notified => ({
  _id: `${ID}:campaignNews:${number}:author`,
  chat: 'author',
  state,
  ...more,
});
/** What is told to the officers, in this order; all that is marked as sent came. */
const toldIn = (...notified: readonly Notified[]): Partial<Evidence> => ({
  notified,
  heardOf: new Set(notified.filter(({ state }) => state === 'sent').map(({ _id }) => _id)),
  steps: notified.map(({ _id: id }) => ({ id, inserted: true, state: 'ready' })),
  ended: AT,
});
const sent = (count: number, more?: Partial<Notified>) =>
  Array.from({ length: count }, (_, n) => news(n + 1, 'sent', more));

test.each<[string, Partial<Evidence>, number]>([
  ['came', toldIn(news(0, 'sent')), 0],
  ['is marked as sent, and never came', { ...toldIn(news(0, 'sent')), heardOf: new Set() }, 1],
  ['waits', toldIn(news(0, 'ready'), news(1, 'leased'), news(2, 'submitting')), 0],
  ['failed', toldIn(news(0, 'failed')), 1],
  ['may have come', toldIn(news(0, 'unknown')), 1],
  ['was held back', toldIn(news(0, 'suppressed')), 1],
  ['ended when its time was over', toldIn(news(0, 'expired', { expiresAt: new Date(AT) })), 0],
  ['ended before', toldIn(news(0, 'expired', { expiresAt: new Date(AT + 1) })), 1],
  ['waits while many that were written later came', toldIn(news(0, 'ready'), ...sent(OVERTAKEN + 1)), 1],
  ['waits while some did', toldIn(news(0, 'ready'), ...sent(OVERTAKEN)), 0],
  ['waits behind many', toldIn(...sent(OVERTAKEN + 1), news(0, 'ready')), 0],
  ['waits while others hear much', toldIn(news(0, 'ready'), ...sent(OVERTAKEN + 1, { chat: 'other' })), 0],
])('the checker counts what an officer is to be told, and that %s', (_, evidence, lost) => {
  expect(wrongs({}, evidence)).toEqual(lost === 0 ? {} : { lost });
});

test.each([
  ['intended and sent in the pause', 1_500, 2_000, 1],
  ['within a second', 800, 900, 0],
  ['intended before, by a process that was stopped since', -100, 4_000, 0],
  ['after it goes on', 5_100, 5_200, 0],
])('the checker counts what a pause does not hold: %s', (_, intended, taken, wrong) => {
  expect(wrongs(PAUSED, sentAt(intended, taken)).notHeld ?? 0).toBe(wrong);
});

test.each([
  [`${ID}|2026-11-27|abc`, `${ID}|2026-11-27|abc`],
  [`${ID}|2026-11-270.123|abc`, `${ID}|2026-11-27|abc`],
  ['movement:a:movementReminder:20261127:a', 'movement:a:movementReminder:20261127:a'],
])('a row %s is known by %s', (id, tag) => {
  expect(tagOfRow(id)).toBe(tag);
});
