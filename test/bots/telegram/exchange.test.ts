import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { exchange } from '../../../bots/telegram/exchange.ts';
import { listenAnywhere } from '../../harness/listen.ts';

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A server that does so with each connection that has said something. */
const serve = async (answer: (socket: Socket) => void) => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('data', () => answer(socket));
  });
  const pool = new Pool(`http://127.0.0.1:${await listenAnywhere(server)}`, { connections: 1 });
  open.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => pool.destroy(),
    () => sockets.forEach((socket) => void socket.destroy()),
  );
  return { pool, sockets };
};

const POST = { method: 'POST', path: '/', body: '{}', headersTimeout: 5_000, bodyTimeout: 5_000 } as const;
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';

test('an answer in pieces, cut within a letter, is one text', async () => {
  const body = Buffer.from('Mường Tè');
  const { pool } = await serve(async (socket) => {
    socket.write(`HTTP/1.1 429 Wait\r\nContent-Length: ${body.length}\r\n\r\n`);
    for (const byte of body) await new Promise((next) => socket.write(Buffer.from([byte]), next));
  });
  expect(await exchange(pool, POST)).toEqual({ status: 429, text: body.toString() });
});

test('a line that breaks in the midst of an answer is no answer', async () => {
  const { pool } = await serve((socket) => void socket.write(`${HEAD}half`, () => socket.destroy()));
  await expect(exchange(pool, POST)).rejects.toThrow();
});

/** Lets the first request wait; answers all others, over whichever connection. */
const holdFirst = async () => {
  let heard = 0;
  let free: () => void = () => undefined;
  const { pool } = await serve((socket) => {
    const take = (): void => {
      heard += 1;
      const answer = () => void socket.write(`${HEAD}0123456789`);
      if (heard === 1) free = answer;
      else answer();
    };
    socket.on('data', take);
    take();
  });
  return {
    pool,
    heard: () => heard,
    free: () => free(),
    begun: async () => {
      while (heard === 0) await new Promise((next) => setImmediate(next));
    },
  };
};

const ANSWER = { status: 200, text: '0123456789' };

test('who has lost patience hears so at once, and the next call is not in their way', async () => {
  const { pool, begun } = await holdFirst();
  const patience = new AbortController();
  const silent = exchange(pool, POST, patience.signal);
  await begun();
  patience.abort(new Error('enough'));
  await expect(silent).rejects.toThrow('enough');
  expect(await exchange(pool, POST)).toEqual(ANSWER);
});

test('who loses patience while another call has the only connection is never sent', async () => {
  const { pool, begun, free, heard } = await holdFirst();
  const first = exchange(pool, POST);
  await begun();
  const patience = new AbortController();
  const waiting = exchange(pool, POST, patience.signal);
  patience.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(exchange(pool, POST, patience.signal)).rejects.toThrow('enough');
  free();
  expect(await first).toEqual(ANSWER);
  expect(await exchange(pool, POST)).toEqual(ANSWER);
  expect(heard()).toBe(2);
});
