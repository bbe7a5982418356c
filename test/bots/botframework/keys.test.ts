import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pino from 'pino';
import { createKeys, type Keys } from '../../../bots/botframework/keys.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const jwk = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey.export({ format: 'jwk' });

/** Microsoft, with its keys: it answers, refuses, or keeps everybody waiting. */
const microsoft = { kids: ['old'], away: false, asked: 0, until: Promise.resolve() };
let url = '';
const server = createServer(async (req, res) => {
  await microsoft.until;
  if (microsoft.away) return res.writeHead(500).end();
  if (req.url === '/metadata') return res.end(JSON.stringify({ jwks_uri: `${url}/keys` }));
  microsoft.asked += 1;
  return res.end(JSON.stringify({ keys: microsoft.kids.map((kid) => ({ ...jwk, kid })) }));
});
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

let now = 0;
let logged: string[] = [];
let keys: Keys;
beforeEach(async () => {
  Object.assign(microsoft, { kids: ['old'], away: false, asked: 0, until: Promise.resolve() });
  now = Date.parse('2026-11-23T03:04:05Z');
  logged = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  keys = createKeys(`${url}/metadata`, log, () => now);
  await keys.find('old');
});

const finds = async (kid: string): Promise<boolean> => (await keys.find(kid)) !== undefined;
const until = async (true_: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await true_())) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('keys of a day are replaced while they serve once more', async () => {
  microsoft.kids = ['new'];
  now += 23 * HOUR;
  expect([await finds('old'), microsoft.asked]).toEqual([true, 1]);
  now += 2 * HOUR;
  expect(await finds('old')).toBe(true);
  await until(async () => !(await finds('old')));
  expect([await finds('new'), microsoft.asked]).toEqual([true, 2]);
});

test('new keys that could not be had are asked for again in minutes, not in a day', async () => {
  microsoft.away = true;
  now += 25 * HOUR;
  expect(await finds('old')).toBe(true);
  await until(() => logged.length > 0);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 40, code: 'keys-away' });
  Object.assign(microsoft, { away: false, kids: ['new'] });
  now += 4 * MINUTE;
  expect([await finds('old'), await finds('new'), microsoft.asked]).toEqual([true, false, 1]);
  now += 2 * MINUTE;
  expect([await finds('new'), await finds('old'), microsoft.asked]).toEqual([true, false, 2]);
});

test('a key that is known waits for nobody, a stranger’s does', async () => {
  let answer = (): void => undefined;
  microsoft.until = new Promise((resolve) => {
    answer = resolve;
  });
  now += 6 * MINUTE;
  let answered = false;
  const stranger = finds('stranger').finally(() => {
    answered = true;
  });
  expect(await finds('old')).toBe(true);
  expect(answered).toBe(false);
  answer();
  expect(await stranger).toBe(false);
  expect(await finds('another stranger')).toBe(false);
  expect(microsoft.asked).toBe(2);
});

test('after days of silence a key is looked up before it is believed', async () => {
  microsoft.kids = ['new'];
  now += 72 * HOUR;
  expect(await finds('old')).toBe(false);
});

test('while Microsoft is away the old keys serve', async () => {
  microsoft.away = true;
  now += 72 * HOUR;
  expect(await finds('old')).toBe(true);
});
