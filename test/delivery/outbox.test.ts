import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createBudget } from '../../src/delivery/budgets.ts';
import { DeliveryOutbox, type OutboxMessage, type OutboxParts } from '../../src/delivery/outbox.ts';
import { redrive } from '../../src/delivery/outboxDead.ts';
import { beginEpoch } from '../../src/delivery/outboxEpoch.ts';
import { faultOf, retryAt, withinDeadline } from '../../src/delivery/outboxFault.ts';
import type { PurposeName } from '../../src/delivery/outboxPurposes.ts';
import { deliveryRow } from '../../src/delivery/outboxRow.ts';
import { SendError } from '../../src/delivery/outgoing.ts';
import { line } from '../../src/dialogue/say.ts';
import { armCrashPoints } from '../../src/store/crash-point.ts';
import type { DeliveryDoc } from '../../src/store/deliveries.ts';
import { until } from '../services/converse/toy.ts';
import { type OpenStore, openStore } from '../store/open-store.ts';

let store: OpenStore;
let outboxes: DeliveryOutbox[] = [];
beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  await rows().deleteMany({});
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  outboxes = [];
});
afterAll(() => store.close());

const rows = () => store.database.collections.deliveries;
const row = (about: string, more: Partial<DeliveryDoc> = {}, purpose: PurposeName = 'alert'): DeliveryDoc => {
  const message = {
    purpose,
    about,
    rev: 1,
    chat: 'c1',
    staff: 's1',
    at: Date.now(),
    notes: [line('alert.title')],
  };
  return { ...deliveryRow(store.sealer, message), ...more };
};
const find = (about: string) => rows().findOne({ about });
const state = async (about: string) => (await find(about))?.state;

interface Sent extends OutboxMessage {
  readonly chat: string;
}

/** A sender of this process; `answers` are thrown one after the other, null sends. */
const open = (answers: readonly (unknown | null)[] = [], more: Partial<OutboxParts> = {}) => {
  const sent: Sent[] = [];
  const outcomes: string[] = [];
  const errors: unknown[] = [];
  const queue = [...answers];
  const outbox = new DeliveryOutbox({
    collection: rows(),
    sealer: store.sealer,
    send: async (chat, message) => {
      const fault = queue.shift() ?? null;
      sent.push({ ...message, chat });
      if (fault !== null) throw fault;
    },
    observe: (outcome) => void outcomes.push(outcome),
    onError: (error) => void errors.push(error),
    ...more,
  });
  outboxes.push(outbox);
  return { outbox, sent, outcomes, errors };
};

const quick = { sweepEvery: 50 };

/** Noon in Vietnam, for what keeps the quiet hours: tests run at night too. */
const NOON = Date.parse('2026-11-23T12:00:00+07:00');
const atNoon = { readyAt: new Date(NOON - 1), expiresAt: new Date(NOON + 3_600_000) };
/** A clock that goes on from noon. */
const fromNoon = (): (() => number) => {
  const began = Date.now();
  return () => NOON + Date.now() - began;
};

