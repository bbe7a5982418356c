import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SendError } from '../../src/delivery/outgoing.ts';
import { type Choice, line, type Say } from '../../src/dialogue/say.ts';
import type { TestApp } from '../harness/app.ts';
import { until } from '../services/converse/toy.ts';
import { counted, DAY, UNTIL } from '../services/report/counts.ts';
import type { Recorded } from './contract.ts';
import { guardLoopback, type LoopbackGuard } from './loopback.ts';
import { CHANNELS, type Platforms, startPlatforms } from './platforms.ts';

/** Every folder under `bots/` has these; the suite reads them. */
const PIECES = [
  (name: string) => `bots/${name}/channel.ts`,
  (name: string) => `bots/${name}/wire.ts`,
  (name: string) => `test/bots/${name}/contract.ts`,
];

const two: readonly Choice[] = [
  { id: 'yes', label: line('word.yes') },
  { id: 'no', label: line('word.no') },
];
const back: Choice = { id: '/back', label: line('engine.back'), control: true };

/** One message of each kind a conversation sends, and what a person must be able to read of it. */
const SAYS: readonly (readonly [kind: string, say: Say, seen: readonly string[]])[] = [
  ['a note', { notes: [line('engine.dropped')], turn: 1 }, ['Đã xóa bản nháp.']],
  [
    'a question for text',
    { notes: [], ask: line('person.name'), input: 'text', choices: [back], turn: 2 },
    ['Họ và tên', 'Quay lại'],
  ],
  [
    'progress',
    { notes: [], ask: line('person.sex'), progress: { at: 3, of: 9 }, turn: 3 },
    ['3/9', 'Giới tính'],
  ],
  [
    'yes or no',
    { notes: [], ask: line('withdraw.sure'), choices: two, input: 'choice', turn: 4 },
    ['Thu hồi tờ khai này', 'Có', 'Không'],
  ],
  [
    'several choices',
    {
      notes: [],
      ask: line('health.symptoms'),
      choices: [{ id: 'fever', label: line('symptom.fever'), picked: true }, ...two],
      several: true,
      turn: 5,
    },
    ['Sốt', 'Không'],
  ],
  [
    'a photo',
    {
      notes: [],
      ask: line('person.card'),
      input: 'photo',
      choices: [{ id: 'typed', label: line('person.card.typed') }],
      turn: 6,
    },
    ['tôi gõ'],
  ],
  [
    'a value with a date and a place',
    {
      notes: [line('own.item', { name: 'An', to: { place: '03595' }, date: { date: '2026-11-23' } })],
      turn: 7,
    },
    ['An → xã Than Uyên', '23/11/2026'],
  ],
  [
    'signs that mean something to machines',
    { notes: [line('engine.keep', { value: '<b>&"\u0027*_[x](y)' })], turn: 8 },
    ['<b>&"\u0027*_[x](y)'],
  ],
];

let platforms: Platforms;
let app: TestApp;
let guard: LoopbackGuard;
beforeAll(async () => {
  guard = guardLoopback();
  platforms = await startPlatforms();
  app = platforms.app;
});
afterAll(async () => {
  await platforms.end();
  guard.restore();
});

test('there are channels to hold to the contract', () => {
  expect(CHANNELS).toEqual(expect.arrayContaining(['terminal', 'web']));
  expect([...app.channels.keys()].sort()).toEqual([...CHANNELS].sort());
});

