import { expect, test } from '@jest/globals';
import pino from 'pino';
import { createCursor, type Fetched } from '../../../bots/telegram/cursor.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { memoryShelf } from '../../harness/shelf.ts';

const update = (id: number, text: string): Fetched => ({
  id,
  read: {
    received: {
      kind: 'messages',
      messages: [
        { channel: 'telegram', deliveryId: `${id}`, address: 'a', event: { type: 'text', text }, at: 0 },
      ],
    },
  },
});

test('the time of a chat that comes between two of its updates does not let the later one go first', async () => {
  let time = 0;
  let away = true;
  const taken: number[] = [];
  const cursor = createCursor({
    log: pino({ level: 'silent' }),
    shelf: memoryShelf(),
    // Every look at the clock is a millisecond later.
    now: () => {
      time += 1;
      return time;
    },
    backoff: () => ({ next: () => 12, reset: () => undefined }),
    take: async ({ received }) => {
      const [message] = received.kind === 'messages' ? received.messages : [];
      if (message?.deliveryId === '1' && away) throw new Unavailable('away');
      taken.push(Number(message?.deliveryId));
    },
  });
  const batch = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => update(id, `${id}`));
  await cursor.advance(batch);
  away = false;
  for (let round = 0; round < 6; round += 1)
    await cursor.advance(batch.filter(({ id }) => id >= (cursor.offset ?? 0)));
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('what lies on the shelf leaves it before the next of its chat is taken: a crash brings back no more than that', async () => {
  const order: string[] = [];
  const shelf = memoryShelf();
  for (const id of [1, 2, 3]) {
    const { received } = update(id, `${id}`).read;
    for (const message of received.kind === 'messages' ? received.messages : []) await shelf.put(message, id);
  }
  const cursor = createCursor({
    log: pino({ level: 'silent' }),
    now: Date.now,
    shelf: {
      ...shelf,
      drop: async (message) => {
        order.push(`gone ${message.deliveryId}`);
        await shelf.drop(message);
      },
    },
    take: async ({ received }) => {
      const [message] = received.kind === 'messages' ? received.messages : [];
      order.push(`taken ${message?.deliveryId}`);
    },
  });
  expect(await cursor.open()).toBe(true);
  expect(await cursor.advance([])).toEqual({ went: 3 });
  expect(order).toEqual(['taken 1', 'gone 1', 'taken 2', 'gone 2', 'taken 3', 'gone 3']);
  expect(shelf.rows.size).toBe(0);
});