/** Until the change stream is open: something that was written by somebody else has been sent. */
const untilWatched = async (sent: readonly unknown[]): Promise<void> => {
  for (let n = 0; sent.length === 0; n += 1) {
    await rows().insertOne(row(`before ${n}`));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** The rows of a database that takes so many ms to write this of a row: that something is about to be sent. */
const hanging = (ms: number, what = '"submitting"'): OutboxParts['collection'] => {
  const bulkWrite: OutboxParts['collection']['bulkWrite'] = async (operations, options) => {
    if (JSON.stringify(operations).includes(what)) await new Promise((resolve) => setTimeout(resolve, ms));
    return rows().bulkWrite(operations, options);
  };
  return new Proxy(rows(), {
    get: (all, name) => {
      if (name === 'bulkWrite') return bulkWrite;
      const own: unknown = Reflect.get(all, name);
      return typeof own === 'function' ? own.bind(all) : own;
    },
  });
};

test.each([
  ['an hour fast', 3_600_000],
  ['an hour slow', -3_600_000],
])('a process whose clock is %s goes by the database’s', async (_, wrong) => {
  const [real, began] = [Date.now, Date.now()];
  const [past, future] = [new Date(began - 1_000), new Date(began + 600_000)];
  await rows().insertMany([
    row('due', { readyAt: past }),
    row('later', { readyAt: future, epoch: 1 }), // put back: what is new is told at once
    row('left', { readyAt: past, state: 'leased', epoch: 1, leaseUntil: past }),
    row('held', { readyAt: past, state: 'submitting', epoch: 1, leaseUntil: future }),
  ]);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + wrong);
  const asked: number[] = [];
  const stillWanted = async (_row: DeliveryDoc, at = 0) => asked.push(at) > 0;
  const { outbox } = open([], { ...quick, stillWanted });
  outbox.start();
  const sent = async (about: string) => (await state(about)) === 'sent';
  await until(async () => (await sent('due')) && (await sent('left')));
  expect(await find('later')).toMatchObject({ state: 'ready', epoch: 1, readyAt: future });
  expect(await find('held')).toMatchObject({ state: 'submitting', epoch: 1 });
  expect((await find('due'))?.sentAt?.getTime()).toBeLessThan(began + 600_000);
  for (const at of asked) expect(Math.abs(at - began)).toBeLessThan(600_000);
});

describe('sending', () => {
  test('what was committed by another process leaves at once, without a nudge', async () => {
    const { outbox, sent } = open([], { sweepEvery: 60_000 });
    outbox.start();
    await untilWatched(sent);
    const at = Date.now();
    await rows().insertOne(row('a'));
    await until(() => sent.some(({ id }) => id.startsWith('a:')));
    expect(Date.now() - at).toBeLessThan(30_000); // the next look without being told is after 60 s
    await until(async () => (await state('a')) === 'sent');
    expect(await find('a')).toMatchObject({ attempt: 1, epoch: 1, state: 'sent' });
    expect((await find('a'))?.leaseUntil).toBeUndefined();
  });

  test('what comes while all slots of its lane are busy is sent as soon as they are free, not by the clock', async () => {
    let free = (): void => undefined;
    const block = new Promise<void>((resolve) => {
      free = resolve;
    });
    const begun: string[] = [];
    const send = async (_chat: string, { id }: OutboxMessage) => {
      begun.push(id);
      await block;
      return undefined;
    };
    const { outbox } = open([], { sweepEvery: 60_000, send });
    outbox.start();
    await rows().insertMany(Array.from({ length: 8 }, (_, n) => row(`f${n}`, {}, 'feedbackNews')));
    outbox.nudge();
    await until(() => begun.length === 8);
    await rows().insertOne(row('late', {}, 'feedbackNews'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    free();
    await until(() => begun.length === 9);
  });

  test('alerts one after the other, written by somebody else: half of them have left within a second', async () => {
    const { outbox, sent } = open([], { sweepEvery: 60_000 });
    outbox.start();
    await untilWatched(sent);
    const took: number[] = [];
    for (let n = 1; n <= 15; n += 1) {
      await rows().insertOne(row(`a${n}`));
      const at = performance.now();
      while (!sent.some(({ id }) => id.startsWith(`a${n}:`)))
        await new Promise((resolve) => setImmediate(resolve));
      took.push(performance.now() - at);
    }
    expect(took.sort((a, b) => a - b)[7]).toBeLessThan(1_000); // not by the clock, after a minute; the bench says how soon
  });

  test('what was committed while no process ran is sent at the next start', async () => {
    await rows().insertMany([row('a'), row('b')]);
    const { outbox, sent } = open();
    outbox.start();
    await until(() => sent.length === 2);
    expect(sent.map(({ id }) => id).sort()).toEqual(['a:alert:1:s1', 'b:alert:1:s1']);
    expect(sent[0]?.say).toEqual({ notes: [line('alert.title')], turn: 0 });
  });

  test('three processes and 60 rows: each is sent once', async () => {
    const parties = [open([], quick), open([], quick), open([], quick)];
    for (const { outbox } of parties) outbox.start();
    await rows().insertMany(Array.from({ length: 60 }, (_, n) => row(`r${n}`)));
    const sent = () => parties.flatMap((party) => party.sent.map(({ id }) => id));
    await until(async () => (await rows().countDocuments({ state: 'sent' })) === 60);
    expect(new Set(sent()).size).toBe(60);
    expect(sent()).toHaveLength(60);
  });

  test('what waited long for its intent to be written asks for its turn once more', async () => {
    await rows().insertOne(row('a'));
    const slow = new Proxy(rows(), {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== 'function') return found;
        const call = found.bind(target);
        if (name !== 'bulkWrite') return call;
        return async (...args: unknown[]) => {
          await new Promise((resolve) => setTimeout(resolve, 700));
          return call(...args);
        };
      },
    });
    let asked = 0;
    const admit = async () => {
      asked += 1;
      return 0;
    };
    const { outbox, sent } = open([], {
      collection: slow,
      budget: { admit, throttled: async () => undefined },
    });
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect([asked, sent.length]).toEqual([2, 1]);
  });

  test('what stood still before its intent is not sent when it is not wanted any more by then', async () => {
    await rows().insertOne(row('a'));
    let wanted = true;
    armCrashPoints((at) => {
      if (at !== 'outbox-before-intent') return;
      wanted = false; // decided while this process stands
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
    });
    const { outbox, sent } = open([], { ...quick, stillWanted: async () => wanted });
    outbox.start();
    await until(async () => (await state('a')) === 'suppressed');
    armCrashPoints(() => undefined);
    expect(sent).toEqual([]);
  });

  test('only an alert goes also where we are thought to be unwanted', async () => {
    await rows().insertMany([row('a'), row('b', {}, 'feedbackNews')]);
    const { outbox, sent } = open([], quick);
    outbox.start();
    await until(() => sent.length === 2);
    const urgent = sent.filter((one) => one.urgent === true);
    expect(urgent.map(({ id }) => id)).toEqual(['a:alert:1:s1']);
  });

  test('is not before its time', async () => {
    const readyAt = new Date(Date.now() + 600);
    await rows().insertOne(row('a', { readyAt }));
    let left = 0;
    const send = async () => {
      left = Date.now();
      return undefined;
    };
    open([], { ...quick, send }).outbox.start();
    await until(() => left > 0);
    expect(left).toBeGreaterThanOrEqual(readyAt.getTime());
  });

  test('what is no longer wanted is not sent', async () => {
    await rows().insertOne(row('a'));
    const { outbox, sent, outcomes } = open([], { stillWanted: async () => false });
    outbox.start();
    await until(async () => (await state('a')) === 'suppressed' && outcomes.length === 1);
    expect([sent.length, outcomes]).toEqual([0, ['suppressed']]);
  });

  test('what came too late is not sent, and stays visible; somebody else is found first', async () => {
    await rows().insertOne(row('a', { expiresAt: new Date(Date.now() - 1) }));
    const lost: string[] = [];
    const { outbox, sent, outcomes } = open([], { onLost: async ({ _id }) => void lost.push(_id) });
    outbox.start();
    await until(async () => (await state('a')) === 'expired' && outcomes.length === 1);
    expect([sent.length, outcomes, lost]).toEqual([0, ['expired'], ['a:alert:1:s1']]);
    expect(await find('a')).toMatchObject({ attempt: 0, fault: 'late' });
  });

  test('at night an alert goes out and a reminder waits for the morning', async () => {
    const night = Date.parse('2026-11-23T22:00:00+07:00');
    const due = { readyAt: new Date(night - 1) };
    const ends = { expiresAt: new Date(night + 43_200_000) };
    await rows().insertMany([row('r', { ...due, ...ends }, 'movementReminder'), row('a', due)]);
    const { outbox, sent, outcomes } = open([], { ...quick, now: () => night });
    outbox.start();
    await until(async () => sent.length === 1 && outcomes.includes('postponed'));
    expect(sent[0]?.id).toBe('a:alert:1:s1');
    await until(async () => (await state('r')) === 'ready');
    expect(await find('r')).toMatchObject({ readyAt: new Date('2026-11-24T07:00:00+07:00'), attempt: 0 });
  });

  test('a row is made for its hours and with its end', () => {
    const at = Date.parse('2026-11-23T23:00:00+07:00');
    const message = { about: 'a', rev: 1, chat: 'c', at, notes: [] };
    const made = (purpose: PurposeName, more = {}) =>
      deliveryRow(store.sealer, { ...message, ...more, purpose });
    expect(made('alert')).toMatchObject({ lane: 'alert', readyAt: new Date(at) });
    expect(made('alert').expiresAt).toBeUndefined();
    const morning = new Date('2026-11-24T07:00:00+07:00');
    expect(made('movementReminder')).toMatchObject({
      readyAt: morning,
      expiresAt: new Date(at + 43_200_000),
    });
    expect(made('movementReminder', { expiresAt: at + 5 }).expiresAt).toEqual(new Date(at + 5));
  });

  test('slow replies do not hold an alert up', async () => {
    let free = (): void => undefined;
    const block = new Promise<void>((resolve) => {
      free = resolve;
    });
    const { outbox, sent } = open([], {
      send: async (chat, message) => {
        sent.push({ ...message, chat });
        if (message.id.includes('feedback')) await block;
      },
      ...quick,
    });
    outbox.start();
    await rows().insertMany(Array.from({ length: 20 }, (_, n) => row(`f${n}`, {}, 'feedbackNews')));
    await until(() => sent.length === 8); // all that replies may take
    await rows().insertOne(row('a'));
    await until(() => sent.some(({ id }) => id.startsWith('a:')));
    free();
    await until(() => sent.length === 21);
  });
});

describe('budgets', () => {
  test('a campaign’s message leaves at its distance from its turn, an alert at once', async () => {
    const turns = new Map<string, number>();
    const left = new Map<string, number>();
    const admit = async ({ lane }: { readonly lane: string }) => {
      turns.set(lane, performance.now());
      return 0;
    };
    const send = async (_chat: string, { id }: OutboxMessage) => {
      left.set(id.startsWith('quick') ? 'alert' : 'campaign', performance.now());
      return undefined;
    };
    const budget = { admit, throttled: async () => undefined };
    const { outbox } = open([], { ...quick, now: fromNoon(), send, budget });
    const campaign = { ...atNoon, lane: 'campaign', purpose: 'campaign' } as const;
    outbox.start();
    let ahead = 0;
    // A busy machine may hold the alert up for as long, by chance: not again and again.
    for (let n = 0; n < 5 && ahead < 40; n += 1) {
      turns.clear();
      left.clear();
      await rows().insertMany([row(`even${n}`, campaign), row(`quick${n}`, atNoon)]);
      await until(() => left.size === 2);
      expect((left.get('campaign') ?? 0) - (turns.get('campaign') ?? 0)).toBeGreaterThanOrEqual(75); // timers are early at times
      ahead = (left.get('campaign') ?? 0) - (left.get('alert') ?? 0);
    }
    expect(ahead).toBeGreaterThanOrEqual(40);
  });

  test('one whose intent hung takes a second turn, and keeps its distance from that one', async () => {
    const turns: number[] = [];
    const admit = async () => {
      turns.push(performance.now());
      return 0;
    };
    let left = 0;
    const send = async () => {
      left = performance.now();
      return undefined;
    };
    const budget = { admit, throttled: async () => undefined };
    const { outbox } = open([], { ...quick, now: fromNoon(), send, budget, collection: hanging(600) });
    await rows().insertOne(row('a', { ...atNoon, lane: 'campaign', purpose: 'campaign' }));
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect(turns).toHaveLength(2);
    expect(left - (turns[1] ?? 0)).toBeGreaterThanOrEqual(75);
  });

  test('one that is slow in several small steps is asked about once more: a pause acts within a second', async () => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const admit = () => wait(350).then(() => 0);
    const answers = [true];
    const stillWanted = async () => answers.shift() ?? false;
    const budget = { admit, throttled: async () => undefined };
    const { outbox, sent, outcomes } = open([], { ...quick, budget, stillWanted, collection: hanging(300) });
    await rows().insertOne(row('a'));
    outbox.start();
    await until(() => outcomes.length > 0);
    expect([outcomes, sent]).toEqual([['suppressed'], []]);
  });

  test('one that is put back after its intent hung counts no attempt: nothing was sent', async () => {
    const waits = [0, 50];
    const budget = { admit: async () => waits.shift() ?? 0, throttled: async () => undefined };
    const { outbox, outcomes } = open([], { ...quick, budget, collection: hanging(600) });
    await rows().insertOne(row('a'));
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && outcomes.length === 2);
    expect(outcomes).toEqual(['postponed', 'sent']);
    expect(await find('a')).toMatchObject({ attempt: 1 });
  });

  test('a process that stops does not wait for its turn: what waited is there for the next one at once', async () => {
    const budget = { admit: () => new Promise<number>(() => undefined), throttled: async () => undefined };
    await rows().insertOne(row('a'));
    const { outbox, sent } = open([], { budget });
    outbox.start();
    await until(async () => (await state('a')) === 'leased');
    await outbox.stop();
    expect(await find('a')).toMatchObject({ state: 'ready', attempt: 0 });
    const next = open([], quick);
    next.outbox.start();
    await until(() => next.sent.length === 1);
    expect(sent).toEqual([]);
  });

  test('one 429 stops both processes within a second, and nothing is lost or counted as an attempt', async () => {
    const now = fromNoon();
    const limits = { bot: { account: { perSecond: 50, burst: 5 } } };
    const times: number[] = [];
    let refused = 0;
    /** When the pause stood where every process looks (ms of the monotonic clock): how long that takes is the machine's. */
    let known = 0;
    const party = () => {
      const { collections } = store.database;
      const channelOf = async () => 'bot';
      const own = createBudget({ collection: collections.budgets, limits, channelOf });
      const throttled: typeof own.throttled = async (...refusal) => {
        await own.throttled(...refusal);
        known = known || performance.now();
      };
      const budget = { ...own, throttled };
      const send = async () => {
        if (times.length < 30 || refused > 0) return void times.push(performance.now());
        refused = performance.now();
        throw new SendError('throttled', '429', 3);
      };
      return open([], { ...quick, now, budget, send: send as OutboxParts['send'] });
    };
    const docs = Array.from({ length: 80 }, (_, n) => row(`r${n}`, { ...atNoon, chat: `c${n}` }, 'campaign'));
    await rows().insertMany(docs);
    for (const { outbox } of [party(), party()]) outbox.start();
    await until(async () => (await rows().countDocuments({ state: 'sent' })) === 80);
    const during = times.filter((at) => at > known + 1_000 && at < refused + 2_900);
    expect([times.length, during.length]).toEqual([80, 0]);
    expect(await rows().countDocuments({ attempt: { $ne: 1 } })).toBe(0);
  });
});

