import { LRUCache } from 'lru-cache';
import type { Outgoing } from '../src/delivery/outgoing.ts';

/** Sends remembered; at the speed of a platform that is some minutes, longer than any repetition takes to come. */
const KEPT = 10_000;

/** Makes the call that one part of a message takes: once to each address, however often the message is sent there. */
export type Once<T> = (
  message: Pick<Outgoing, 'id' | 'address'>,
  part: string,
  call: () => Promise<T>,
) => Promise<T>;

/**
 * Calls that were made for a part of a message are not made again to the same address: platforms have no such memory, and a
 * mark that could not be written makes us send again. To another address they are: it is tried where the first one hangs
 * or fails. Good within one process only; after a crash a message may come twice. One that failed is forgotten, so that
 * it can be tried again.
 */
export const createOnce = <T extends object>(): Once<T> => {
  const calls = new LRUCache<string, Promise<T>>({ max: KEPT });
  return ({ id, address }, part, call) => {
    const name = JSON.stringify([id, part, address]);
    const known = calls.get(name);
    if (known !== undefined) return known;
    const calling = call();
    calls.set(name, calling);
    calling.catch(() => {
      if (calls.peek(name) === calling) calls.delete(name);
    });
    return calling;
  };
};
