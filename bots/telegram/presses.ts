import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Api } from './api.ts';
import { TelegramFault } from './faults.ts';

/** Presses remembered: an update that comes again within minutes is answered by its first answer. */
const KEPT = 10_000;
/** Seconds, where Telegram does not say how long. */
const UNSAID = 5;

export interface PressesParts {
  readonly api: Api;
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * Answers a press, so that its button stops turning. Once, whatever comes of it: one that is too old cannot be
 * answered, and a button that turns for half a minute is no harm worth a storm of calls. After a 429 none is answered
 * until Telegram's time is over.
 */
export const createPresses = ({ api, log, now }: PressesParts): ((press: string) => void) => {
  const answered = new LRUCache<string, true>({ max: KEPT });
  let quietUntil = 0;

  const failed = (err: unknown): void => {
    if (err instanceof TelegramFault && err.status === 429)
      quietUntil = now() + (err.retryAfter ?? UNSAID) * 1_000;
    log.debug({ err }, 'a press was not answered');
  };

  return (press) => {
    if (answered.has(press) || now() < quietUntil) return;
    answered.set(press, true);
    api.call('answerCallbackQuery', { callback_query_id: press }).catch(failed);
  };
};