describe('faults', () => {
  test('temporary ones are tried again, later', async () => {
    await rows().insertOne(row('a'));
    const faults = [new SendError('temporary', 'http.502'), new Error('socket hang up'), null];
    const { outbox, sent, outcomes } = open(faults, quick);
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && outcomes.length === 3);
    expect(outcomes).toEqual(['retry', 'retry', 'sent']);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await find('a')).toMatchObject({ attempt: 3 });
  });

  test('a platform that says nothing has an alert for fifteen seconds: then the next chat of its reader', async () => {
    await rows().insertOne(row('a'));
    const silent: string[] = [];
    const send = (chat: string): Promise<undefined> => {
      silent.push(chat);
      return chat === 'c1' ? new Promise(() => undefined) : Promise.resolve(undefined);
    };
    const began = performance.now();
    const nextChat = async ({ tried = [] }: DeliveryDoc) => (tried.includes('c1') ? 'c2' : null);
    const { outbox } = open([], { ...quick, send, nextChat, deadline: 60_000, lease: 90_000 });
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect(silent).toEqual(['c1', 'c2']);
    expect(performance.now() - began).toBeLessThan(45_000); // its own end is at sixty
  });

  test('a chat that takes nothing any more: the next chat of that person', async () => {
    await rows().insertOne(row('a'));
    const { outbox, sent } = open([new SendError('stopped', 'blocked')], {
      ...quick,
      nextChat: async ({ tried = [] }) => (tried.includes('c1') ? null : 'c2'),
    });
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect(sent.map(({ chat }) => chat)).toEqual(['c1', 'c2']);
    expect(await find('a')).toMatchObject({ chat: 'c2', tried: ['c1'], attempt: 1 });
  });

  test('no chat at all: said before it is marked, then visibly failed', async () => {
    await rows().insertOne(row('a'));
    const lost: string[] = [];
    const { outbox, outcomes } = open([new SendError('permanent', 'no-such-chat')], {
      ...quick,
      nextChat: async () => null,
      onLost: async (failing) => void lost.push(`${failing._id} ${await state('a')}`),
    });
    outbox.start();
    await until(async () => (await state('a')) === 'failed' && outcomes.length === 1);
    expect(lost).toEqual(['a:alert:1:s1 submitting']);
    expect(outcomes).toEqual(['failed']);
    expect(await find('a')).toMatchObject({ fault: 'no-such-chat', tried: ['c1'] });
  });

  test('temporary ones for too long count as such a chat', async () => {
    await rows().insertOne(row('a', { attempt: 11 }));
    const { outbox } = open([new SendError('temporary', 'http.502')], quick);
    outbox.start();
    await until(async () => (await state('a')) === 'failed');
  });

  test.each([
    ['does not answer either', new SendError('temporary', 'http.500'), ['c1', 'c2', 'c1']],
    ['is shut', new SendError('stopped', 'blocked'), ['c1', 'c2', 'c1']],
  ])(
    'what fails for two minutes is tried at the other chat of its reader; where that %s, again here',
    async (_, fault, chats) => {
      const [away, began] = [new SendError('temporary', 'http.500'), Date.now()];
      let past = 0; // what its waits have taken
      const now = (): number => began + past;
      const more = { attempt: 7, readyAt: new Date(began - 1), expiresAt: new Date(began + 3_600_000) };
      await rows().insertOne(row('a', more, 'rosterGap'));
      const nextChat = async ({ chat, tried = [] }: DeliveryDoc) =>
        ['c1', 'c2'].find((other) => other !== chat && !tried.includes(other)) ?? null;
      const { outbox, sent } = open([away, fault], { ...quick, now, nextChat });
      outbox.start();
      await until(async () => {
        const doc = await find('a');
        if (doc?.state === 'ready') past = Math.max(past, doc.readyAt.getTime() - began);
        return doc?.state === 'sent';
      });
      expect(sent.map(({ chat }) => chat)).toEqual(chats);
    },
  );

  test('a fault of our own is told, and ends visibly', async () => {
    await rows().insertOne(row('a', { attempt: 40, spent: 11 }, 'rosterGap'));
    const { outbox, errors } = open([new TypeError('of undefined')], quick);
    outbox.start();
    await until(async () => (await state('a')) === 'failed');
    expect(errors).toContainEqual(new TypeError('of undefined'));
  });

  test('a citizen’s whose platform is away until its end goes to nobody else', async () => {
    const { staff: _nobody, ...reminder } = row(
      'a',
      { ...atNoon, expiresAt: new Date(NOON + 500) },
      'draftReminder',
    );
    await rows().insertOne(reminder);
    const { outbox, sent } = open([new SendError('throttled', '429', 5)], {
      ...quick,
      now: fromNoon(),
      nextChat: async () => 'another',
    });
    outbox.start();
    await until(async () => (await state('a')) === 'expired');
    expect(sent.length).toBeLessThan(2); // on a slow machine it may be over before
  });

  test('a row that cannot be opened is lost, visibly, and keeps nobody else from going out', async () => {
    await rows().insertMany([row('a', { sealed: Buffer.from('not sealed') }), row('b')]);
    const lost: string[] = [];
    const onLost = async ({ _id }: DeliveryDoc) => void lost.push(_id);
    const { outbox, sent, errors } = open([], { ...quick, onLost });
    outbox.start();
    await until(async () => sent.length === 1 && (await state('a')) === 'failed');
    expect([sent[0]?.id, lost, errors.length]).toEqual(['b:alert:1:s1', ['a:alert:1:s1'], 1]);
  });

  test.each([
    [60_000, [1_000, 2_000, 4_000, 60_000, 60_000]],
    [900_000, [1_000, 2_000, 4_000, 64_000, 900_000]],
  ])('the waits double up to the longest (%i ms), or are what the platform says', (longest, most) => {
    const waits = [1, 2, 3, 7, 30].map((attempt) => retryAt(0, attempt, faultOf(new Error('x')), longest));
    for (const [n, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual((most[n] ?? 0) / 2);
      expect(wait).toBeLessThanOrEqual(most[n] ?? 0);
    }
    expect(retryAt(0, 1, faultOf(new SendError('throttled', '429', 7)), longest)).toBe(7_000);
  });

  test('a send that says nothing is in doubt', async () => {
    const error = await withinDeadline(new Promise(() => undefined), 20).catch((caught: unknown) => caught);
    expect(faultOf(error)).toEqual({ code: 'deadline', retryable: true, doubtful: true, throttled: false });
  });
});

