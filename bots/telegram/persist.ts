import type { Logger } from 'pino';
import { describeError } from '../../src/services/converse/park.ts';
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

/** What the store says may quote a person; what Telegram says of a call of ours does not. */
export const fieldsOf = (error: unknown): object =>
  error instanceof TelegramFault ? { err: error } : describeError(error);

/** Telegram refuses it as it is: no repetition changes that. A name that is not found may be found later. */
const isRefused = (error: unknown): boolean =>
  error instanceof TelegramFault && error.status === 400 && !/resolve host/i.test(error.message);

/** Does something until it is done, however long Telegram or the store is out of reach; undefined when it was ended or refused. */
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
      if (isRefused(err)) return void log.error({ err }, `Telegram refuses ${what}: it is not tried again`);
      log.warn(fieldsOf(err), `Telegram: ${what} failed, will be tried again`);
      await rest(waitFor(err, waits), signal);
    }
  }
  return undefined;
};
