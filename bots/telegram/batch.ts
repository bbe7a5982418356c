import type { Read } from './wire.ts';

export const addressOf = ({ received }: Read): string | undefined =>
  received.kind === 'messages' ? received.messages[0]?.address : undefined;

/**
 * Hands in a batch: all chats at once, each chat's updates one after the other, and none of them after one that
 * failed, because what is committed must be in the order it was said. Says what became of each.
 */
export const takeBatch = <One extends { readonly read: Read }>(
  take: (one: One) => Promise<void>,
  batch: readonly One[],
): Promise<readonly PromiseSettledResult<void>[]> => {
  const chats = new Map<string, Promise<void>>();
  const takings = batch.map((one) => {
    const address = addressOf(one.read);
    if (address === undefined) return take(one);
    const before = chats.get(address);
    const taking = before === undefined ? take(one) : before.then(() => take(one));
    chats.set(address, taking);
    return taking;
  });
  return Promise.allSettled(takings);
};