describe('an alert whose chat does not take it in time', () => {
  const hour = (): SendError => new SendError('throttled', '429', 3_600);
  const away = (): SendError => new SendError('temporary', 'http.502');
  const blocked = (): SendError => new SendError('stopped', 'blocked');
  /** Somebody with two chats. */
  const nextChat = async ({ chat, tried = [] }: DeliveryDoc) =>
    ['c1', 'c2'].find((other) => other !== chat && !tried.includes(other)) ?? null;
  /** A clock that can be put forward, and who could not be told: the chats, as the row stood. */
  const party = (answers: readonly (unknown | null)[], more: Partial<OutboxParts> = {}) => {
    let ahead = 0;
    const lost: string[][] = [];
    const onLost = async ({ chat, tried = [] }: DeliveryDoc) => void lost.push([...tried, chat]);
    const opened = open(answers, { ...quick, now: () => Date.now() + ahead, onLost, ...more });
    const pass = (ms: number): void => {
      ahead += ms;
    };
    return { ...opened, lost, pass };
  };
  const chats = (sent: readonly Sent[]) => sent.map(({ chat }) => chat);

  test('is told to wait an hour: the next chat of that person at once', async () => {
    await rows().insertOne(row('a'));
    const { outbox, sent, outcomes, lost } = party([hour()], { nextChat });
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && outcomes.length === 2);
    expect([chats(sent), outcomes, lost]).toEqual([['c1', 'c2'], ['elsewhere', 'sent'], []]);
    expect((await find('a'))?.missedAt).toBeUndefined();
  });

  test('is told to wait an hour, and there is no other: somebody else at once, and it arrives in an hour', async () => {
    await rows().insertOne(row('a'));
    const { outbox, sent, lost, pass } = party([hour()]);
    outbox.start();
    await until(async () => lost.length === 1 && (await state('a')) === 'ready');
    const waiting = await find('a');
    expect([lost, waiting?.missedAt]).toEqual([[['c1', 'c1']], expect.any(Date)]);
    expect(waiting?.readyAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    pass(3_600_000);
    await until(async () => (await state('a')) === 'sent');
    expect(chats(sent)).toEqual(['c1', 'c1']);
  });

  test('a platform that is away is tried for some seconds, then the next chat', async () => {
    await rows().insertOne(row('a'));
    const { outbox, sent, outcomes, pass } = party([], {
      nextChat,
      send: async (chat, message) => {
        sent.push({ ...message, chat });
        pass(8_000);
        if (chat === 'c1') throw away();
        return undefined;
      },
    });
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && outcomes.length === 3);
    expect([chats(sent), outcomes]).toEqual([
      ['c1', 'c1', 'c2'],
      ['retry', 'elsewhere', 'sent'],
    ]);
    expect((await find('a'))?.tried).toEqual([]); // nothing says that the first one is gone
  });

  test('both fail: whichever may be tried first has it, and none before its time', async () => {
    await rows().insertOne(row('a', { failingSince: new Date(Date.now() - 60_000) }));
    const { outbox, sent, lost, pass } = party([away(), hour(), null], { nextChat });
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect(chats(sent)).toEqual(['c1', 'c2', 'c1']); // not the one that said an hour
    expect(lost).toEqual([['c1', 'c2', 'c2']]);
    pass(3_600_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent).toHaveLength(3);
  });

  test('one is to be tried in an hour, the other is gone for good: it waits for the first', async () => {
    await rows().insertOne(row('a'));
    const { outbox, sent, lost, pass } = party([hour(), blocked()], { nextChat });
    outbox.start();
    await until(async () => lost.length === 1 && (await state('a')) === 'ready');
    expect(await find('a')).toMatchObject({ chat: 'c1', tried: ['c2'], missedAt: expect.any(Date) });
    pass(3_600_000);
    await until(async () => (await state('a')) === 'sent');
    expect(chats(sent)).toEqual(['c1', 'c2', 'c1']);
  });

  test('its channel is told to wait by another message: the next chat without a try', async () => {
    await rows().insertOne(row('a'));
    const admit = async ({ chat }: { readonly chat: string }) => (chat === 'c1' ? 3_600_000 : 0);
    const { outbox, sent, lost } = party([], {
      nextChat,
      budget: { admit, throttled: async () => undefined },
    });
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect([chats(sent), lost]).toEqual([['c2'], []]);
  });

  test('what nobody waits for is not sent another way', async () => {
    await rows().insertOne(row('a', {}, 'feedbackNews'));
    const { outbox, sent, lost, outcomes } = party([hour()], { nextChat });
    outbox.start();
    await until(async () => (await state('a')) === 'ready' && outcomes.length === 1);
    expect([chats(sent), outcomes, lost]).toEqual([['c1'], ['retry'], []]);
  });

  test('sent once more by hand it is as if it had never been tried', async () => {
    const at = new Date();
    const failed = { state: 'failed', tried: ['c1'], waits: [{ chat: 'c1', until: at }] } as const;
    await rows().insertOne(
      row('a', { ...failed, tried: ['c1'], waits: [...failed.waits], missedAt: at, failingSince: at }),
    );
    expect(await redrive(rows(), 'a:alert:1:s1', 'Hoa', Date.now())).toBe('ready');
    const anew = await find('a');
    expect([anew?.waits, anew?.missedAt, anew?.failingSince]).toEqual([undefined, undefined, undefined]);
  });
});

