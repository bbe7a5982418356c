import type { KeyStore, WrappedKey } from '../security/data-keys.ts';
import type { Collections } from './collections.ts';
import { available, isDuplicate } from './errors.ts';
import { collection as declare, required } from './schema.ts';

/** A data key, wrapped by a key-encryption key that is not in the database. */
export interface KeyDoc {
  _id: number;
  kek: string;
  wrapped: Buffer;
  at: Date;
}

export const keys = declare<KeyDoc>('keys', {
  _id: required.count,
  kek: required.text,
  wrapped: required.sealed,
  at: required.date,
});

const toDoc = ({ id, kek, wrapped, at }: WrappedKey): KeyDoc => ({ _id: id, kek, wrapped, at });

/** The data keys in the database. */
export function keyStore(collection: Collections['keys']): KeyStore {
  return {
    all: async () => {
      const docs = await available(collection.find().sort({ _id: 1 }).toArray());
      return docs.map(({ _id, kek, wrapped, at }) => ({ id: _id, kek, wrapped, at }));
    },
    add: async (key) => {
      try {
        await available(collection.insertOne(toDoc(key)));
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    replace: async (key, from) => {
      const result = await available(collection.replaceOne({ _id: key.id, kek: from }, toDoc(key)));
      return result.matchedCount === 1;
    },
  };
}
