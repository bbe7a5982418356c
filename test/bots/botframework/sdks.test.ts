import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Channel } from '../../../bots/port.ts';
import { SendError } from '../../../src/delivery/outgoing.ts';
import { line, type Say } from '../../../src/dialogue/say.ts';
import { startTestApp, type TestApp } from '../../harness/app.ts';
import { readable } from '../../harness/botframework/activity.ts';
import { type Connector, startConnector } from '../../harness/botframework/connector.ts';
import type { BotPerson } from '../../harness/botframework/person.ts';
import { until } from '../../services/converse/toy.ts';
import { faultsOf, requests, unbelievable } from './contract.ts';

/** Both must do the same: whoever exchanges one for the other changes a setting and nothing else. */
const SDKS = ['botbuilder', 'agents'] as const;

const channelOf = (app: TestApp): Channel => {
  const channel = app.channels.get('botframework');
  if (channel === undefined) throw new Error('the channel is not on');
  return channel;
};

const addressOf = async (channel: Channel, connector: Connector, person: BotPerson): Promise<string> => {
  const request = requests(connector, person)({ activity: { text: 'xin chào' } });
  const received = await channel.receive(request);
  if (received.kind !== 'messages') throw new Error(`refused: ${JSON.stringify(received)}`);
  return received.messages[0]?.address ?? '';
};

const two = [
  { id: 'yes', label: line('word.yes') },
  { id: 'no', label: line('word.no') },
];
const note = (turn: number): Say => ({ notes: [line('engine.dropped')], turn });
const question = (turn: number, more: Partial<Say> = {}): Say => ({
  notes: [],
  ask: line('withdraw.sure'),
  choices: two,
  turn,
  ...more,
});

