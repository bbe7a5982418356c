import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ask } from './ask.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram, type Update } from './server.ts';

interface Delivery {
  readonly at: number;
  readonly update: Update;
  readonly secret: string | undefined;
  readonly answer: (status: number, headers?: Record<string, string>, body?: object) => void;
}

let fake: FakeTelegram;
let lan: FakeUser;
let bot: Server;
let url: string;
let seen: Delivery[];
/** What the bot does with the nth delivery; 200 where nothing is said. */
let plan: readonly ((delivery: Delivery) => void)[];

const answerOf =
  (response: ServerResponse): Delivery['answer'] =>
  (status, headers = {}, body) =>
    void response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));

const listen = async (): Promise<void> => {
  bot = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const secret = request.headers['x-telegram-bot-api-secret-token'] as string | undefined;
    const update = JSON.parse(body) as Update;
    const delivery = { at: Date.now(), update, secret, answer: answerOf(response) };
    seen.push(delivery);
    const act = plan[seen.length - 1] ?? (({ answer }) => answer(200));
    act(delivery);
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/telegram`;
};

/** A second of Telegram's, in ms. */
const SECOND = 20;

const start = async (options: object = {}, hook: object = {}): Promise<void> => {
  fake = await startFakeTelegram({ second: SECOND, firstUpdate: 1000, ...options });
  lan = fake.user();
  expect((await ask(fake, 'setWebhook', { url, ...hook })).ok).toBe(true);
};

const until = async (true_: () => boolean): Promise<void> => {
  while (!true_()) await new Promise((resolve) => setTimeout(resolve, 2));
};
const quiet = (): Promise<void> => until(() => fake.pending() === 0);
const ids = (): number[] => seen.map(({ update }) => update.update_id - 1000);
const say = (status: number, headers?: Record<string, string>) => (delivery: Delivery) =>
  delivery.answer(status, headers);

beforeEach(async () => {
  seen = [];
  plan = [];
  await listen();
});
afterEach(async () => {
  await fake.close();
  bot.closeAllConnections();
  await new Promise((resolve) => bot.close(resolve));
});

describe('webhook', () => {
  test('the secret is sent where one was set, and none where none was', async () => {
    await start({}, { secret_token: 'made-up_Secret' });
    lan.say('a');
    await quiet();
    await ask(fake, 'setWebhook', { url });
    lan.say('b');
    await quiet();
    expect(seen.map(({ secret }) => secret)).toEqual(['made-up_Secret', undefined]);
    expect(fake.webhook()).toMatchObject({ url });
  });

  test.each([200, 204, 299])('%d is delivered', async (status) => {
    plan = [say(status)];
    await start();
    lan.say('a');
    await quiet();
    expect(ids()).toEqual([0]);
  });

  test('everything else is tried again: at once, then after 2, 4 seconds', async () => {
    plan = [say(500), say(302), (d) => d.answer(404)];
    await start();
    lan.say('a');
    await quiet();
    expect(ids()).toEqual([0, 0, 0, 0]);
    const gaps = seen.slice(1).map(({ at }, i) => (at - (seen[i]?.at ?? 0)) / SECOND);
    expect(gaps[1]).toBeGreaterThanOrEqual(1.5);
    expect(gaps[2]).toBeGreaterThanOrEqual(3.5);
    const { result } = await ask(fake, 'getWebhookInfo');
    expect(result).toMatchObject({ last_error_message: 'Wrong response from the webhook: 404' });
  });

  test('Retry-After is kept to', async () => {
    plan = [say(503, { 'Retry-After': '5' })];
    await start();
    lan.say('a');
    await quiet();
    expect(ids()).toEqual([0, 0]);
    expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(4 * SECOND);
  });

  test('a try whose time comes while the courier looks at the clock is not forgotten', async () => {
    // Whatever the courier reads of the clock, it is a millisecond later when it reads it again.
    let clock = Date.now();
    const looking = jest.spyOn(Date, 'now').mockImplementation(() => {
      clock += 1;
      return clock;
    });
    plan = Array.from({ length: 20 }, (_, ms) => say(503, { 'Retry-After': String((ms + 1) / SECOND) }));
    try {
      await start();
      lan.say('a');
      await until(() => seen.length === 21);
    } finally {
      looking.mockRestore();
    }
  });

  test('one chat in order, behind its first failure; other chats beside it', async () => {
    let held: Delivery | undefined;
    plan = [
      (delivery) => {
        held = delivery;
      },
    ];
    await start();
    lan.say('a');
    await until(() => seen.length === 1);
    lan.say('b');
    fake.user().say('c');
    await until(() => seen.length === 2);
    expect(ids()).toEqual([0, 2]);
    held?.answer(500);
    await quiet();
    expect(ids()).toEqual([0, 2, 0, 1]);
  });

  test('a press does not wait for a message of the same person', async () => {
    let held: Delivery | undefined;
    plan = [
      (delivery) => {
        held = delivery;
      },
    ];
    await start();
    lan.say('a');
    await until(() => seen.length === 1);
    lan.pressData(1, 'x');
    lan.pressData(1, 'y');
    await until(() => seen.length === 3);
    expect(ids()).toEqual([0, 1, 2]);
    held?.answer(200);
    await quiet();
  });

  test('no more at a time than max_connections', async () => {
    let held: Delivery | undefined;
    plan = [
      (delivery) => {
        held = delivery;
      },
    ];
    await start({}, { max_connections: 1 });
    lan.say('a');
    fake.user().say('b');
    await until(() => seen.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ids()).toEqual([0]);
    held?.answer(200);
    await quiet();
    expect(ids()).toEqual([0, 1]);
  });

  test('who does not answer in time gets it again', async () => {
    plan = [() => undefined];
    await start({ webhookWait: 1_000 });
    lan.say('a');
    await quiet();
    expect(ids().slice(0, 2)).toEqual([0, 0]); // a bot that is busy may be given it once more
  });

  test('after its time an update is dropped, and the next one comes', async () => {
    // Tries at 0, 0, 40 and 120 ms; the next, at 280, would be too late. What comes after it lives for long.
    plan = Array.from({ length: 9 }, () => (delivery: Delivery) => {
      delivery.answer(delivery.update.update_id === 1000 ? 500 : 200);
    });
    await start({ queryLife: 240 });
    fake.push({ callback_query: {} }, 'queue');
    fake.push({ message: {} }, 'queue');
    await quiet();
    // Fewer on a busy machine, never more.
    expect(ids().length).toBeLessThanOrEqual(5);
    expect([new Set(ids().slice(0, -1)), ids().at(-1)]).toEqual([new Set([0]), 1]);
  });

  test('a press is dropped long before a message', async () => {
    plan = Array.from({ length: 9 }, () => (delivery: Delivery) => {
      delivery.answer('callback_query' in delivery.update && seen.length < 9 ? 500 : 200);
    });
    await start({ queryLife: 100 });
    lan.pressData(1, 'x');
    lan.say('a');
    await quiet();
    expect(ids().filter((id) => id === 0).length).toBeLessThanOrEqual(3);
    expect(ids()).toContain(1);
  });

  test('delivered again on demand', async () => {
    await start();
    const update = lan.say('a');
    await quiet();
    fake.redeliver(update);
    await quiet();
    expect(ids()).toEqual([0, 0]);
  });

  test('a call in the answer is carried out, its refusal told to nobody', async () => {
    plan = [(d) => d.answer(200, {}, { method: 'sendMessage', chat_id: lan.id, text: 'chào' })];
    await start();
    lan.say('a');
    expect((await lan.next()).text).toBe('chào');
    expect(fake.calls.at(-1)).toMatchObject({ method: 'sendMessage', byWebhook: true });
  });

  test('a call that asks for something is not carried out from an answer', async () => {
    plan = [(d) => d.answer(200, {}, { method: 'deleteWebhook' })];
    await start();
    lan.say('a');
    await quiet();
    expect(fake.webhook()?.url).toBe(url);
    expect(fake.calls.map(({ method }) => method)).toEqual(['setWebhook']);
  });

  test('an address elsewhere is never called', async () => {
    await start();
    await ask(fake, 'setWebhook', { url: 'https://bot.example/telegram' });
    lan.say('a');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { result } = await ask(fake, 'getWebhookInfo');
    expect(result).toMatchObject({
      pending_update_count: 1,
      last_error_message: 'Failed to resolve host: No address associated with hostname',
    });
    expect(seen).toEqual([]);
  });
});