describe.each(CHANNELS)('channel %s', (name) => {
  let recorded: Recorded;
  beforeAll(async () => {
    recorded = await platforms.platform(name).record(app);
  });
  afterAll(() => recorded.phone.close());

  const channel = () => {
    const found = app.channels.get(name);
    if (found === undefined) throw new Error(`${name} is not in app.ts`);
    return found;
  };
  const addressOf = async (): Promise<string> => {
    const received = await channel().receive(recorded.good[0]?.request ?? { headers: {}, body: null });
    return received.kind === 'messages' ? (received.messages[0]?.address ?? '') : '';
  };

  test.each(PIECES.map((piece) => piece(name)))('has %s', (path) => {
    expect(existsSync(new URL(`../../${path}`, import.meta.url))).toBe(true);
  });

  test('understands what the platform sends', async () => {
    for (const { title, request, event } of recorded.good) {
      const received = await channel().receive(request);
      expect({ title, received }).toMatchObject({
        title,
        received: { kind: 'messages', messages: [{ channel: name, event }] },
      });
    }
    expect(recorded.good.length).toBeGreaterThan(0);
  });

  test('gives the same delivery the same id and the same person the same address', async () => {
    for (const { request } of recorded.good) {
      const both = [await channel().receive(request), await channel().receive(request)];
      const ids = both.map((received) =>
        received.kind === 'messages'
          ? received.messages.map(({ deliveryId, address }) => [deliveryId, address])
          : received,
      );
      expect(ids[0]).toEqual(ids[1]);
    }
  });

  test('refuses what nobody vouches for, and what is broken', async () => {
    for (const { title, request, status } of recorded.bad) {
      expect({ title, received: await channel().receive(request) }).toMatchObject({
        title,
        received: { kind: 'refused', status },
      });
    }
    expect(recorded.bad.length).toBeGreaterThan(3);
  });

  test('ignores what is of no use, and says what it was', async () => {
    for (const { title, request } of recorded.unknown) {
      expect({ title, received: await channel().receive(request) }).toMatchObject({
        title,
        received: { kind: 'ignored', what: expect.stringMatching(/^[\w.-]{2,40}$/) },
      });
    }
    // Our own clients send nothing that we do not know.
    expect(recorded.unknown.length > 0).toBe(channel().capabilities.takes !== 'page');
  });

  test.each(SAYS)('renders %s', async (kind, say, seen) => {
    const address = await addressOf();
    await channel().send({
      id: `${name}:${say.turn}:1`,
      address,
      lang: 'vi',
      say,
    });
    const text = await recorded.phone.hear(seen[0] ?? '');
    expect(seen.filter((part) => !text.includes(part))).toEqual([]);
    const answers = (say.choices ?? []).filter(({ control }) => !control);
    if (channel().capabilities.buttons === 0) {
      for (const [index] of answers.entries())
        expect({ kind, text }).toMatchObject({ text: expect.stringContaining(`${index + 1}. `) });
    }
  });

  test('sends the same message once, however often it is told to', async () => {
    const say: Say = { notes: [line('engine.nothingToResume')], turn: 20 };
    const message = { id: 'same:20:1', address: await addressOf(), lang: 'vi' as const, say };
    await channel().send(message);
    await channel().send(message);
    await channel().send({
      ...message,
      id: 'same:21:1',
      say: { notes: [line('engine.cannotSkip')], turn: 21 },
    });
    await recorded.phone.hear('Không có việc nào');
    const next = await recorded.phone.hear('');
    expect(next).toContain('không bỏ qua được');
  });

  test('splits what is too long for one message, and loses nothing of it', async () => {
    const { textLength } = channel().capabilities;
    const words = Array.from({ length: 2_500 }, (_, n) => `từ${n}`);
    const say: Say = { notes: [line('engine.keep', { value: words.join(' ') })], turn: 30 };
    await channel().send({ id: 'long:30:1', address: await addressOf(), lang: 'vi', say });
    const heard = [await recorded.phone.hear('từ0')];
    while (!heard.at(-1)?.includes('từ2499')) heard.push(await recorded.phone.hear(''));
    expect(heard.flatMap((part) => part.match(/từ\d+/g) ?? []).join(' ') === words.join(' ')).toBe(true);
    expect(Math.max(...heard.map(({ length }) => length))).toBeLessThanOrEqual(textLength);
  });

  test('carries the chart and the file of a report to a leader, and to nobody after that', async () => {
    const address = await addressOf();
    const { staff, reports } = app.store.database.collections;
    const chat = app.store.index('chat', `${name}|${address}`);
    const ref = { report: DAY, day: DAY, area: '12' } as const;
    const report = (turn: number): Say => ({
      notes: [line('report.head', { date: { date: DAY }, place: { place: '12' } })],
      image: { kind: 'chart', ...ref },
      file: { kind: 'report', ...ref },
      turn,
    });
    const send = (turn: number) =>
      channel().send({ id: `report:${turn}:1`, address, lang: 'vi', say: report(turn) });
    const kept = { $set: { until: new Date(UNTIL), counted: counted() } };
    await reports.updateOne({ _id: DAY }, kept, { upsert: true });
    const id = `leader-${name}`;
    const sealed = Buffer.alloc(0);
    await staff.insertOne({ _id: id, role: 'leader', area: '12', chats: [chat], active: true, sealed });
    await send(35);
    const heard: string[] = [];
    while (!heard.join('\n').includes('Báo cáo ngày')) heard.push(await recorded.phone.hear(''));
    expect(recorded.carried.filter((part) => !heard.join('\n').includes(part))).toEqual([]);
    await staff.updateOne({ _id: id }, { $set: { active: false } });
    await send(36);
    // Whoever leads may have been told of something else meanwhile, by the clock.
    const after = await recorded.phone.hear('Báo cáo ngày');
    // A page shows the link all the same; whoever follows it gets nothing (test/bots/web/attached.test.ts).
    if (channel().capabilities.takes !== 'page')
      expect(recorded.carried.filter((part) => after.includes(part))).toEqual([]);
  });

  test('knows what a refusal of the platform means', async () => {
    const address = await addressOf();
    for (const [n, { title, arm, fault, retryAfter, doubtful = false }] of recorded.faults.entries()) {
      arm();
      const say: Say = { notes: [line('engine.dropped')], turn: 40 + n };
      const sending = channel().send({ id: `fault:${40 + n}:1`, address, lang: 'vi', say });
      const error = await sending.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect({ title, error }).toMatchObject({ title, error: { name: 'SendError', fault, doubtful } });
      if (retryAfter !== undefined) expect(error).toMatchObject({ retryAfter });
    }
    expect(recorded.faults.length > 3).toBe(channel().capabilities.takes !== 'page');
  });

  test('writes no secret to the log', async () => {
    await recorded.phone.say('xin chào');
    await recorded.phone.hear('Anh/chị cần gì');
    const log = app.logged.join('');
    expect(recorded.secrets.filter((secret) => log.includes(secret))).toEqual([]);
    expect(log).toContain(`"channel":"${name}"`);
  });

  // The last one: only a chat that has spoken can be marked.
  test('hears who lets us in again: the chat is marked as stopped no more', async () => {
    const chat = app.store.index('chat', `${name}|${await addressOf()}`);
    const { conversations } = app.store.database.collections;
    const isMarked = () =>
      conversations.countDocuments({ _id: chat, [`stopped.${chat}`]: { $exists: true } });
    for (const { title, request } of recorded.letsIn) {
      const mark = { $set: { [`stopped.${chat}`]: new Date() } };
      await conversations.updateOne({ _id: chat }, mark);
      expect({ title, marked: await isMarked() }).toEqual({ title, marked: 1 });
      const headers = { ...request.headers, 'content-type': 'application/json' } as Record<string, string>;
      const body = JSON.stringify(request.body);
      const { status } = await fetch(`${app.url}${recorded.path}`, { method: 'POST', headers, body });
      expect({ title, status }).toEqual({ title, status: 200 });
      await until(async () => (await isMarked()) === 0);
    }
    expect(recorded.letsIn.length > 0).toBe(channel().capabilities.takes !== 'page');
  });
});

test('errors of sending are a closed set, and know whether a repetition is safe', () => {
  const retryable = (['permanent', 'temporary', 'throttled', 'stopped'] as const).map(
    (fault) => new SendError(fault, 'x').retryable,
  );
  expect(retryable).toEqual([false, true, true, false]);
});

test('nothing of all this has left the machine', async () => {
  expect(guard.foreign).toEqual([]);
  // 192.0.2.0/24 is nobody's (RFC 5737): the guard sees it, and nothing goes out.
  await expect(fetch('http://192.0.2.1/')).rejects.toThrow();
  expect(guard.foreign).toEqual(['192.0.2.1']);
});
