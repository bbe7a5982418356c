import type { Take } from './intake.ts';
import type { Read } from './wire.ts';

export const addressOf = ({ received }: Read): string | undefined =>
  received.kind === 'messages' ? received.messages[0]?.address : undefined;

/**
 * Hands in a batch: all chats at once, each chat's updates one after the other, and none of them after one that
 * failed, because what is committed must be in the order it was said. Says what became of each.
 */
export const takeBatch = (
  take: Take,
  batch: readonly Read[],
): Promise<readonly PromiseSettledResult<void>[]> => {
  const chats = new Map<string, Promise<void>>();
  const takings = batch.map((read) => {
    const address = addressOf(read);
    if (address === undefined) return take(read);
    const before = chats.get(address);
    const taking = before === undefined ? take(read) : before.then(() => take(read));
    chats.set(address, taking);
    return taking;
  });
  return Promise.allSettled(takings);
};