describe.each(SDKS)('by %s', (sdk) => {
  let connector: Connector;
  let app: TestApp;
  let channel: Channel;
  beforeAll(async () => {
    connector = await startConnector();
    app = await startTestApp({ ...connector.env, BOT_FRAMEWORK_SDK: sdk });
    connector.bot(`${app.url}/api/messages`);
    channel = channelOf(app);
  });
  afterAll(async () => {
    await app.end();
    await connector.close();
  });
  const send = (address: string, say: Say, more: Partial<Parameters<Channel['send']>[0]> = {}) =>
    channel.send({ id: `${sdk}:${address.length}:${say.turn}`, address, lang: 'vi', say, ...more });

  test('nobody is believed without the right token', async () => {
    const request = requests(connector, connector.person());
    for (const { title, request: wrong, status } of unbelievable(request)) {
      const answer = await fetch(`${app.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(wrong.headers as Record<string, string>) },
        body: JSON.stringify(wrong.body),
      });
      expect({ title, status: answer.status }).toEqual({ title, status });
    }
  });

  test.each([
    ['that ended four minutes ago', { expires: -240 }],
    ['that begins in four minutes', { notBefore: 240 }],
  ])('clocks may differ: a token %s', async (_, token) => {
    const request = requests(connector, connector.person())({ activity: { text: 'xin chào' }, token });
    expect(await channel.receive(request)).toMatchObject({ kind: 'messages' });
  });

  test('a repeated post is the same delivery: it is answered once', async () => {
    const person = connector.person();
    const [first, again] = [await person.say('khai báo', { id: 'twice' }), connector.posts.at(-1)];
    await person.hear('đồng ý không');
    const posted = await person.post(again?.activity ?? person.activity());
    expect([first.status, posted.status]).toEqual([200, 200]);
    await person.say('không');
    expect(readable(await person.next())).not.toContain('đồng ý không');
  });

  test('the post is answered before the reply is there', async () => {
    const person = connector.person();
    connector.fail('hang', 1);
    const { status, ms } = await person.say('xin chào');
    expect(status).toBe(200);
    expect(ms).toBeLessThan(14_000); // the channel takes no answer for a failure after 15 s
    connector.heal();
  });

  test('says something to somebody who is silent, after a restart too', async () => {
    const person = connector.person();
    const address = await addressOf(channel, connector, person);
    await send(address, note(1));
    expect(readable(await person.next())).toBe('Đã xóa bản nháp.');
    const other = await startTestApp({ ...connector.env, BOT_FRAMEWORK_SDK: sdk });
    await channelOf(other).send({ id: 'later', address, lang: 'en', say: note(2) });
    await other.end();
    expect(readable(await person.next())).toContain('deleted');
  });

  test('a message says who it is from and for, and pretends to answer nothing', async () => {
    const person = connector.person();
    await send(await addressOf(channel, connector, person), question(3));
    const said = await person.next();
    expect(said).toMatchObject({
      from: { id: person.talk.bot.id },
      recipient: { id: person.talk.user.id },
      conversation: { id: person.talk.id },
      channelId: 'webchat',
      textFormat: 'plain',
    });
    expect(said.replyToId).toBeUndefined();
    expect(connector.calls.at(-1)?.path).toBe(`/v3/conversations/${person.talk.id}/activities`);
  });

  test('reaches a second chat of the same person while the first one hangs, and once', async () => {
    const [first, second] = [connector.person(), connector.person()];
    const [hanging, there] = [
      await addressOf(channel, connector, first),
      await addressOf(channel, connector, second),
    ];
    const before = connector.hanging();
    connector.fail('hang');
    const left = send(hanging, note(4), { id: `${sdk}:both` }).catch(() => undefined);
    await until(() => connector.hanging() > before);
    for (const _ of [1, 2]) await send(there, note(4), { id: `${sdk}:both` });
    expect(second.screen()).toEqual(['Đã xóa bản nháp.']);
    expect(first.screen()).toEqual([]);
    connector.heal();
    await left; // or its end would be counted among the calls of another test
  });

  test('changes a message where the channel can', async () => {
    const person = connector.person({ channelId: 'msteams' });
    const address = await addressOf(channel, connector, person);
    const { ref } = await send(address, question(5));
    expect(ref).toMatch(/^a:1.*\|\d+$/);
    const edits = { ref: ref ?? '', say: note(6) };
    await expect(send(address, note(7), { id: 'edit', edits })).resolves.toEqual({ ref });
    expect(person.screen()).toEqual(['Đã xóa bản nháp.']);
    const toggled = question(8, { same: true, notes: [line('engine.cannotSkip')] });
    await send(address, toggled, { id: 'same', pressed: ref ?? '' });
    expect(person.screen()).toEqual([expect.stringContaining('không bỏ qua được')]);
  });

  test('an id cannot lead to another address', async () => {
    const id = 'a/b?c=d#e/../../../x';
    const { channelId, tenantId, user, bot } = connector.person({ channelId: 'msteams' }).talk;
    const talk = connector.open({ id, channelId, tenantId, user, bot });
    const address = JSON.stringify([channelId, connector.serviceUrl.replace(/\/$/, ''), id, bot.id, user.id]);
    const { ref = '' } = await send(address, question(50));
    await send(address, note(51), { id: 'away.edit', edits: { ref, say: note(51) } });
    const paths = connector.calls.slice(-2).map(({ method, path }) => `${method} ${path}`);
    const conversation = 'a%2Fb%3Fc%3Dd%23e%2F..%2F..%2F..%2Fx';
    expect(paths).toEqual([
      `POST /v3/conversations/${conversation}/activities`,
      `PUT /v3/conversations/${conversation}/activities/${conversation}%7C0000001`,
    ]);
    expect(talk.log).toMatchObject([{ conversation: { id }, text: 'Đã xóa bản nháp.' }]);
  });

  test('sends a new one where the old one is gone, or the channel cannot change it', async () => {
    const teams = connector.person({ channelId: 'msteams' });
    const edits = { ref: 'gone', say: note(9) };
    const address = await addressOf(channel, connector, teams);
    await send(address, question(10), { id: 'gone', edits });
    expect(teams.screen()).toEqual([expect.stringContaining('Thu hồi tờ khai này')]);
    const web = connector.person();
    await send(await addressOf(channel, connector, web), question(11), { id: 'web', edits });
    expect(web.screen()).toEqual([expect.stringContaining('Thu hồi tờ khai này')]);
  });

  test('each refusal of the connector is called by its name, and asked once', async () => {
    const address = await addressOf(channel, connector, connector.person());
    for (const [n, { title, arm, fault, retryAfter }] of faultsOf(connector).entries()) {
      arm();
      const before = connector.calls.length;
      const error = await send(address, note(100 + n)).catch((reason: unknown) => reason);
      expect({ title, error }).toMatchObject({ title, error: { name: 'SendError', fault } });
      if (retryAfter !== undefined) expect(error).toMatchObject({ retryAfter });
      if (/^\d+$/.test(title))
        expect({ title, calls: connector.calls.length - before }).toEqual({ title, calls: 1 });
      connector.heal();
    }
  });

  test('a withdrawn token is replaced, and nobody notices', async () => {
    const person = connector.person();
    const address = await addressOf(channel, connector, person);
    connector.identity.revoke();
    await send(address, note(200));
    expect(person.screen()).toEqual(['Đã xóa bản nháp.']);
  });

  test('fetches what the channel gives to the bot only, with the token', async () => {
    const person = connector.person({ channelId: 'msteams' });
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]);
    const contentUrl = connector.files.keep({ bytes, type: 'image/jpeg', name: 'x', guarded: true });
    const attachments = [{ contentType: 'image/jpeg', contentUrl }];
    const received = await channel.receive(requests(connector, person)({ activity: { attachments } }));
    const event = received.kind === 'messages' ? received.messages[0]?.event : undefined;
    const ref = event?.type === 'photo' ? event.ref : '';
    expect(await channel.fetchFile?.(ref)).toEqual(Buffer.from(bytes));
    expect(await channel.fetchFile?.(ref.replace(/views/, 'gone'))).toBeNull();
    connector.fail({ status: 503 }, 1, 'file');
    await expect(channel.fetchFile?.(ref)).rejects.toMatchObject({ code: 'photo-away' });
  });

  test('shows that it types while a photo is read', async () => {
    const person = connector.person();
    await person.attach(new Uint8Array([0xff, 0xd8, 0xff]), 'image/jpeg');
    await person.next();
    await until(() => person.talk.arrived.some(({ type }) => type === 'typing'));
  });

  test('replies come in the answer to whoever expects them', async () => {
    const person = connector.person();
    const { status, body } = await person.say('khai báo', { deliveryMode: 'expectReplies' });
    const { activities } = JSON.parse(body) as { activities: { text: string }[] };
    expect(status).toBe(200);
    expect(activities.map(({ text }) => text).join('\n')).toContain('đồng ý không');
    expect(person.talk.arrived).toEqual([]);
    const typing = await person.post({
      ...person.activity({ type: 'typing' }),
      deliveryMode: 'expectReplies',
    });
    expect(typing.body).toBe('{"activities":[]}');
  });

  test('while the signing keys cannot be had nobody is refused: the platform is to come again', async () => {
    const away = await startConnector();
    const apart = await startTestApp({ ...away.env, BOT_FRAMEWORK_SDK: sdk });
    away.bot(`${apart.url}/api/messages`);
    away.fail({ status: 500 }, 1, 'keys');
    const person = away.person();
    expect((await person.post(person.activity({ text: 'xin chào' }))).status).toBe(503);
    expect((await person.say('xin chào')).status).toBe(200);
    await apart.end();
    await away.close();
  });

  test('says nothing of the password, nor of a token', () => {
    const log = app.logged.join('');
    const { password } = connector.identity;
    const tokens = connector.calls.flatMap(({ token }) => (token === undefined ? [] : [token]));
    expect(tokens.length).toBeGreaterThan(5);
    expect([password, ...tokens].filter((secret) => log.includes(secret))).toEqual([]);
    expect(log).toContain('login-refused');
  });

  test('without an app id everybody on this machine is believed, and nobody else', async () => {
    const open = await startConnector({ auth: false });
    const apart = await startTestApp({ ...open.env, BOT_FRAMEWORK_SDK: sdk });
    open.bot(`${apart.url}/api/messages`);
    const person = open.person({ channelId: 'emulator' });
    await person.say('khai báo');
    await person.hear('đồng ý không');
    expect(open.calls.every(({ token }) => token === undefined)).toBe(true);
    const serviceUrl = 'https://webchat.botframework.com/';
    expect((await person.post({ ...person.activity({ text: 'x' }), serviceUrl })).status).toBe(403);
    const address = JSON.stringify(['webchat', serviceUrl, 'talk', 'bot', 'user']);
    const sending = channelOf(apart).send({ id: 'x', address, lang: 'vi', say: note(1) });
    await expect(sending).rejects.toMatchObject({ fault: 'permanent', code: 'foreign-service' });
    await apart.end();
    await open.close();
  });
});

const vouching = async (sdk: string): Promise<unknown> => {
  const script = ['--import', './tools/typescript.mjs', 'test/bots/botframework/vouching.ts', sdk];
  const cwd = fileURLToPath(new URL('../../../', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, script, {
    cwd,
    env: { PATH: process.env.PATH },
  });
  return JSON.parse(stdout);
};

describe('the SDK has its own say, and comes alone', () => {
  const wrong = { stranger: false, somebody: false, issuer: false, ended: false };
  test('botbuilder', async () => {
    const answers = { right: true, ...wrong };
    expect(await vouching('botbuilder')).toEqual({ answers, asked: [], loaded: ['botbuilder'] });
  });
  test('agents, by the keys whose address is written into it', async () => {
    // It also believes what Microsoft's own tenants sign for anybody: our rules, which come first, do not.
    const answers = { right: true, ...wrong, issuer: true };
    expect(await vouching('agents')).toEqual({
      answers,
      asked: expect.arrayContaining(['login.botframework.com/v1/.well-known/keys']),
      loaded: ['@microsoft/agents-hosting'],
    });
  });
});

test('one file imports each SDK', () => {
  const folder = new URL('../../../bots/', import.meta.url);
  const importers = (name: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8').includes(`'${name}'`),
      )
      .filter(({ name: file }) => file !== 'sdk.ts')
      .map(({ name: file }) => file);
  expect(importers('botbuilder')).toEqual(['botbuilder.ts']);
  expect(importers('@microsoft/agents-hosting')).toEqual(['agents.ts']);
});

test('an address nobody wrote is no address', async () => {
  const { referenceFrom } = await import('../../../bots/botframework/address.ts');
  for (const address of ['', '{}', '[]', 'null', '["webchat","nowhere","a","b","c"]'])
    expect(() => referenceFrom(address)).toThrow(SendError);
});
