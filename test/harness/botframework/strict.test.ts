import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PATIENCE } from '../patience.ts';
import { type Activity, ADAPTIVE } from './activity.ts';
import { tokenOf } from './bots.ts';
import { type Connector, startConnector } from './connector.ts';
import type { BotPerson } from './person.ts';

let connector: Connector;
let person: BotPerson;
let token: string;
beforeAll(async () => {
  connector = await startConnector();
  token = await tokenOf(connector.env);
});
beforeEach(() => {
  person = connector.person();
});
afterAll(() => connector.close());

const call = (
  method: string,
  path: string,
  body?: unknown,
  shown: string | null = token,
  within = PATIENCE,
) =>
  fetch(`${connector.serviceUrl}v3/conversations${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(shown === null ? {} : { authorization: `Bearer ${shown}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(within),
  });

const fromBot = (who: BotPerson, more: Partial<Activity> = {}): Activity => ({
  type: 'message',
  from: who.talk.bot,
  recipient: who.talk.user,
  conversation: { id: who.talk.id },
  text: 'xin chào',
  ...more,
});

const say = async (
  more: Partial<Activity> = {},
  who = person,
  shown: string | null = token,
  within = PATIENCE,
) => {
  const response = await call('POST', `/${who.talk.id}/activities`, fromBot(who, more), shown, within);
  const { error, id } = (await response.json()) as { error?: { code: string }; id?: string };
  return { status: response.status, code: error?.code, id };
};

const actions = (count: number) => ({
  suggestedActions: {
    actions: Array.from({ length: count }, (_, at) => ({ type: 'imBack', title: `${at}`, value: `${at}` })),
  },
});
const card = (content: unknown) => ({ attachments: [{ contentType: ADAPTIVE, content }] });

