import { LRUCache } from 'lru-cache';
import type { BlindIndex } from '../security/blind-index.ts';

/** The id of the chat at an address of a channel: the same for ever, and nobody can read the address from it. */
export type ChatId = (channel: string, address: string) => string;

export const chatIdBy =
  (index: BlindIndex): ChatId =>
  (channel, address) =>
    index('chat', `${channel}|${address}`);

/** Who writes, mostly wrote a moment ago; working its id out anew is half of all the hashing of an update. */
const KEPT = 10_000;

/** The same, remembered. */
export const rememberedChatId = (index: BlindIndex): ChatId => {
  const ids = new LRUCache<string, string>({ max: KEPT });
  const work = chatIdBy(index);
  return (channel, address) => {
    const where = `${channel}|${address}`;
    const known = ids.get(where);
    if (known !== undefined) return known;
    const id = work(channel, address);
    ids.set(where, id);
    return id;
  };
};
