import type { ClientSession, mongo } from 'mongoose';
import type { CollectionName, Collections, Documents } from './collections.ts';

type Doc = mongo.BSON.Document;

/** What is written with a conversation, all or nothing. */
export type Effect = Change & {
  /** Collections of another database of the same server; the conversation's own when not given. */
  readonly in?: Collections;
};

type Change =
  | { readonly insert: { readonly collection: CollectionName; readonly documents: readonly Doc[] } }
  | {
      readonly update: {
        readonly collection: CollectionName;
        readonly filter: Doc;
        readonly update: Doc;
        /** When nothing matches, the commit is stale: somebody was quicker, the step is to be planned anew. */
        readonly must: boolean;
      };
    };

export const insert = <Name extends CollectionName>(
  collection: Name,
  ...documents: readonly Documents[Name][]
): Effect => ({ insert: { collection, documents: documents as readonly Doc[] } });

export const update = <Name extends CollectionName>(
  collection: Name,
  filter: mongo.Filter<Documents[Name]>,
  change: mongo.UpdateFilter<Documents[Name]>,
  { must = false } = {},
): Effect => ({ update: { collection, filter, update: change, must } });

/** The same in another database of the same server: an exercise's. */
export const elsewhere = (effect: Effect, collections: Collections): Effect => ({
  ...effect,
  in: collections,
});

export const hasMust = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => 'update' in effect && effect.update.must);

/** Applies all in one write per collection; false when a `must` matched nothing. Throws what the driver throws. */
export async function applyEffects(
  collections: Collections,
  effects: readonly Effect[],
  session: ClientSession,
): Promise<boolean> {
  for (const group of byCollection(collections, effects)) {
    const inserts = group.effects.flatMap((effect) => ('insert' in effect ? effect.insert.documents : []));
    const updates = group.effects.flatMap((effect) => ('update' in effect ? [effect.update] : []));
    const musts = updates.filter((each) => each.must);
    const others = updates.filter((each) => !each.must);
    const { collection } = group;
    const write = [...inserts.map((document) => ({ insertOne: { document } })), ...musts.map(updateOne)];
    if (write.length > 0) {
      const { matchedCount } = await collection.bulkWrite(write, { session });
      if (matchedCount < musts.length) return false;
    }
    if (others.length > 0) await collection.bulkWrite(others.map(updateOne), { session });
  }
  return true;
}

const updateOne = ({ filter, update }: { filter: Doc; update: Doc }) => ({ updateOne: { filter, update } });

interface Group {
  readonly collection: mongo.Collection<Doc>;
  readonly effects: Effect[];
}

function byCollection(collections: Collections, effects: readonly Effect[]): Iterable<Group> {
  const groups = new Map<unknown, Group>();
  for (const effect of effects) {
    const name = 'insert' in effect ? effect.insert.collection : effect.update.collection;
    const collection = (effect.in ?? collections)[name];
    const group = groups.get(collection);
    if (group) group.effects.push(effect);
    else
      groups.set(collection, {
        collection: collection as unknown as mongo.Collection<Doc>,
        effects: [effect],
      });
  }
  return groups.values();
}
