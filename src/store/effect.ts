import type { ClientSession, mongo } from 'mongoose';
import type { CollectionName, Collections, Documents } from './collections.ts';

type Doc = mongo.BSON.Document;

/** What is written with a conversation, all or nothing. */
export type Effect =
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

export const hasMust = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => 'update' in effect && effect.update.must);

/** Applies all in one write per collection; false when a `must` matched nothing. Throws what the driver throws. */
export async function applyEffects(
  collections: Collections,
  effects: readonly Effect[],
  session: ClientSession,
): Promise<boolean> {
  for (const [name, group] of byCollection(effects)) {
    const inserts = group.flatMap((effect) => ('insert' in effect ? effect.insert.documents : []));
    const updates = group.flatMap((effect) => ('update' in effect ? [effect.update] : []));
    const musts = updates.filter((each) => each.must);
    const others = updates.filter((each) => !each.must);
    const collection = collections[name] as unknown as mongo.Collection<Doc>;
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

function byCollection(effects: readonly Effect[]): Map<CollectionName, Effect[]> {
  const groups = new Map<CollectionName, Effect[]>();
  for (const effect of effects) {
    const { collection } = 'insert' in effect ? effect.insert : effect.update;
    const group = groups.get(collection);
    if (group) group.push(effect);
    else groups.set(collection, [effect]);
  }
  return groups;
}
