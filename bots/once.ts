import { LRUCache } from 'lru-cache';

/** Sends remembered; at the speed of a platform that is some minutes, longer than any repetition takes to come. */
const KEPT = 10_000;

/**
 * Calls that were made under an id are not made again: platforms have no such memory, and a mark that could not be
 * written makes us send again. Good within one process only; after a crash a message may come twice. One that
 * failed is forgotten, so that it can be tried again.
 */
export const createOnce = <T extends object>(): ((id: string, call: () => Promise<T>) => Promise<T>) => {
  const calls = new LRUCache<string, Promise<T>>({ max: KEPT });
  return (id, call) => {
    const known = calls.get(id);
    if (known !== undefined) return known;
    const calling = call();
    calls.set(id, calling);
    calling.catch(() => {
      if (calls.peek(id) === calling) calls.delete(id);
    });
    return calling;
  };
};
