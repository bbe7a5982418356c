import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ask, type Said } from './ask.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram, type Update } from './server.ts';

let fake: FakeTelegram;
let lan: FakeUser;
beforeEach(async () => {
  // A second of Telegram's is a tenth of ours here; nobody sleeps for the sake of a test.
  fake = await startFakeTelegram({ second: 100, firstUpdate: 1000 });
  lan = fake.user();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fake.close();
});

const idsOf = ({ result }: Said): number[] => (result as Update[]).map(({ update_id }) => update_id);
const get = async (params: object = {}): Promise<number[]> => idsOf(await ask(fake, 'getUpdates', params));
/** Until the server has got so many calls. */
const came = async (count: number): Promise<void> => {
  while (fake.calls.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
};
const OTHER =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

describe('getUpdates', () => {
  test('an offset confirms all before it, and nothing else does', async () => {
    for (const text of ['a', 'b', 'c']) lan.say(text);
    expect(await get()).toEqual([1000, 1001, 1002]);
    expect(await get()).toEqual([1000, 1001, 1002]);
    expect(fake.confirmed()).toBe(0);
    expect(await get({ offset: 1002 })).toEqual([1002]);
    expect(fake.confirmed()).toBe(1001);
    expect(await get({ offset: 1000 })).toEqual([1002]);
    expect(await get({ offset: 1003 })).toEqual([]);
    expect(fake.pending()).toBe(0);
  });

  test('limit takes the first, brought into 1–100', async () => {
    for (let i = 0; i < 101; i += 1) lan.say('a');
    expect(await get({ limit: 2 })).toEqual([1000, 1001]);
    expect(await get({ limit: 0 })).toEqual([1000]);
    expect(await get({ limit: 1000 })).toHaveLength(100);
  });

  test('a negative offset forgets all but the last ones', async () => {
    for (const text of ['a', 'b', 'c']) lan.say(text);
    expect(await get({ offset: -1 })).toEqual([1002]);
    expect(await get()).toEqual([1002]);
  });

  test('it waits for something to come, and no longer than it was told', async () => {
    const waiting = get({ timeout: 50 });
    await came(1);
    lan.say('a');
    expect(await waiting).toEqual([1000]);
    const before = Date.now();
    expect(await get({ offset: 1001, timeout: 3 })).toEqual([]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(295);
  });

  test('a second one ends the first', async () => {
    const first = ask(fake, 'getUpdates', { timeout: 50 });
    await came(1);
    const second = get({ timeout: 50 });
    const { error_code, description } = await first;
    expect([error_code, description]).toEqual([409, OTHER]);
    lan.say('a');
    expect(await second).toEqual([1000]);
  });

  test('one whose caller hung up hears nothing, and loses nothing', async () => {
    const caller = new AbortController();
    const left = ask(fake, 'getUpdates', { timeout: 50 }, caller.signal);
    await came(1);
    caller.abort();
    await expect(left).rejects.toThrow('aborted');
    // The server lets go at once, not when the time of waiting is over: nobody is left to tell of a conflict.
    const before = Date.now();
    while (fake.calls[0]?.answer === undefined) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(Date.now() - before).toBeLessThan(4_000);
    lan.say('a');
    expect(await get()).toEqual([1000]);
    expect(fake.calls[0].answer).toEqual({ status: 200, result: [] });
  });

  test('a webhook and polling exclude each other', async () => {
    const polling = ask(fake, 'getUpdates', { timeout: 50 });
    await came(1);
    await ask(fake, 'setWebhook', { url: 'https://bot.example/telegram' });
    expect((await polling).description).toBe('Conflict: terminated by setWebhook request');
    const refused = await ask(fake, 'getUpdates');
    expect(refused.description).toBe(
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    lan.say('a');
    await ask(fake, 'deleteWebhook');
    expect(await get()).toEqual([1000]);
    lan.say('b');
    await ask(fake, 'deleteWebhook', { drop_pending_updates: true });
    expect(await get()).toEqual([]);
  });

  test('only what was asked for comes, until something else is asked for', async () => {
    await get({ allowed_updates: ['callback_query'] });
    expect(lan.say('a')).toBe(0);
    await get();
    expect(lan.say('b')).toBe(0);
    await get({ allowed_updates: [] });
    expect(lan.say('c')).toBe(1000);
  });

  test('a press is dropped when its time is over; a message is not', async () => {
    lan.say('a');
    lan.pressData(1, 'x');
    expect(await get()).toEqual([1000, 1001]);
    const later = Date.now() + 151_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    expect(await get()).toEqual([1000]);
  });

  test('what is not confirmed can come again; what is, never', async () => {
    const first = lan.say('a');
    expect(await get()).toEqual([1000]);
    fake.redeliver(first);
    expect(await get()).toEqual([1000]);
    await get({ offset: 1001 });
    expect(() => fake.redeliver(first)).toThrow('confirmed');
    expect(() => fake.redeliver(5)).toThrow('never was');
  });
});

describe('ordered faults', () => {
  test('429 as often as ordered, for the chat it was ordered for', async () => {
    lan.say('a');
    const other = fake.user();
    other.say('a');
    const answer = {
      status: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    };
    fake.fail('sendMessage', answer, 1, lan.id);
    expect((await ask(fake, 'sendMessage', { chat_id: other.id, text: 'a' })).ok).toBe(true);
    const refused = await ask(fake, 'sendMessage', { chat_id: lan.id, text: 'a' });
    expect(refused).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    expect((await ask(fake, 'sendMessage', { chat_id: lan.id, text: 'a' })).ok).toBe(true);
    expect(lan.screen()).toHaveLength(1);
  });

  test.each([
    ['drop', 0],
    ['lost', 1],
    ['garbage', 0],
  ] as const)('%s', async (fault, arrived) => {
    lan.say('a');
    fake.fail('sendMessage', fault);
    await expect(ask(fake, 'sendMessage', { chat_id: lan.id, text: 'a' })).rejects.toThrow();
    expect(lan.screen()).toHaveLength(arrived);
  });

  test('hang answers never', async () => {
    fake.fail('getMe', 'hang');
    const caller = new AbortController();
    const waiting = ask(fake, 'getMe', {}, caller.signal);
    await came(1);
    setTimeout(() => caller.abort(), 50);
    await expect(waiting).rejects.toThrow('aborted');
    expect((await ask(fake, 'getMe')).ok).toBe(true);
  });

  test('an outage is 502 for all, also for who waits; refused lines are cut', async () => {
    const waiting = ask(fake, 'getUpdates', { timeout: 50 });
    await came(1);
    fake.outage(true);
    expect((await waiting).error_code).toBe(502);
    expect((await ask(fake, 'getMe')).description).toBe('Bad Gateway');
    fake.outage('refuse');
    await expect(ask(fake, 'getMe')).rejects.toThrow('fetch failed');
    fake.outage(false);
    expect((await ask(fake, 'getMe')).ok).toBe(true);
  });
});
