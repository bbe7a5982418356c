import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { Closing } from '../../src/delivery/outboxClosing.ts';
import { OutboxSend, type SendParts } from '../../src/delivery/outboxSend.ts';
import type { DeliveryDoc } from '../../src/store/deliveries.ts';

const never = (): Promise<string> => new Promise(() => undefined);

test('nobody waits on for what came, for what failed, or after the closing', async () => {
  const closing = new Closing();
  expect(await closing.before(Promise.resolve('came'), 'early')).toBe('came');
  await expect(closing.before(Promise.reject(new Error('failed')), 'early')).rejects.toThrow('failed');
  expect(closing.waiting).toBe(0);
  const waits = [closing.before(never(), 'early'), closing.before(never(), 'too')];
  expect(closing.waiting).toBe(2);
  closing.close();
  expect(await Promise.all(waits)).toEqual(['early', 'too']);
  expect(await closing.before(never(), 'late')).toBe('late');
  expect(closing.waiting).toBe(0);
});

/** Bytes that are in use after everything that is not was thrown away. */
const inUse = async (): Promise<number> => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let n = 0; n < 3; n += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
};

const ROWS = 15_000;
/** Bytes for each row that went; a race against a promise that stays keeps about 320. */
const MOST = 100;

test('a row that had its turn leaves nothing behind: a campaign has millions', async () => {
  const parts = {
    writes: { write: async () => true },
    budget: { admit: async () => 1_000, throttled: async () => undefined },
    now: Date.now,
  } as unknown as SendParts;
  const send = new OutboxSend(parts);
  const row = { _id: 'r', chat: 'c', lane: 'alert', purpose: 'alert', readyAt: new Date(), attempt: 0 };
  const deliver = async (): Promise<void> => {
    for (let n = 0; n < ROWS; n += 1) await send.deliver(row as DeliveryDoc);
  };
  await deliver(); // what is compiled and cached is there by now
  let left = Number.POSITIVE_INFINITY;
  // What others leave in this worker just then is not ours; what is left behind is so every time.
  for (let n = 0; n < 3 && left >= MOST; n += 1) {
    const before = await inUse();
    await deliver();
    left = ((await inUse()) - before) / ROWS;
  }
  expect(left).toBeLessThan(MOST);
});
