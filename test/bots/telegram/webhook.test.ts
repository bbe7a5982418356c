import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { webhookAdvice } from '../../../bots/telegram/webhook.ts';
import type { Inbound } from '../../../src/services/inbound.ts';
import { Overloaded, Unavailable } from '../../../src/store/errors.ts';
import { memoryShelf, type TestShelf } from '../../harness/shelf.ts';
import { type FakeTelegram, startFakeTelegram } from '../../harness/telegram/server.ts';
import { SECRET } from './contract.ts';
import { committed, held, type Stand, type StandOptions, startStand, until } from './stand.ts';

let fake: FakeTelegram;
const stands: Stand[] = [];
beforeEach(async () => {
  // Telegram's seconds are hundredths here: what waits for a repetition need not be waited for.
  fake = await startFakeTelegram({ second: 10 });
});
afterEach(async () => {
  for (const stand of stands.splice(0)) await stand.stop();
  await fake.close();
});

const open = async (options?: StandOptions): Promise<Stand> => {
  const stand = await startStand(fake, { ...options, settings: { webhookSecret: SECRET } });
  stands.push(stand);
  return stand;
};
const calls = (method: string) => fake.calls.filter((call) => call.method === method);

const post = (stand: Stand, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${stand.url}/telegram`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
    body,
  });
const update = (id: number, text = 'chào') =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: 1,
      date: 1_795_400_000,
      chat: { id: 5, type: 'private' },
      from: { id: 5, is_bot: false, first_name: 'M' },
      text,
    },
  });

test('the webhook is set at the start, with the secret, and nothing that waits is dropped', async () => {
  const stand = await open();
  await until('it is set', () => fake.webhook() !== undefined);
  expect(fake.webhook()).toMatchObject({ url: `${stand.url}/telegram`, secret: SECRET });
  expect(calls('setWebhook')[0]?.params).toMatchObject({
    max_connections: 100,
    drop_pending_updates: false,
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  });
  expect(calls('getUpdates')).toEqual([]);
});

test('the webhook is set again and again until it is, and the start does not wait for that', async () => {
  fake.fail('setWebhook', { status: 500, description: 'Internal Server Error' }, 2);
  fake.fail('setWebhook', { status: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } });
  const user = fake.user();
  user.say('một');
  const stand = await open();
  await until('it came', () => stand.door.came.length === 1);
  expect(calls('setWebhook')).toHaveLength(4);
  const [, , third, fourth] = calls('setWebhook').map(({ at }) => at);
  expect((fourth ?? 0) - (third ?? 0)).toBeGreaterThanOrEqual(990);
});

test('at an http address is refused once and for all; the log says what to do, and nothing is polled', async () => {
  const stand = await open({ publicUrl: 'http://khaibao.example' });
  const lines = (level: number) =>
    stand.logged
      .map((text) => JSON.parse(text) as { level: number; msg: string })
      .filter((one) => one.level === level)
      .map(({ msg }) => msg);
  await until('it is refused', () => lines(50).length > 0);
  await pause(400);
  expect(lines(50)).toEqual(['Telegram refuses setting the webhook: it is not tried again']);
  expect(lines(40)).toEqual([
    expect.stringMatching(/PUBLIC_URL an https:\/\/.*TELEGRAM_WEBHOOK_SECRET away/),
  ]);
  expect(calls('setWebhook')).toHaveLength(1);
  expect(calls('getUpdates')).toEqual([]);
});

test('a name that Telegram does not find yet is tried again', async () => {
  const description = 'Bad Request: bad webhook: Failed to resolve host: Name or service not known';
  fake.fail('setWebhook', { status: 400, description });
  await open();
  await until('it is set', () => fake.webhook() !== undefined);
});

test.each([
  ['https://khaibao.example', false],
  ['http://localhost:3000', false],
  ['http://127.0.0.1:3000', false],
  ['http://10.0.0.5', true],
  ['http://127.0.0.1.example', true],
])('the address %s is advised about: %p', (url, isTold) => {
  expect(webhookAdvice(url) !== undefined).toBe(isTold);
});

describe('the answer', () => {
  test('comes after the commit', async () => {
    const commit = held();
    const stand = await open({ door: () => commit.promise });
    let answered = false;
    const posting = post(stand, update(1)).then((response) => {
      answered = true;
      return response;
    });
    await until('it is handed in', () => stand.door.came.length === 1);
    await pause(50);
    expect(answered).toBe(false);
    commit.release();
    expect((await posting).status).toBe(200);
  });

  test.each([new Unavailable('away'), new Overloaded('full')])('is "come again" for $name', async (error) => {
    const stand = await open({ door: () => Promise.reject(error) });
    const response = await post(stand, update(1));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });

  test.each([
    ['no secret', update(1), { 'x-telegram-bot-api-secret-token': '' }, 401],
    ['a wrong secret', update(1), { 'x-telegram-bot-api-secret-token': `${SECRET}x` }, 401],
    ['no secret and no JSON: the body is not even read', '{', { 'x-telegram-bot-api-secret-token': '' }, 401],
    ['no JSON', '{', {}, 400],
    ['no update', '{"a":1}', {}, 400],
    ['another type', update(1), { 'content-type': 'text/plain' }, 400],
    ['too much', JSON.stringify({ update_id: 1, a: 'x'.repeat(1_100_000) }), {}, 413],
    ['a kind nobody knows', '{"update_id":1,"brand_new":{}}', {}, 200],
    ['a form nobody knows', '{"update_id":1,"message":{"chat":7}}', {}, 200],
  ] as const)('to %s', async (_, body, headers, status) => {
    const stand = await open();
    expect((await post(stand, body, headers)).status).toBe(status);
    expect(stand.door.came).toEqual([]);
    expect(stand.ignored).toHaveLength(status === 200 ? 1 : 0);
  });
});

test('without a secret of ours there is no webhook, and whatever is posted is refused', async () => {
  const stand = await startStand(fake);
  stands.push(stand);
  expect((await post(stand, update(1))).status).toBe(404);
  const headers = { 'x-telegram-bot-api-secret-token': '' };
  expect(await stand.channel.receive({ headers, body: JSON.parse(update(1)) })).toMatchObject({
    kind: 'refused',
    status: 401,
  });
});

test('an update that was refused for a while comes again by the same id, in its order', async () => {
  let away = true;
  const order: string[] = [];
  const stand = await open({
    door: async ({ event }) => {
      if (away) throw new Unavailable('away');
      order.push(event.type === 'text' ? event.text : '');
      return committed();
    },
  });
  const user = fake.user();
  for (const text of ['một', 'hai', 'ba']) user.say(text);
  await until('it was turned away twice', () => stand.door.came.length > 1);
  away = false;
  await until('all came', () => order.length === 3);
  expect(order).toEqual(['một', 'hai', 'ba']);
  expect(stand.door.came[0]?.deliveryId).toBe(stand.door.came[1]?.deliveryId);
});

test('a delivery that comes twice has the same id both times', async () => {
  const stand = await open();
  const id = fake.user().say('một');
  await until('it came', () => stand.door.came.length === 1);
  fake.redeliver(id);
  await until('it came again', () => stand.door.came.length === 2);
  expect(stand.door.came.map(({ deliveryId }) => deliveryId)).toEqual([String(id), String(id)]);
});

describe('what an earlier process, which polled, has left on the shelf', () => {
  /** Two chats, `a` and `b`, and what they said. */
  const left = ['a1', 'b2', 'a3', 'b4', 'a5'];
  const filled = async (): Promise<TestShelf> => {
    const shelf = memoryShelf();
    for (const text of left) {
      const [address = '', order = ''] = text;
      const message: Inbound = {
        channel: 'telegram',
        deliveryId: order,
        address,
        event: { type: 'text', text },
        at: 0,
      };
      await shelf.put(message, Number(order));
    }
    return shelf;
  };
  /** A door that is not open to everything; what it took. */
  const taking = (refusal: (text: string) => Error | undefined) => {
    const took: string[] = [];
    const door = async ({ event }: Inbound) => {
      const text = event.type === 'text' ? event.text : '';
      const refused = refusal(text);
      if (refused !== undefined) throw refused;
      took.push(text);
      return committed();
    };
    return { took, door };
  };
  const ofChat = (took: readonly string[], chat: string) => took.filter((text) => text.startsWith(chat));
  const isEmpty = ({ rows }: TestShelf) => until('the shelf is empty', () => rows.size === 0);

  test('is taken, each chat’s in its order, also when the store was away at the start', async () => {
    const shelf = await filled();
    let refusals = 4;
    const away = () => {
      refusals -= 1;
      return refusals >= 0 ? new Unavailable('Lò Thị Bí Mật') : undefined;
    };
    const { took, door } = taking(away);
    const stand = await open({ shelf, door });
    await isEmpty(shelf);
    expect(ofChat(took, 'a')).toEqual(['a1', 'a3', 'a5']);
    expect(ofChat(took, 'b')).toEqual(['b2', 'b4']);
    expect(shelf.parked).toEqual([]);
    expect(stand.logged.join('')).not.toContain('Bí Mật');
  });

  test('also when the shelf itself could not be read, or not be cleared', async () => {
    const shelf = await filled();
    const failsOnce = <A extends unknown[], T>(task: (...given: A) => Promise<T>) => {
      let failed = false;
      return async (...given: A): Promise<T> => {
        if (failed) return task(...given);
        failed = true;
        throw new Unavailable('Lò Thị Bí Mật');
      };
    };
    const { took, door } = taking(() => undefined);
    const broken: TestShelf = { ...shelf, left: failsOnce(shelf.left), drop: failsOnce(shelf.drop) };
    const stand = await open({ shelf: broken, door });
    await isEmpty(shelf);
    expect([...new Set(ofChat(took, 'a'))]).toEqual(['a1', 'a3', 'a5']);
    expect(stand.logged.join('')).not.toContain('Bí Mật');
  });

  test('and of it what always fails is parked; the others go on', async () => {
    const shelf = await filled();
    const mistake = new TypeError('a mistake of ours');
    const { took, door } = taking((text) => (text === 'a1' ? mistake : undefined));
    await open({ shelf, door });
    await isEmpty(shelf);
    expect(ofChat(took, 'a')).toEqual(['a3', 'a5']);
    expect(ofChat(took, 'b')).toEqual(['b2', 'b4']);
    expect(shelf.parked).toMatchObject([{ message: { event: { text: 'a1' } }, error: mistake }]);
  });
});