describe('a restored backup', () => {
  const installation = () => store.database.collections.installation;
  beforeEach(() => installation().deleteMany({}));
  afterAll(() => installation().deleteMany({}));
  const begin = () => beginEpoch(store.database.collections, 'Lò Thị Hoa', Date.now());
  const guarded = () => open([], { ...quick, installation: installation() });

  test('sends nothing of what was on its way in it, but what is new; the rest when a person says so', async () => {
    const leaseUntil = new Date(Date.now() - 60_000);
    await rows().insertMany([
      row('a'),
      row('b', { state: 'leased', epoch: 1, leaseUntil }),
      row('c', { state: 'submitting', epoch: 1, leaseUntil }),
      row('d', { state: 'sent' }),
      row('e', { readyAt: new Date(Date.now() + 1_000) }),
      row('f', { readyAt: new Date('9999-01-01T00:00:00Z') }), // of a campaign that was paused
    ]);
    expect(await begin()).toEqual({ epoch: 2, held: 5 });
    expect(await rows().countDocuments({ readyAt: { $gt: new Date() } })).toBe(0); // 90 days after that they are deleted
    expect(await installation().findOne()).toMatchObject({ epoch: 2, by: 'Lò Thị Hoa', holding: false });
    await rows().insertOne(row('new'));
    const { outbox, sent } = guarded();
    outbox.start();
    await until(() => sent.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // also what was due later
    expect(sent.map(({ id }) => id)).toEqual(['new:alert:1:s1']);
    expect(await find('b')).toMatchObject({ state: 'held', heldBy: 2, epoch: 2 });
    expect(await redrive(rows(), 'a:alert:1:s1', 'Hoa', Date.now())).toBe('ready');
    await until(async () => (await state('a')) === 'sent');
    expect(sent[1]?.say.notes[0]).toEqual(line('delivery.again'));
  });

  test('while rows are being held nothing is sent; after a crash the command ends what it began', async () => {
    await rows().insertOne(row('a'));
    await installation().insertOne({ _id: 'installation', epoch: 2, by: 'x', at: new Date(), holding: true });
    const { outbox, sent } = guarded();
    outbox.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sent).toEqual([]);
    expect(await begin()).toEqual({ epoch: 2, held: 1 });
    await rows().insertOne(row('b'));
    await until(() => sent.length === 1);
    expect(sent[0]?.id).toBe('b:alert:1:s1');
  });

  test('a process that sees an older epoch stops, says so, and goes on in the next one', async () => {
    for (const _ of [1, 2]) await begin();
    const { outbox, sent, errors } = guarded();
    outbox.start();
    await rows().insertOne(row('a'));
    await until(async () => (await state('a')) === 'sent'); // and marked: what is not would be held as well
    await installation().updateOne({}, { $set: { epoch: 2 } }); // as a backup would
    await until(() => errors.length > 0);
    expect(errors[0]).toMatchObject({ code: 'delivery.restored' });
    await rows().insertOne(row('b'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sent).toHaveLength(1);
    expect(await begin()).toEqual({ epoch: 3, held: 1 });
    await rows().insertOne(row('c'));
    await until(() => sent.length === 2);
    expect(sent[1]?.id).toBe('c:alert:1:s1');
  });

  test('what a living process holds is taken out of its hands', async () => {
    let free = (): void => undefined;
    const block = new Promise<void>((resolve) => {
      free = resolve;
    });
    const send = async () => {
      await block;
      return undefined;
    };
    await rows().insertOne(row('a'));
    const { outbox } = open([], { ...quick, installation: installation(), send });
    outbox.start();
    await until(async () => (await state('a')) === 'submitting');
    await begin();
    free();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await state('a')).toBe('held');
  });
});