describe('the connector takes', () => {
  test.each<[string, Partial<Activity>]>([
    ['a text', {}],
    ['typing', { type: 'typing', text: '' }],
    [
      'a picture in the message',
      { attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA==' }] },
    ],
    ['a card', card({ type: 'AdaptiveCard', version: '1.3', body: [] })],
    ['suggested actions', actions(9)],
  ])('%s', async (_, more) => {
    expect(await say(more)).toMatchObject({ status: 200, id: expect.stringContaining(person.talk.id) });
  });
});

describe('the connector refuses', () => {
  test.each<[string, Partial<Activity>, number, string]>([
    ['nothing to say', { text: '' }, 400, 'BadArgument'],
    ['somebody else', { from: { id: 'other' } }, 403, 'BotNotInConversationRoster'],
    ['a stranger for whom it is', { recipient: { id: 'other' } }, 400, 'BadArgument'],
    ['another conversation than in the address', { conversation: { id: 'other' } }, 400, 'BadArgument'],
    ['a card that is none', card({ body: [] }), 400, 'BadArgument'],
    [
      'an attachment without anything',
      { attachments: [{ contentType: 'image/png' }] },
      400,
      'MissingProperty',
    ],
    [
      'a file of this machine',
      { attachments: [{ contentType: 'image/png', contentUrl: 'file:///a' }] },
      400,
      'BadArgument',
    ],
    [
      'an action without a title',
      { suggestedActions: { actions: [{ type: 'imBack', value: 'a' }] } },
      400,
      'BadArgument',
    ],
    ['too much', { text: 'á'.repeat(140_000) }, 413, 'MessageSizeTooBig'],
  ])('%s', async (_, more, status, code) => {
    expect(await say(more)).toMatchObject({ status, code });
    expect(person.screen()).toEqual([]);
  });

  test('on Teams: more than six actions, actions beside a card, and 100 KB in UTF-16', async () => {
    const teams = connector.person({ channelId: 'msteams' });
    const both = { ...actions(2), ...card({ type: 'AdaptiveCard', version: '1.3', body: [] }) };
    expect(await say(actions(7), teams)).toMatchObject({ status: 400 });
    expect(await say(both, teams)).toMatchObject({ status: 400 });
    expect(await say({ text: 'a'.repeat(52_000) }, teams)).toMatchObject({ status: 413 });
    expect(await say(actions(6), teams)).toMatchObject({ status: 200 });
  });

  test('a bot without a token, with one of its own making, and with one that was revoked', async () => {
    expect(await say({}, person, null)).toMatchObject({ status: 401 });
    expect(await say({}, person, connector.identity.signToken())).toMatchObject({ status: 401 });
    const early = await tokenOf(connector.env);
    connector.identity.revoke();
    expect(await say({}, person, early)).toMatchObject({ status: 401 });
    token = await tokenOf(connector.env);
    expect(await say()).toMatchObject({ status: 200 });
  });

  test('a wrong secret', async () => {
    await expect(tokenOf({ ...connector.env, MICROSOFT_APP_PASSWORD: 'guess' })).rejects.toThrow('401');
  });

  test('edits and removals outside Teams, and of what is not there', async () => {
    const { id } = await say();
    expect((await call('PUT', `/${person.talk.id}/activities/${id}`, fromBot(person))).status).toBe(405);
    expect((await call('DELETE', `/${person.talk.id}/activities/${id}`)).status).toBe(405);
    const teams = connector.person({ channelId: 'msteams' });
    const sent = await say({}, teams);
    const path = `/${teams.talk.id}/activities/`;
    expect((await call('PUT', `${path}none`, fromBot(teams))).status).toBe(404);
    expect((await call('PUT', path + sent.id, fromBot(teams, { text: 'hai' }))).status).toBe(200);
    expect(teams.screen()).toEqual(['hai']);
    expect((await call('DELETE', path + sent.id)).status).toBe(200);
    expect(teams.screen()).toEqual([]);
    expect((await call('POST', '/none/activities', fromBot(person))).status).toBe(404);
  });
});

test('a conversation is opened with somebody who is known', async () => {
  const { talk } = person;
  const known = {
    bot: talk.bot,
    members: [{ id: talk.user.id }],
    activity: { type: 'message', text: 'chào' },
  };
  const opened = await call('POST', '', known);
  expect([opened.status, await opened.json()]).toEqual([
    201,
    { id: talk.id, activityId: expect.stringContaining(talk.id) },
  ]);
  expect(await person.hear('chào')).toBe('chào');
  expect((await call('POST', '', { bot: talk.bot, members: [{ id: 'other' }] })).status).toBe(403);
});

test('what the bot uploads can be looked at', async () => {
  const body = { name: 'qr.png', type: 'image/png', originalBase64: Buffer.from('abc').toString('base64') };
  const { id } = (await (await call('POST', `/${person.talk.id}/attachments`, body)).json()) as {
    id: string;
  };
  const about = await fetch(`${connector.serviceUrl}v3/attachments/${id}`);
  expect(await about.json()).toMatchObject({ name: 'qr.png', views: [{ viewId: 'original', size: 3 }] });
  const view = await fetch(`${connector.serviceUrl}v3/attachments/${id}/views/original`);
  expect([view.headers.get('content-type'), await view.text()]).toEqual(['image/png', 'abc']);
});

describe('made to fail', () => {
  test('it throttles as often as it is told to', async () => {
    connector.fail({ status: 429, headers: { 'Retry-After': '3' } }, 2);
    const answers = [];
    for (const _ of [1, 2, 3])
      answers.push(await call('POST', `/${person.talk.id}/activities`, fromBot(person)));
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
      [429, '3'],
      [429, '3'],
      [200, null],
    ]);
  });

  test('it cuts the line, and it hangs', async () => {
    connector.fail('drop');
    await expect(say()).rejects.toThrow('fetch failed');
    connector.fail('hang');
    await expect(say({}, person, token, 500)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(person.screen()).toEqual([]);
    connector.heal(); // on a busy machine the question may not have come before it was given up
  });

  test('only where it is told to, and until it is healed', async () => {
    connector.fail({ status: 503 }, 5, 'token');
    await expect(tokenOf(connector.env)).rejects.toThrow('503');
    expect(await say()).toMatchObject({ status: 200 });
    connector.heal();
    await tokenOf(connector.env);
  });
});
