import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Unavailable } from '../../../src/store/errors.ts';
import { type FakeTelegram, startFakeTelegram } from '../../harness/telegram/server.ts';
import { committed, held, isSetUp, type Stand, type StandOptions, startStand, until } from './stand.ts';

let fake: FakeTelegram;
const stands: Stand[] = [];
beforeEach(async () => {
  fake = await startFakeTelegram();
});
afterEach(async () => {
  for (const stand of stands.splice(0)) await stand.stop();
  await fake.close();
});

const open = async (options?: StandOptions): Promise<Stand> => {
  const stand = await startStand(fake, options);
  stands.push(stand);
  return stand;
};
const texts = ({ door }: Stand) =>
  door.came.map(({ event }) => (event.type === 'text' ? event.text : event.type));
const calls = (method: string) => fake.calls.filter((call) => call.method === method);
const warnings = ({ logged }: Stand) =>
  logged
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .filter(({ level }) => level === 40)
    .map(({ msg }) => msg);

describe('an offset is confirmed', () => {
  test('only after the commit of everything before it', async () => {
    const [first, second] = [held(), held()];
    const stand = await open({
      door: ({ deliveryId }) => (deliveryId === String(a) ? first : second).promise,
    });
    let a = fake.user().say('một');
    const b = fake.user().say('hai');
    a = Math.min(a, b);
    await until('both are handed in', () => stand.door.came.length === 2);
    second.release();
    await pause(100);
    expect(fake.confirmed()).toBe(0);
    first.release();
    await until('both are confirmed', () => fake.confirmed() === Math.max(a, b));
  });

  test('when the process is stopped, for what was committed; and the long poll ends at once', async () => {
    let [took, confirmed] = [Number.POSITIVE_INFINITY, false];
    // After 3 s it would not wait for the long poll any longer, every time; a machine that is busy is not so three times.
    for (let n = 0; n < 3 && took > 2_900; n += 1) {
      const stand = await open();
      const id = fake.user().say('một');
      await until('it came', () => stand.door.came.some(({ deliveryId }) => deliveryId === String(id)));
      const began = Date.now();
      await stand.channel.stop();
      took = Date.now() - began;
      confirmed = fake.confirmed() === id;
    }
    expect(took).toBeLessThan(2_900);
    expect(confirmed).toBe(true);
  });

  test('not when the commit never came; the next process hears it again, by the same id', async () => {
    const never = held();
    const stand = await open({ door: () => never.promise });
    const id = fake.user().say('một');
    await until('it came', () => stand.door.came.length === 1);
    const began = Date.now();
    await stand.channel.stop();
    expect(Date.now() - began).toBeLessThan(10_000); // what a clean stop may take in all
    expect(fake.confirmed()).toBeLessThan(id);
    const next = await open();
    await until('it came again', () => next.door.came.length === 1);
    expect(next.door.came[0]?.deliveryId).toBe(String(id));
    never.release();
  });

  test('not when the process dies between the commit and the confirmation', async () => {
    const commit = held();
    const stand = await open({ door: () => commit.promise });
    const id = fake.user().say('một');
    await until('it came', () => stand.door.came.length === 1);
    fake.outage('refuse');
    commit.release();
    await stand.channel.stop();
    fake.outage(false);
    expect(fake.confirmed()).toBeLessThan(id);
    const next = await open();
    await until('it came again', () => next.door.came.length === 1);
    expect(next.door.came[0]?.deliveryId).toBe(stand.door.came[0]?.deliveryId);
    await until('it is confirmed', () => fake.confirmed() === id);
  });
});

