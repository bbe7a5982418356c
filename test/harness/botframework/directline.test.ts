import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBotbuilderBot } from './botbuilder-bot.ts';
import type { SmallBot } from './bots.ts';
import { type Connector, startConnector } from './connector.ts';
import { type DirectLine, startDirectLine } from './directline.ts';

let connector: Connector;
let bot: SmallBot;
let line: DirectLine;
beforeAll(async () => {
  connector = await startConnector();
  bot = await startBotbuilderBot(connector);
  line = await startDirectLine(connector, fileURLToPath(import.meta.url));
});
afterAll(async () => {
  await line.close();
  await bot.close();
  await connector.close();
});

interface Grant {
  readonly conversationId: string;
  readonly token: string;
}

const call = (path: string, token: string, options: RequestInit = {}) =>
  fetch(line.domain + path, {
    ...options,
    headers: { authorization: `Bearer ${token}`, ...(options.headers as Record<string, string>) },
  });
const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const granted = async (response: Response) => (await response.json()) as Grant;
const visit = async (): Promise<Grant> => {
  const { token } = await granted(await call('/tokens/generate', line.secret, { method: 'POST' }));
  return granted(await call('/conversations', token, { method: 'POST' }));
};

test('a visitor talks, and fetches only what is new', async () => {
  const { conversationId, token } = await visit();
  const path = `/conversations/${conversationId}/activities`;
  const lied = { type: 'message', text: 'một', from: { id: 'admin' }, serviceUrl: 'http://elsewhere/' };
  expect((await call(path, token, post(lied))).status).toBe(200);
  const all = (await (await call(path, token)).json()) as { activities: unknown[]; watermark: string };
  expect(all).toMatchObject({
    activities: [
      { text: 'một', from: { id: expect.stringMatching(/^dl_/) }, serviceUrl: connector.serviceUrl },
      { text: 'nghe: một' },
    ],
    watermark: '2',
  });
  const rest = await (await call(`${path}?watermark=${all.watermark}`, token)).json();
  expect(rest).toEqual({ activities: [], watermark: '2' });
});

test('a file goes up beside an activity', async () => {
  const { conversationId, token } = await visit();
  const form = new FormData();
  const activity = JSON.stringify({ type: 'message' });
  form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }));
  form.append('file', new Blob(['12345'], { type: 'image/jpeg' }), 'card.jpg');
  const sent = await call(`/conversations/${conversationId}/upload`, token, { method: 'POST', body: form });
  expect(sent.status).toBe(200);
  expect(line.talks.at(-1)?.log.map(({ text }) => text)).toEqual([undefined, '5 byte']);
});

test('nobody reads what is not theirs, and a lost token is refreshed', async () => {
  const [mine, other] = [await visit(), await visit()];
  const path = `/conversations/${mine.conversationId}/activities`;
  expect((await call(path, other.token)).status).toBe(403);
  expect((await call(path, 'guess')).status).toBe(403);
  expect((await call('/tokens/generate', mine.token, { method: 'POST' })).status).toBe(403);
  const { token } = await granted(await call('/tokens/refresh', mine.token, { method: 'POST' }));
  expect((await call(path, token)).status).toBe(200);
});

test('a bot that refuses is the service that is at fault, and pages elsewhere may call', async () => {
  const { conversationId, token } = await visit();
  connector.bot(`${connector.serviceUrl}nowhere`);
  const path = `/conversations/${conversationId}/activities`;
  expect((await call(path, token, post({ type: 'message', text: 'một' }))).status).toBe(502);
  const asked = await call(path, token, { method: 'OPTIONS' });
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  expect(await (await fetch(line.page)).text()).toContain(line.domain);
});
