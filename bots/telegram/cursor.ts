import type { Logger } from 'pino';
import { takeBatch } from './batch.ts';
import type { Take } from './intake.ts';
import type { Read } from './wire.ts';

/** Tries of an update that fails for no reason that passes; then the others go on without it. */
const TRIES = 5;

export interface Fetched {
  readonly id: number;
  readonly read: Read;
}

/** Where we are in Telegram's queue. */
export interface Cursor {
  /** The first update that is not done with; Telegram forgets all before it when it hears of it. */
  readonly offset: number | undefined;
  /** Hands a batch in and moves over what is done, up to the first that failed; its error, if there is one. */
  advance(batch: readonly Fetched[]): Promise<{ readonly failed?: unknown }>;
}

/** Errors of a store that is away or full say so themselves. */
const mayPass = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === true;

export const createCursor = (take: Take, log: Logger): Cursor => {
  let offset: number | undefined;
  let failing: { readonly id: number; readonly times: number } | undefined;

  const isGivenUp = (id: number, err: unknown): boolean => {
    if (mayPass(err)) return false;
    const times = failing?.id === id ? failing.times + 1 : 1;
    failing = { id, times };
    if (times < TRIES) return false;
    log.error({ err, update: id }, 'an update fails again and again: it is passed over');
    return true;
  };

  return {
    get offset() {
      return offset;
    },
    advance: async (batch) => {
      const reads = batch.map(({ read }) => read);
      const results = await takeBatch(take, reads);
      for (const [n, { id }] of batch.entries()) {
        const result = results[n];
        if (result?.status === 'rejected' && !isGivenUp(id, result.reason)) return { failed: result.reason };
        offset = id + 1;
      }
      return {};
    },
  };
};
