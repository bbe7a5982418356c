import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allowedUrls } from '../../../bots/botframework/hosts.ts';
import { fetchFile, photoRef } from '../../../bots/botframework/photo.ts';

const MEGABYTE = Buffer.alloc(1_048_576, 1);

/** Whoever asks for a megabyte too many is told the size, or not. */
const endless = (res: ServerResponse): void => {
  const more = (): void => {
    while (res.write(MEGABYTE));
  };
  res.on('drain', more);
  more();
};

const seen: { url: string; token: string | undefined }[] = [];
let other = '';
const ROUTES: Readonly<Record<string, (res: ServerResponse, req: IncomingMessage) => void>> = {
  '/photo': (res) => void res.end('photo'),
  '/moved': (res) => void res.writeHead(302, { location: '/photo' }).end(),
  '/elsewhere': (res) =>
    void res.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/round': (res) => void res.writeHead(302, { location: '/round' }).end(),
  '/shut': (res, { headers }) =>
    void (headers.authorization === 'Bearer ours' ? res.end('photo') : res.writeHead(401).end()),
  '/shut-and-moved': (res, { headers }) =>
    void (headers.authorization === undefined
      ? res.writeHead(401).end()
      : res.writeHead(302, { location: `${other}/photo` }).end()),
  '/big': (res) => void res.writeHead(200, { 'content-length': 10 * 1_048_576 + 1 }).end(),
  '/endless': endless,
};

const listen = async () => {
  const server = createServer((req, res) => {
    seen.push({ url: `${req.headers.host}${req.url}`, token: req.headers.authorization });
    const route = ROUTES[req.url ?? ''];
    return route === undefined ? res.writeHead(404).end() : route(res, req);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

let servers: Awaited<ReturnType<typeof listen>>[] = [];
let here = '';
beforeAll(async () => {
  servers = [await listen(), await listen()];
  [here, other] = servers.map(({ url }) => url) as [string, string];
});
afterAll(async () => {
  for (const { server } of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const parts = { allowed: allowedUrls(['127.0.0.1'], true), token: async () => 'ours' };
const get = (path: string, serviceUrl = here): Promise<Uint8Array | null> =>
  fetchFile(parts, photoRef({ url: path.startsWith('/') ? `${here}${path}` : path, serviceUrl }));

test.each([
  ['as it is', '/photo', 'photo'],
  ['where it was moved to', '/moved', 'photo'],
  ['with our token', '/shut', 'photo'],
  ['gone', '/gone', null],
  ['moved to where we do not go', '/elsewhere', null],
  ['moved in a circle', '/round', null],
  ['too big, as announced', '/big', null],
  ['too big, as it turned out', '/endless', null],
  ['where we do not go', 'http://169.254.169.254/latest/meta-data', null],
  ['a file of this machine', 'file:///etc/passwd', null],
])('a photo %s', async (_, path, content) => {
  const photo = await get(path);
  expect(photo === null ? null : Buffer.from(photo).toString()).toBe(content);
});

test('the token goes to the service the message came by, and no further', async () => {
  seen.length = 0;
  expect(await get('/shut', other)).toBeNull();
  expect(seen.map(({ token }) => token)).toEqual([undefined]);
  seen.length = 0;
  expect(Buffer.from((await get('/shut-and-moved')) ?? []).toString()).toBe('photo');
  expect(seen.map(({ token }) => token)).toEqual([undefined, 'Bearer ours', undefined]);
});

test('what nobody wrote is no photo', async () => {
  for (const ref of ['', '{}', '"x"', '{"url":1}']) expect(await fetchFile(parts, ref)).toBeNull();
});

test('a service that does not answer is asked again later', async () => {
  const url = 'http://127.0.0.1:1/photo';
  await expect(get(url)).rejects.toMatchObject({ code: 'photo-away' });
});