describe('an update that was not taken', () => {
  test('is asked for again, and nothing behind it is confirmed before', async () => {
    let away = true;
    const [mine, other] = [fake.user(), fake.user()];
    const stand = await open({
      door: async (inbound) => {
        if (away && inbound.address === String(mine.id)) throw new Unavailable('away');
        return committed();
      },
    });
    const first = mine.say('một');
    const behind = other.say('hai');
    await until('it was asked for again', () => texts(stand).filter((text) => text === 'một').length > 2);
    expect(fake.confirmed()).toBeLessThan(first);
    expect(texts(stand)).toContain('hai');
    away = false;
    await until('all is confirmed', () => fake.confirmed() === behind);
    expect(warnings(stand)).toEqual(['updates could not be taken and wait at Telegram']);
    const ids = stand.door.came.filter(({ address }) => address === String(other.id));
    expect(new Set(ids.map(({ deliveryId }) => deliveryId)).size).toBe(1);
  });

  test('keeps what the same person said after it waiting: the order stays theirs', async () => {
    let failures = 3;
    const order: string[] = [];
    const stand = await open({
      door: async ({ event }) => {
        const text = event.type === 'text' ? event.text : '';
        if (text === 'hai' && failures-- > 0) throw new Unavailable('away');
        order.push(text);
        return committed();
      },
    });
    fake.outage(true);
    const user = fake.user();
    for (const text of ['một', 'hai', 'ba', 'bốn']) user.say(text);
    fake.outage(false);
    await until('the last came', () => order.includes('bốn'));
    expect([...new Set(order)]).toEqual(['một', 'hai', 'ba', 'bốn']);
    expect(order.indexOf('ba')).toBeGreaterThan(order.indexOf('hai'));
    expect(stand.door.came.length).toBeGreaterThan(4);
  });

  test('is passed over when it fails for no reason that passes, so that the province goes on', async () => {
    const bad = fake.user();
    const stand = await open({
      door: async ({ address }) => {
        if (address === String(bad.id)) throw new TypeError('a mistake of ours');
        return committed();
      },
    });
    bad.say('một');
    const good = fake.user().say('hai');
    await until('the one behind it is confirmed', () => fake.confirmed() === good);
    expect(texts(stand).filter((text) => text === 'một')).toHaveLength(5);
    expect(stand.logged.join('')).toContain('an update fails again and again: it is passed over');
    expect(stand.shelf.parked).toMatchObject([
      {
        message: { event: { text: 'một' }, address: String(bad.id) },
        error: { message: 'a mistake of ours' },
      },
    ]);
  });
});

