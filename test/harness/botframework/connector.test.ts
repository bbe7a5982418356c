import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startAgentsBot } from './agents-bot.ts';
import { startBotbuilderBot } from './botbuilder-bot.ts';
import type { SmallBot } from './bots.ts';
import { type Connector, startConnector } from './connector.ts';
import type { TokenWish } from './identity.ts';

describe.each([
  ['botbuilder', startBotbuilderBot],
  ['agents', startAgentsBot],
] as const)('a bot made with %s', (_, startBot) => {
  let connector: Connector;
  let bot: SmallBot;
  beforeAll(async () => {
    connector = await startConnector();
    bot = await startBot(connector);
  });
  afterAll(async () => {
    await bot.close();
    await connector.close();
  });

  test('hears what is said and is heard, with tokens on both sides', async () => {
    const person = connector.person();
    await person.join();
    const { status, ms } = await person.say('xin chào');
    expect(await person.hear('nghe')).toBe('nghe: xin chào');
    expect([status, ms > 0]).toEqual([200, true]);
    const call = connector.calls.at(-1);
    expect(call).toMatchObject({ method: 'POST', status: 200, body: { text: 'nghe: xin chào' } });
    expect(connector.identity.issued(call?.token)).toBe(true);
  });

  test('has its buttons pressed', async () => {
    const person = connector.person({ channelId: 'directline' });
    await person.say('nút');
    expect(await person.hear('Bấm đi')).toBe('Bấm đi\n[Khai báo]');
    await person.press('Khai báo');
    expect(await person.hear('nghe')).toBe('nghe: /khaibao');
    expect(person.buttons()).toEqual([]);
    await expect(person.press('Khai báo')).rejects.toThrow('no button "Khai báo"');
    await person.say('thẻ');
    expect(await person.hear('đồng ý')).toBe('Anh/chị đồng ý không?\n[Đồng ý]');
    await person.press('Đồng ý', { more: 1 });
    expect(await person.hear('value')).toBe('value {"pressed":"yes","more":1}');
  });

  test.each(['msteams', 'webchat'])('fetches a photo from %s', async (channelId) => {
    const person = connector.person({ channelId });
    await person.attach(new Uint8Array(1234), 'image/jpeg');
    expect(await person.hear('byte')).toBe('1234 byte');
  });

  test('edits where that can be', async () => {
    const person = connector.person({ channelId: 'msteams' });
    await person.say('sửa');
    await person.hear('đã sửa');
    expect(person.screen()).toEqual(['sửa', 'đã sửa']);
    expect(connector.calls.at(-1)).toMatchObject({ method: 'PUT', status: 200 });
  });

  test('speaks unasked, and is told when the channel is throttled', async () => {
    const person = connector.person();
    await person.say('một');
    await bot.remind('đừng quên');
    expect(await person.hear('đừng')).toBe('đừng quên');
    connector.fail({ status: 403 });
    await expect(bot.remind('hai')).rejects.toMatchObject({ message: expect.stringMatching(/./) });
    await bot.remind('ba');
    await person.hear('ba');
  });
});

describe('with tokens of every kind', () => {
  let connector: Connector;
  let bot: SmallBot;
  beforeAll(async () => {
    connector = await startConnector();
    bot = await startBotbuilderBot(connector);
    jest.spyOn(console, 'error').mockReturnValue(undefined);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await bot.close();
    await connector.close();
  });
  const ask = async (authorization: string | null): Promise<number> => {
    const person = connector.person();
    return (await person.post(person.activity({ text: 'ai đó', id: '1' }), { authorization })).status;
  };

  const RIGHT: readonly [string, TokenWish][] = [
    ['nothing special', {}],
    ['ended within the clock skew', { expires: -240 }],
    ['not yet valid within the clock skew', { notBefore: 240 }],
  ];
  test.each(RIGHT)("Microsoft's SDK believes a token with %s", async (_, wish) => {
    expect(await ask(`Bearer ${connector.identity.signToken(wish)}`)).toBe(200);
  });

  const WRONG: readonly [string, TokenWish][] = [
    ['another issuer', { issuer: 'https://api.example.com' }],
    ['another audience', { audience: 'somebody-else' }],
    ['another service URL', { serviceUrl: 'http://127.0.0.1:1/' }],
    ['no service URL', { serviceUrl: null }],
    ['its end beyond the clock skew', { expires: -360 }],
    ['its begin beyond the clock skew', { notBefore: 360 }],
    ['the signature of a stranger', { key: 'stranger', kid: 'key-ours' }],
    ['an unknown key', { key: 'stranger' }],
    ['a key for other channels', { key: 'elsewhere' }],
    ['no signature', { alg: 'none' }],
    ['the public key as a shared secret', { alg: 'HS256' }],
  ];
  test.each(WRONG)("Microsoft's SDK refuses a token with %s", async (_, wish) => {
    expect(await ask(`Bearer ${connector.identity.signToken(wish)}`)).toBeGreaterThanOrEqual(400);
  });

  test("Microsoft's SDK refuses no token and half a token", async () => {
    const token = connector.identity.signToken();
    expect(await ask(null)).toBe(401);
    expect(await ask(`Bearer ${token.slice(0, -20)}`)).toBeGreaterThanOrEqual(400);
    expect(await ask(`Bearer ${token.slice(0, token.length / 2)}`)).toBeGreaterThanOrEqual(400);
  });
});

test('without authentication neither side shows anything', async () => {
  const connector = await startConnector({ auth: false });
  const bot = await startBotbuilderBot(connector);
  const person = connector.person({ channelId: 'emulator' });
  await person.say('xin chào');
  await person.hear('nghe: xin chào');
  expect(connector.calls.map(({ token }) => token)).toEqual([undefined]);
  expect(connector.env).toEqual({ BOT_FRAMEWORK: 'on', BOT_FRAMEWORK_HOSTS: '127.0.0.1' });
  await bot.close();
  await connector.close();
});
