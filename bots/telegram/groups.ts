import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Renderer } from '../../src/dialogue/render.ts';
import { LANGS } from '../../src/domain/lang.ts';
import type { Api } from './api.ts';

/** A group whose members keep calling us hears us once in so long (ms). */
const AGAIN_MS = 3_600_000;
const GROUPS_KEPT = 1_000;

export interface GroupsParts {
  readonly api: Api;
  readonly renderer: Renderer;
  readonly log: Logger;
  /** Where we can be talked to alone; undefined while our name is not known. */
  readonly link: () => string | undefined;
}

/** Says in a group, politely and once, that health is talked about in private, and leaves. */
export const createGroups = ({ api, renderer, log, link }: GroupsParts): ((group: number) => void) => {
  const told = new LRUCache<number, true>({ max: GROUPS_KEPT, ttl: AGAIN_MS });

  const tell = async (group: number): Promise<void> => {
    if (told.has(group)) return;
    told.set(group, true);
    const sentences = LANGS.map((lang) => renderer.line(lang, { key: 'telegram.privateOnly' }));
    const address = link();
    const text = [...sentences, ...(address === undefined ? [] : [address])].join('\n');
    await api.call('sendMessage', { chat_id: group, text });
  };

  return (group) => {
    // Where we may not speak (a channel, a group that is closed), leaving is all.
    tell(group)
      .catch((err: unknown) => log.debug({ err }, 'a group was not told'))
      .then(() => api.call('leaveChat', { chat_id: group }))
      .catch((err: unknown) => log.debug({ err }, 'a group was not left'));
  };
};
