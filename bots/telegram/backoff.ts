import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 500;
const LAST_MS = 30_000;

export interface Backoff {
  /** How long to wait now (ms): twice as long each time, with chance in it, so that not all come back at once. */
  next(): number;
  reset(): void;
}

export const createBackoff = (first = FIRST_MS, last = LAST_MS): Backoff => {
  let failures = 0;
  return {
    next: () => {
      const longest = Math.min(last, first * 2 ** failures);
      failures = Math.min(failures + 1, 30);
      return longest * (0.5 + Math.random() / 2);
    },
    reset: () => {
      failures = 0;
    },
  };
};

/** Waits, or returns at once when the signal comes. */
export const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
};
