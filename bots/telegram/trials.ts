import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { describeError } from '../../src/services/converse/park.ts';
import { type Backoff, createBackoff } from './backoff.ts';

/** Tries of an update that fails for no reason that passes; then the others go on without it. */
const TRIES = 5;
/**
 * How long an update is turned away while others are taken before it is passed over (ms): no lock, election or
 * overload of the store that spares the others lasts so long.
 */
const PATIENCE_MS = 300_000;
/** Between two tries no more than this counts (ms): meanwhile Telegram may have been away, or we. */
const MOST_COUNTED_MS = 60_000;
/** Chats whose failures are remembered, for twice the patience: who is passed over once need not wait it out again. */
const KEPT = { max: 10_000, ttl: 2 * PATIENCE_MS };

interface Trial {
  readonly id: number;
  readonly times: number;
  /** ms of trying while others were taken. */
  readonly tried: number;
  /** ms since 1970: the last try, and the next. */
  readonly last: number;
  readonly next: number;
  readonly waits: Backoff;
}

export interface TrialsParts {
  readonly log: Logger;
  readonly now: () => number;
  readonly backoff?: () => Backoff;
}

/** Errors of a store that is away or full say so themselves. */
const mayPass = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === true;

/** The chats whose updates are not taken: when each is tried again, and when one is passed over. */
export const createTrials = ({ log, now, backoff = createBackoff }: TrialsParts) => {
  const trials = new LRUCache<string, Trial>(KEPT);
  /** ms since 1970: when the store last took something of anybody. */
  let taken = 0;

  const next = (chat: string, id: number): Trial => {
    const at = now();
    const before = trials.get(chat) ?? { id, times: 0, tried: 0, last: at, waits: backoff() };
    const { last, waits } = before;
    const times = before.id === id ? before.times + 1 : 1;
    const tried = before.tried + (taken >= last ? Math.min(at - last, MOST_COUNTED_MS) : 0);
    return { id, times, tried, last: at, next: at + waits.next(), waits };
  };

  return {
    isDue: (chat: string): boolean => (trials.get(chat)?.next ?? 0) <= now(),
    /** ms until the chat is tried again. */
    wait: (chat: string): number => Math.max(0, (trials.get(chat)?.next ?? 0) - now()),
    /** Others were taken while this one failed: the store is not away. */
    isAlone: (chat: string): boolean => (trials.get(chat)?.tried ?? 0) > 0,
    took: (chat: string): void => {
      taken = now();
      trials.delete(chat);
    },
    /** Whether the update is passed over. */
    failed: (chat: string, id: number, error: unknown): boolean => {
      const trial = next(chat, id);
      const isOver = mayPass(error) ? trial.tried >= PATIENCE_MS : trial.times >= TRIES;
      trials.set(chat, isOver ? { ...trial, next: 0 } : trial);
      if (isOver)
        log.error(
          { ...describeError(error), update: id },
          'an update fails again and again: it is passed over',
        );
      return isOver;
    },
  };
};
