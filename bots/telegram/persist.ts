import type { Logger } from 'pino';
import { type Backoff, createBackoff, rest } from './backoff.ts';
import { TelegramFault } from './faults.ts';

export interface PersistParts {
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly backoff?: () => Backoff;
}

/** Seconds Telegram asks for, or the back-off's own time, in ms. */
export const waitFor = (error: unknown, backoff: Backoff): number => {
  const own = backoff.next();
  const asked = error instanceof TelegramFault ? error.retryAfter : undefined;
  return asked === undefined ? own : asked * 1_000;
};

/** Does something until it is done, however long Telegram is out of reach; undefined when it was ended before that. */
export const persist = async <T>(
  { signal, log, backoff = createBackoff }: PersistParts,
  what: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> => {
  const waits = backoff();
  while (!signal.aborted) {
    try {
      return await task(signal);
    } catch (err) {
      if (signal.aborted) return undefined;
      log.warn({ err }, `Telegram: ${what} failed, will be tried again`);
      await rest(waitFor(err, waits), signal);
    }
  }
  return undefined;
};
