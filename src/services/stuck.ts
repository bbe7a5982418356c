import type { CollectionName } from '../store/collections.ts';
import { isAway, isContended } from '../store/errors.ts';

/** A document that cannot be worked on: sealed under a key that is gone, changed since, or of a form nobody knows. */
export interface Stuck {
  readonly collection: CollectionName;
  readonly id: string;
}

/** Whoever looks after the server should know. Told each time it is met; nothing of what stands in it is told. */
export type OnStuck = (error: unknown, stuck: Stuck) => void;

/**
 * Does each of some documents by itself, and gives what came of those that went well: one that is stuck keeps no other
 * from its turn. That the database is away, or busy with another write of it, is the fault of none.
 * @throws what says so
 */
export const eachAlone = async <Doc, Done>(
  docs: readonly Doc[],
  does: (doc: Doc) => Promise<Done>,
  stuck: (error: unknown, doc: Doc) => unknown,
): Promise<readonly Done[]> => {
  const all = docs.map(async (doc) => {
    try {
      return [await does(doc)];
    } catch (error) {
      if (isAway(error) || isContended(error)) throw error;
      await stuck(error, doc);
      return [];
    }
  });
  return (await Promise.all(all)).flat();
};
