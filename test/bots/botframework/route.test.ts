import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import express from 'express';
import { createCollectors } from '../../../bots/botframework/collector.ts';
import { addRoute } from '../../../bots/botframework/route.ts';

/** What a post from this address is answered with, and whether anybody read it. */
const posted = async (verifies: boolean, remoteAddress: string, headers: Record<string, string>) => {
  let read = 0;
  const http = express().use((req, _, next) => {
    Object.defineProperty(req.socket, 'remoteAddress', { value: remoteAddress });
    next();
  });
  addRoute({
    http,
    verifies,
    receive: async () => {
      read += 1;
      return { kind: 'ignored', what: 'typing' };
    },
    door: { accept: () => Promise.reject(new Error('nothing was said')) },
    ignored: () => undefined,
    letIn: async () => undefined,
    collectors: createCollectors(),
    typing: () => undefined,
  });
  const server = http.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
  const body = await answer.text();
  server.close();
  server.closeAllConnections();
  return { status: answer.status, read, body };
};

const here = { status: 200, read: 1, body: '{}' };
const refused = { status: 403, read: 0, body: expect.stringContaining('"foreign-machine"') };

test.each([
  ['127.0.0.1', {}, here],
  ['127.8.9.10', {}, here],
  ['::1', {}, here],
  ['::ffff:127.0.0.1', {}, here],
  ['192.168.1.20', {}, refused],
  ['::ffff:192.168.1.20', {}, refused],
  ['2001:db8::127.0.0.1', {}, refused],
  ['fe80::1', {}, refused],
  ['127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, refused],
  ['::1', { 'x-forwarded-for': '' }, refused],
  ['::1', { forwarded: 'for=192.0.2.43' }, refused],
])('where nobody is verified, a post from %s with %j', async (address, headers, answer) => {
  expect(await posted(false, address, headers)).toEqual(answer);
});

test('where tokens are verified, posts come from anywhere', async () => {
  expect(await posted(true, '192.0.2.43', { 'x-forwarded-for': '198.51.100.7' })).toEqual(here);
});
