import type { Logger } from 'pino';
import { describeError } from '../../src/services/converse/park.ts';
import { rest } from './backoff.ts';
import type { createCursor } from './cursor.ts';

export interface TakeUpParts {
  readonly cursor: Pick<ReturnType<typeof createCursor>, 'open' | 'advance'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Hands in what an earlier process, which polled, has left on the shelf, until nothing lies there: Telegram has forgotten it
 * and posts it no more. As in polling each chat's goes in its order, and what fails again and again is parked.
 */
export const takeUp = async ({ cursor, log, signal }: TakeUpParts): Promise<void> => {
  let wait = (await cursor.open()) ? 0 : undefined;
  let isTold = false;
  while (wait !== undefined && !signal.aborted) {
    await rest(wait, signal);
    const { wait: next, failed } = await cursor.advance([]);
    if (failed !== undefined && !isTold)
      log.warn(
        describeError(failed.error),
        'what lies on the shelf could not be taken, tried again until it can',
      );
    isTold ||= failed !== undefined;
    wait = next;
  }
};
