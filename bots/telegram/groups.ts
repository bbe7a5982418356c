import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Renderer } from '../../src/dialogue/render.ts';
import { LANGS } from '../../src/domain/lang.ts';
import type { Api } from './api.ts';
import { rest } from './backoff.ts';
import { TelegramFault } from './faults.ts';

/** A group whose members keep calling us hears us once in so long (ms). */
const AGAIN_MS = 3_600_000;
const GROUPS_KEPT = 1_000;
/** Somebody puts us into groups by the hundred: the rest of them is left when it calls again. */
const MOST_WAITING = 100;
/** Seconds, where Telegram does not say how long to wait. */
const UNSAID = 5;

export interface GroupsParts {
  readonly api: Api;
  readonly renderer: Renderer;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Where we can be talked to alone; undefined while our name is not known. */
  readonly link: () => string | undefined;
}

/**
 * Says in a group, politely and once, that health is talked about in private, and leaves. One group after the other:
 * what Telegram lets us send belongs to the people who declare.
 */
export const createGroups = (parts: GroupsParts): ((group: number) => void) => {
  const { api, renderer, log, signal, link } = parts;
  const told = new LRUCache<number, true>({ max: GROUPS_KEPT, ttl: AGAIN_MS });
  const waiting = new Set<number>();
  let isWorking = false;

  /** After a 429 nothing is done for any group until its time is over; then once more. */
  const patiently = async (call: () => Promise<unknown>): Promise<void> => {
    try {
      await call();
    } catch (err) {
      if (!(err instanceof TelegramFault) || err.status !== 429) throw err;
      await rest((err.retryAfter ?? UNSAID) * 1_000, signal);
      if (!signal.aborted) await call();
    }
  };

  const tell = async (group: number): Promise<void> => {
    if (told.has(group)) return;
    told.set(group, true);
    const sentences = LANGS.map((lang) => renderer.line(lang, { key: 'telegram.privateOnly' }));
    const address = link();
    const text = [...sentences, ...(address === undefined ? [] : [address])].join('\n');
    await patiently(() => api.call('sendMessage', { chat_id: group, text }));
  };

  const part = (group: number): Promise<void> =>
    // Where we may not speak (a channel, a group that is closed), leaving is all.
    tell(group)
      .catch((err: unknown) => log.debug({ err }, 'a group was not told'))
      .then(() => patiently(() => api.call('leaveChat', { chat_id: group })))
      .catch((err: unknown) => log.debug({ err }, 'a group was not left'));

  const work = async (): Promise<void> => {
    isWorking = true;
    for (const group of waiting) {
      waiting.delete(group);
      if (!signal.aborted) await part(group);
    }
    isWorking = false;
  };

  return (group) => {
    if (!waiting.has(group) && waiting.size >= MOST_WAITING)
      return log.debug('a group was passed over: too many wait');
    waiting.add(group);
    if (!isWorking) void work();
  };
};
