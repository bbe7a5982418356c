import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openClient } from '../bots/web/client.ts';
import { openSite, type Site } from '../bots/web/site.ts';

let site: Site;
let cookie: string;
beforeAll(async () => {
  site = await openSite();
  cookie = (await openClient(site.url)).cookie;
});
afterAll(() => site.close());

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const body = JSON.stringify({ deliveryId: 'a1b2c3d4e5f6a7b8', event: { type: 'text', text: 'chào' } });

interface Knock {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly session?: false;
}

/** What comes to the door and what it must be told. */
const TABLE: readonly (readonly [string, Knock, number, string])[] = [
  ['broken JSON', { body: '{"deliveryId": ', headers: json }, 400, 'bad-json'],
  ['JSON that is no object', { body: '"hello"', headers: json }, 400, 'bad-json'],
  ['nothing at all', { body: '', headers: json }, 400, 'bad-request'],
  [
    'an unknown event',
    { body: '{"deliveryId":"a1b2c3d4e5f6a7b8","event":{"type":"x"}}', headers: json },
    400,
    'bad-request',
  ],
  [
    'an operator',
    { body: '{"deliveryId":{"$ne":null},"event":{"type":"text","text":"a"}}', headers: json },
    400,
    'bad-request',
  ],
  [
    'a prototype',
    { body: '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}', headers: json },
    400,
    'bad-request',
  ],
  ['very deep JSON', { body: `${'['.repeat(7000)}${']'.repeat(7000)}`, headers: json }, 400, 'bad-request'],
  ['an oversized body', { body: JSON.stringify({ a: 'x'.repeat(20_000) }), headers: json }, 413, 'too-large'],
  ['an oversized form', { body: `text=${'x'.repeat(20_000)}`, headers: form }, 413, 'too-large'],
  ['a form of too many fields', { body: 'a=1&'.repeat(200), headers: form }, 413, 'too-large'],
  ['a wrong type', { body, headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-type'],
  ['no type', { body, headers: { 'content-type': '' } }, 415, 'unsupported-type'],
  [
    'an unknown charset',
    { body, headers: { 'content-type': 'application/json; charset=ebcdic' } },
    415,
    'unsupported-type',
  ],
  ['an unknown packing', { body, headers: { ...json, 'content-encoding': 'zip' } }, 415, 'unsupported-type'],
  ['no session', { body, headers: json, session: false }, 401, 'no-session'],
  [
    'an unknown session',
    { body, headers: { ...json, cookie: `khaibao=${'A'.repeat(32)}.${'B'.repeat(22)}` }, session: false },
    401,
    'no-session',
  ],
  ['another site', { body, headers: { ...json, origin: 'https://evil.example' } }, 403, 'foreign-page'],
  [
    'a form of another site',
    { body: 'text=a', headers: { ...form, 'sec-fetch-site': 'cross-site' } },
    403,
    'foreign-page',
  ],
  ['a wrong method', { method: 'DELETE' }, 405, 'wrong-method'],
  ['a get where one posts', { method: 'GET' }, 405, 'wrong-method'],
  ['a post where one gets', { path: '/', body, headers: json }, 405, 'wrong-method'],
  ['a head of the stream', { method: 'HEAD', path: '/chat/stream' }, 405, ''],
  ['an unknown page', { method: 'GET', path: '/wp-admin' }, 404, 'not-found'],
  ['an unknown page by post', { path: '/graphql', body, headers: json }, 404, 'not-found'],
  ['an unknown file', { method: 'GET', path: '/assets/x/nothing.js' }, 404, 'not-found'],
  ['a path out of the folder', { method: 'GET', path: '/assets/x/..%2f..%2fpackage.json' }, 404, 'not-found'],
  [
    'a path out, twice encoded',
    { method: 'GET', path: '/assets/x/%252e%252e%252fpackage.json' },
    404,
    'not-found',
  ],
  ['a path with a null', { method: 'GET', path: '/assets/x/base.css%00.js' }, 404, 'not-found'],
  ['a name every object has', { method: 'GET', path: '/assets/x/constructor' }, 404, 'not-found'],
  ['a path that cannot be decoded', { method: 'GET', path: '/q/%E0%A4%A' }, 400, 'bad-request'],
  ['an unknown token', { method: 'GET', path: '/q/nothing' }, 404, ''],
  ['a header in a token', { method: 'GET', path: '/q/%0d%0aSet-Cookie:%20a=b' }, 404, ''],
  ['a QR of nobody', { method: 'GET', path: '/qr/a:1:1.png' }, 404, 'not-found'],
  ['a QR with a strange name', { method: 'GET', path: '/qr/%24ne' }, 404, 'not-found'],
  ['a strange place to resume', { method: 'GET', path: '/chat/messages?after[$gt]=' }, 200, ''],
  ['two places to resume', { method: 'GET', path: '/chat/messages?after=a&after=b' }, 400, 'bad-request'],
  ['a place that is none', { method: 'GET', path: '/chat/messages?after=%20%3Cb%3E' }, 400, 'bad-request'],
  ['a stream without a session', { method: 'GET', path: '/chat/stream', session: false }, 401, 'no-session'],
  [
    'a language there is not',
    { path: '/chat/language', body: 'lang=xx&deliveryId=a1b2c3d4e5f6a7b8', headers: form },
    400,
    'bad-request',
  ],
];

const knock = ({
  method = 'POST',
  path = '/chat',
  headers = {},
  body: sent,
  session,
}: Knock): Promise<Response> =>
  fetch(site.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(session === false ? {} : { cookie }), ...headers },
    ...(sent === undefined ? {} : { body: Buffer.from(sent) }),
  });