describe('after a crash', () => {
  /** As a process leaves a row that dies in the middle of a send. */
  const left = (about: string, more: Partial<DeliveryDoc> = {}, purpose?: PurposeName): DeliveryDoc => {
    const leaseUntil = new Date(Date.now() - 1);
    return row(about, { state: 'submitting', epoch: 4, attempt: 1, leaseUntil, ...more }, purpose);
  };

  test('a row that was only leased goes out as if nothing had been', async () => {
    await rows().insertOne(left('a', { state: 'leased' }));
    const { outbox, sent } = open([], quick);
    outbox.start();
    await until(async () => (await state('a')) === 'sent');
    expect(sent[0]?.say.notes).toEqual([line('alert.title')]);
  });

  test('an alert in doubt goes out again at once, and says so', async () => {
    await rows().insertOne(left('a'));
    const { outbox, sent, outcomes } = open([], quick);
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && outcomes.length === 2);
    expect(sent[0]?.say.notes).toEqual([line('delivery.again'), line('alert.title')]);
    expect(outcomes).toEqual(['doubtful', 'sent']);
  });

  test('what is in doubt is counted once, also where the database takes longer than until the next look', async () => {
    await rows().insertOne(left('a'));
    const { outbox, outcomes } = open([], { ...quick, collection: hanging(300, '"again"') });
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && outcomes.includes('sent'));
    expect(outcomes).toEqual(['doubtful', 'sent']);
  });

  test('a reminder in doubt goes out a second time, and no third time', async () => {
    await rows().insertMany([
      left('a', {}, 'movementReminder'),
      left('b', { again: true }, 'movementReminder'),
    ]);
    const noon = Date.now() - (Date.now() % 86_400_000) + 5 * 3_600_000; // 12:00 in Vietnam
    await rows().updateMany({}, { $set: { leaseUntil: new Date(noon - 1) } });
    await rows().updateMany({}, { $unset: { expiresAt: '' } });
    const { outbox, sent } = open([], { ...quick, now: () => noon });
    outbox.start();
    await until(async () => (await state('a')) === 'sent' && (await state('b')) === 'unknown');
    expect(sent.map(({ id }) => id)).toEqual(['a:movementReminder:1:s1']);
    expect(sent[0]?.say.notes[0]).toEqual(line('delivery.again'));
  });

  test('a purpose that is not known here is never sent twice', async () => {
    await rows().insertOne(left('a', { purpose: 'campaignSms' }));
    const { outbox, sent } = open([], quick);
    outbox.start();
    await until(async () => (await state('a')) === 'unknown');
    expect(sent).toEqual([]);
  });

  test('a process that was thought dead changes nothing any more', async () => {
    await rows().insertOne(row('a'));
    let free = (): void => undefined;
    const hangs = new Promise<void>((resolve) => {
      free = resolve;
    });
    const slow = open([], { lease: 100, sweepEvery: 60_000, send: () => hangs.then(() => undefined) });
    slow.outbox.start();
    await until(async () => (await state('a')) === 'submitting');
    // Tried again after so many seconds, in which the first one comes to its end.
    const next = open([new SendError('throttled', 'http.429', 5)], quick);
    next.outbox.start();
    await until(() => next.sent.length === 1);
    await until(async () => (await state('a')) === 'ready');
    const before = await find('a');
    free();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await find('a'))?.state).not.toBe('sent'); // its own late end counts for nothing
    expect((await find('a'))?.epoch).toBeGreaterThanOrEqual(before?.epoch ?? 99);
    await until(async () => (await state('a')) === 'sent');
    expect(next.sent).toHaveLength(2);
  });
});
