import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import type { CardResult } from '../../../src/services/card/result.ts';
import { createReadingThread, type ReadingThread } from '../../../src/services/card/thread.ts';
import { PATIENCE } from '../../harness/patience.ts';

const STUBBORN = new URL('./stubborn.mjs', import.meta.url);
const [FINE, HANG, THROW, EXIT, EAT] = [0, 1, 2, 3, 4].map((order) => Uint8Array.of(order)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const READ = { ok: false, problem: 'noCode' };
/** Long enough for a thread to start, and for one to use its memory up, on a busy machine. */
const READ_MS = PATIENCE;

let thread: ReadingThread;
const open = (readMs = READ_MS) => {
  thread = createReadingThread(readMs, STUBBORN);
  return thread;
};
afterEach(() => thread.close());

test('a thread that hangs is given up in time, and the next photo has a new one', async () => {
  const { read } = open(2_000);
  /** On a busy machine a thread may take longer to start, and is given up too. */
  const readFine = async (): Promise<CardResult> => {
    const answer = await read(FINE);
    return !answer.ok && answer.problem === 'timeout' ? readFine() : answer;
  };
  expect(await readFine()).toEqual(READ);
  const from = performance.now();
  expect(await read(HANG)).toEqual({ ok: false, problem: 'timeout' });
  expect(performance.now() - from).toBeLessThan(PATIENCE / 2);
  expect(await readFine()).toEqual(READ);
});

test.each([
  ['throws', THROW, 'a fault of ours'],
  ['takes all memory', EAT, 'Worker terminated due to reaching memory limit'],
])(
  'a thread that %s fails one photo, with its cause, and the next has a new one',
  async (_what, photo, cause) => {
    const { read } = open();
    await expect(read(photo)).rejects.toMatchObject({
      message: 'the thread that reads cards failed',
      cause: { message: expect.stringContaining(cause) },
    });
    expect(await read(FINE)).toEqual(READ);
  },
);

test('a thread that just ends fails one photo, and the next has a new one', async () => {
  const { read } = open();
  await expect(read(EXIT)).rejects.toThrow('the thread that reads cards was stopped');
  expect(await read(FINE)).toEqual(READ);
});

test('closing ends a photo under way at once', async () => {
  const { read, close } = open();
  await read(FINE);
  const reading = read(HANG);
  await pause(100); // until it has reached the thread
  const ended = expect(reading).rejects.toThrow('the thread that reads cards was stopped');
  const from = performance.now();
  await close();
  await ended;
  expect(performance.now() - from).toBeLessThan(READ_MS / 2);
});

test('closing before the thread is started keeps it from starting', async () => {
  const { read, close } = open();
  const reading = expect(read(FINE)).rejects.toThrow('the card reader is closed');
  await close();
  await reading;
});