const NOT_TOLD = /node_modules|\.ts:|\.js:\d|Error:|at \w+ \(/;

describe('bad input', () => {
  test.each(TABLE)('%s', async (_name, asked, status, code) => {
    const response = await knock(asked);
    const said = await response.text();
    expect(response.status).toBe(status);
    expect(said).not.toMatch(NOT_TOLD);
    if (code === '') return;
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(said)).toEqual({ type: 'about:blank', title: expect.any(String), status, code });
  });

  test.each(TABLE.filter(([, , , code]) => code !== ''))(
    '%s, from a browser',
    async (_name, asked, status) => {
      const headers = { ...asked.headers, accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
      const response = await knock({ ...asked, headers });
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(await response.text()).toMatch(/^<!doctype html>\n<html lang="vi">/);
    },
  );

  test('says which methods there are', async () => {
    expect((await knock({ method: 'PUT' })).headers.get('allow')).toBe('POST');
    expect((await knock({ method: 'PUT', path: '/' })).headers.get('allow')).toBe('GET, HEAD');
  });

  test('leaves the process alive and nothing in the talk', async () => {
    expect(site.taken).toEqual([]);
    expect(await (await fetch(`${site.url}/healthz`)).json()).toEqual({ alive: true });
    expect(site.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

/** What a client that is no browser may send, down to the byte. */
const raw = (sent: string): Promise<string> =>
  new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', () => undefined); // the server may cut it; what was said before counts
    socket.on('close', () => resolve(Buffer.concat(pieces).toString()));
    socket.write(sent);
  });

const RAW: readonly (readonly [string, string, number])[] = [
  ['no HTTP', 'hello\r\n\r\n', 400],
  [
    'a header with a line break in it',
    'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\nSet-Cookie: a=b\rc\r\n\r\n',
    400,
  ],
  ['a header name with a space', 'GET / HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n', 400],
  [
    'two lengths',
    'POST /chat HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    400,
  ],
  [
    'a length and chunks',
    'POST /chat HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['a path outside', 'GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  [
    'another host in the path',
    'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    404,
  ],
];

describe('on the bare socket', () => {
  test.each(RAW)('%s', async (_name, sent, status) => {
    const said = await raw(sent);
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(said.split('\r\n\r\n')[0]).not.toMatch(/set-cookie: a=b/i);
    expect(said).not.toMatch(NOT_TOLD);
  });
});
