import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pino from 'pino';
import { createHooks } from '../../src/http/hooks.ts';
import { Unavailable } from '../../src/store/errors.ts';

const LIMIT = 100;
const logged: string[] = [];
let took: unknown[] = [];
let take: (body: unknown) => Promise<void> = async () => undefined;

const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
const hooks = createHooks({ log, answerWithin: 1_000 });
hooks.add('/hook', {
  limit: LIMIT,
  believes: ({ 'x-secret': secret }) => secret === 'right',
  take: (body) => {
    took.push(body);
    return take(body);
  },
});
const server = createServer((req, res) => hooks.serve(req, res) || res.writeHead(404).end('nobody'));
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  took = [];
  logged.length = 0;
  take = async () => undefined;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8', 'x-secret': 'right' };
const post = async (
  body: string | ReadableStream,
  headers: Record<string, string> = JSON_TYPE,
  path = '/hook',
) => {
  const response = await fetch(url + path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  const text = await response.text();
  return { status: response.status, code: /"code":"([\w-]+)"/.exec(text)?.[1], headers: response.headers };
};

/** A body whose length is not told beforehand, and in which a letter of several bytes is cut in two. */
const inPieces = (text: string, at: number): ReadableStream => {
  const bytes = Buffer.from(text);
  return new ReadableStream({
    start: (stream) => {
      stream.enqueue(bytes.subarray(0, at));
      stream.enqueue(bytes.subarray(at));
      stream.close();
    },
  });
};

test('what a platform posts is taken, and answered when that is done', async () => {
  let done = false;
  take = async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    done = true;
  };
  expect(await post('{"a":"ế"}')).toMatchObject({ status: 200 });
  expect(done).toBe(true);
  expect(await post(inPieces('{"a":"ế"}', 7))).toMatchObject({ status: 200 });
  expect(took).toEqual([{ a: 'ế' }, { a: 'ế' }]);
});

const long = JSON.stringify('x'.repeat(LIMIT));

test.each([
  ['nobody we believe', '{}', { ...JSON_TYPE, 'x-secret': 'wrong' }, 401, 'wrong-secret'],
  ['nobody we believe, and a body that is too long', long, { 'x-secret': 'wrong' }, 401, 'wrong-secret'],
  ['another type', '{}', { 'content-type': 'text/plain', 'x-secret': 'right' }, 400, 'bad-request'],
  ['no JSON', '{"a":', JSON_TYPE, 400, 'bad-json'],
  ['nothing', '', JSON_TYPE, 400, 'bad-json'],
  ['too much', long, JSON_TYPE, 413, 'too-large'],
] as const)('%s is refused and not taken', async (_, body, headers, status, code) => {
  expect(await post(body, headers)).toMatchObject({ status, code });
  expect(took).toEqual([]);
});

test('too much is refused also where its length was not told', async () => {
  expect(await post(inPieces(long, 60))).toMatchObject({ status: 413, code: 'too-large' });
  expect(took).toEqual([]);
});

test('what may pass is "come again"; a mistake of ours is told to the log, without what was posted', async () => {
  take = () => Promise.reject(new Unavailable('away'));
  const away = await post('{"text":"private"}');
  expect(away).toMatchObject({ status: 503, code: 'unavailable' });
  expect(away.headers.get('retry-after')).toBe('1');
  take = () => Promise.reject(new TypeError('no such thing'));
  expect(await post('{"text":"private"}')).toMatchObject({ status: 500, code: 'internal' });
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, status: 503, route: '/hook' },
    { level: 50, status: 500, route: '/hook', err: { message: 'no such thing' } },
  ]);
  expect(logged.join()).not.toContain('private');
});

test('who waits too long is told to come again, whatever comes afterwards', async () => {
  take = () => new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await post('{}')).toMatchObject({ status: 503, code: 'timeout' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  take = async () => undefined;
  expect(await post('{}')).toMatchObject({ status: 200 });
});

test.each([
  ['another path', '/hooks', 'POST'],
  ['a path below', '/hook/x', 'POST'],
  ['another method', '/hook', 'GET'],
])('%s is for somebody else', async (_, path, method) => {
  const response = await fetch(url + path, { method });
  expect(await response.text()).toBe('nobody');
});
