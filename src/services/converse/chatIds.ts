import { LRUCache } from 'lru-cache';
import type { BlindIndex } from '../../security/blind-index.ts';

/** Who writes, mostly wrote a moment ago; working its id out anew is half of all the hashing of an update. */
const KEPT = 10_000;

/** The id of the chat at an address of a channel: the same for ever, and nobody can read the address from it. */
export type ChatIds = (channel: string, address: string) => string;

export const createChatIds = (index: BlindIndex): ChatIds => {
  const ids = new LRUCache<string, string>({ max: KEPT });
  return (channel, address) => {
    const where = `${channel}|${address}`;
    const known = ids.get(where);
    if (known !== undefined) return known;
    const id = index('chat', where);
    ids.set(where, id);
    return id;
  };
};