describe('one chat that is always turned away', () => {
  const refusing = (bad: () => readonly number[]) => async (inbound: { address: string }) => {
    if (bad().includes(Number(inbound.address))) throw new Unavailable('Lò Thị Bí Mật');
    return committed();
  };
  const heard = ({ door }: Stand, from: number): number =>
    new Set(door.came.filter(({ address }) => Number(address) >= from).map(({ deliveryId }) => deliveryId))
      .size;

  test.each([1, 150])('keeps nobody else waiting, with %p updates before them', async (count) => {
    fake.outage(true);
    const bad = fake.user();
    for (let n = 0; n < count; n += 1) bad.say(`mãi ${n}`);
    const others = Array.from({ length: 220 }, () => fake.user());
    for (const other of others) other.say('chào');
    const stand = await open({ door: refusing(() => [bad.id]) });
    fake.outage(false);
    await until('all others were heard', () => heard(stand, bad.id + 1) === others.length);
    const ids = stand.door.came
      .filter(({ address }) => Number(address) > bad.id)
      .map((one) => one.deliveryId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(stand.logged.join('')).not.toContain('passed over');
  });

  test('is heard by the next process, in its order, when this one dies before it is', async () => {
    const bad = fake.user();
    fake.outage(true);
    const said = Array.from({ length: 120 }, (_, n) => `câu ${n}`);
    const dying = await open({ door: refusing(() => [bad.id]) });
    for (const text of said) bad.say(text);
    fake.outage(false);
    await until('some are on the shelf', () => dying.shelf.rows.size > 0 && fake.confirmed() > 0);
    await dying.stop();
    const order: string[] = [];
    const { shelf } = dying;
    await open({
      shelf,
      door: async ({ event }) => {
        order.push(event.type === 'text' ? event.text : '');
        return committed();
      },
    });
    await until('all came', () => order.length >= said.length);
    expect(order).toEqual(said);
    await until('the shelf is empty', () => shelf.rows.size === 0);
  });

  test('is heard in its order when it is taken after all, from aside too', async () => {
    let away = true;
    const bad = fake.user();
    fake.outage(true);
    const said = Array.from({ length: 120 }, (_, n) => `câu ${n}`);
    await open({
      door: async (inbound) => {
        if (away) throw new Unavailable('away');
        order.push(inbound.event.type === 'text' ? inbound.event.text : '');
        return committed();
      },
    });
    const order: string[] = [];
    for (const text of said) bad.say(text);
    fake.outage(false);
    await until('some are aside', () => fake.confirmed() > 0);
    away = false;
    await until('all came', () => order.length === said.length);
    expect(order).toEqual(said);
  });

  test('is passed over after five minutes, with a line in the log that quotes nobody', async () => {
    const began = Date.now();
    const bad = fake.user();
    const other = fake.user();
    // A real second is ten minutes of the channel's.
    const now = () => began + (Date.now() - began) * 600;
    const stand = await open({ now, door: refusing(() => [bad.id]) });
    const stuck = bad.say('một');
    const talking = setInterval(() => other.say('chào'), 20);
    await until('it is passed over', () => fake.confirmed() > stuck);
    clearInterval(talking);
    const log = stand.logged.join('');
    expect(log).toContain('an update fails again and again: it is passed over');
    expect(log).toContain('"code":"unavailable"');
    expect(log).not.toContain('Bí Mật');
    expect(stand.shelf.parked).toMatchObject([{ message: { event: { text: 'một' } } }]);
    expect((Date.now() - began) * 600).toBeGreaterThan(300_000);
  });

  test('is not passed over while nobody is taken: the store is away', async () => {
    const began = Date.now();
    const now = () => began + (Date.now() - began) * 6_000;
    const users = [fake.user(), fake.user()];
    const stand = await open({ now, door: refusing(() => users.map(({ id }) => id)) });
    const stuck = users.map((user) => user.say('một'));
    await pause(500);
    expect(fake.confirmed()).toBeLessThan(Math.min(...stuck));
    expect(stand.logged.join('')).not.toContain('passed over');
  });
});

test('after six days of silence the offset is forgotten: the next id may be any', async () => {
  let clock = Date.now();
  const stand = await open({ now: () => clock });
  const user = fake.user();
  user.say('một');
  await until('the next is asked for', () => 'offset' in (calls('getUpdates').at(-1)?.params ?? {}));
  clock += 6 * 86_400_000 - 1_000;
  user.say('hai');
  await until('it came', () => texts(stand).includes('hai'));
  await pause(50);
  expect(calls('getUpdates').at(-1)?.params).toHaveProperty('offset');
  clock += 6 * 86_400_000 + 1_000;
  // The question that waits at Telegram ends, as each does after 50 seconds.
  fake.outage(true);
  fake.outage(false);
  await until('it asks anew', () => !('offset' in (calls('getUpdates').at(-1)?.params ?? { offset: 0 })));
  user.say('ba');
  await until('it came', () => texts(stand).includes('ba'));
});

describe('trouble', () => {
  test.each([
    ['502', true],
    ['cut lines', 'refuse'],
  ] as const)(
    'an outage (%s) is one sentence, and what was said meanwhile comes in order',
    async (_, how) => {
      const stand = await open();
      await until('it polls and is set up', () => isSetUp(fake) && calls('getUpdates').length > 0);
      fake.outage(how);
      const user = fake.user();
      for (const text of ['một', 'hai', 'ba']) user.say(text);
      await until('it is told', () => warnings(stand).length > 0);
      await pause(300);
      fake.outage(false);
      await until('all came', () => texts(stand).length === 3);
      expect(texts(stand)).toEqual(['một', 'hai', 'ba']);
      expect(warnings(stand)).toEqual(['Telegram cannot be asked for updates, tried again until it can']);
      expect(stand.logged.join('')).toContain('updates come again');
    },
  );

  test.each([
    ['garbage', 'garbage'],
    ['an answer of another form', { status: 200, description: 'ok' }],
  ] as const)('%s in the place of updates is trouble too, not the end', async (_, answer) => {
    const stand = await open();
    await until('it polls', () => calls('getUpdates').length > 0);
    fake.fail('getUpdates', answer, 2);
    const user = fake.user();
    user.say('một');
    user.say('hai');
    await until('both came', () => texts(stand).includes('hai'));
  });

  test('a second process is a sentence in the log, and it goes on', async () => {
    const stand = await open();
    const description =
      'Conflict: terminated by other getUpdates request; make sure that only one bot is running';
    fake.fail('getUpdates', { status: 409, description }, 3);
    fake.user().say('một');
    await until('it came', () => texts(stand).includes('một'));
    fake.user().say('hai');
    await until('it came', () => texts(stand).includes('hai'));
    expect(warnings(stand).filter((text) => text.startsWith('another process is asking'))).toHaveLength(1);
  });

  test('a webhook that somebody has set is taken away: polling was asked for', async () => {
    const stand = await open();
    await until('it polls', () => calls('getUpdates').length > 0);
    const before = calls('deleteWebhook').length;
    const url = encodeURIComponent('http://127.0.0.1:9/x');
    await fetch(`${fake.apiRoot}/bot${fake.token}/setWebhook?url=${url}`);
    await until('it was taken away', () => calls('deleteWebhook').length > before);
    fake.user().say('một');
    await until('it came', () => texts(stand).includes('một'));
  });

  test('a 429 is obeyed to the second', async () => {
    const stand = await open();
    const parameters = { retry_after: 1 };
    fake.fail('getUpdates', { status: 429, description: 'Too Many Requests: retry after 1', parameters });
    fake.user().say('một');
    fake.user().say('hai');
    await until('it came', () => texts(stand).includes('hai'));
    const refused = calls('getUpdates').findIndex(({ answer }) => answer?.status === 429);
    expect(refused).toBeGreaterThanOrEqual(0);
    const [at, next] = calls('getUpdates').slice(refused, refused + 2);
    expect((next?.at ?? 0) - (at?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });
});

describe('the start', () => {
  test('with a wrong token ends with a sentence that names the setting and not the token', async () => {
    const token = '987654321:AAanotherMadeUpToken_0123456789-abcd';
    const opening = open({ settings: { token } });
    await expect(opening).rejects.toThrow(/TELEGRAM_BOT_TOKEN/);
    await expect(opening).rejects.not.toThrow(token);
  });

  test('without the network goes on, and messages come when it is back', async () => {
    fake.outage('refuse');
    const user = fake.user();
    const stand = await open();
    expect(stand.channel.deepLink?.('KN123456')).toBeUndefined();
    user.say('một');
    fake.outage(false);
    await until('it came', () => texts(stand).includes('một'));
    await until('its name is known', () => stand.channel.deepLink?.('KN123456') !== undefined);
    await until('it is set up', () => isSetUp(fake));
    expect(stand.logged.join('')).not.toContain(fake.token);
  });

  test('leaves what waits at Telegram where it is', async () => {
    await open();
    await until('it polls', () => calls('getUpdates').length > 0);
    expect(calls('deleteWebhook')[0]?.params).toMatchObject({ drop_pending_updates: false });
    expect(calls('getUpdates')[0]?.params).toMatchObject({
      limit: 50,
      timeout: 50,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
    expect(calls('getUpdates')[0]?.params).not.toHaveProperty('offset');
  });
});
