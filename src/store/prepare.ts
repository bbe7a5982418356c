import type { mongo } from 'mongoose';
import type { CollectionName, Models } from './collections.ts';
import { connect, type Database } from './connect.ts';
import { available } from './errors.ts';
import { MIGRATIONS, type Migration, migrate } from './migrations.ts';

type IndexDescription = mongo.IndexDescription;

/**
 * Makes the database what this version needs: collections (a transaction must not have to create one), declared
 * indexes, migrations. Any number of processes may do it at once. On a connection of its own, because an index
 * over millions takes longer than any answer may take in daily work.
 */
export async function prepare(uri: string, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const database = await connect(uri, { patient: true });
  try {
    await available(createIndexes(database), Infinity);
    await migrate(database, migrations);
  } finally {
    await database.close();
  }
}

/** Side by side, and one question for each collection: every start asks, and most find all of it there. */
export async function createIndexes({ models }: Pick<Database, 'models'>): Promise<void> {
  await Promise.all(Object.values(models).map((model) => declare(model)));
}

/** Making an index makes its collection. */
async function declare(model: Models[CollectionName]): Promise<void> {
  const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }) as IndexDescription);
  if (indexes.length === 0) await model.createCollection();
  else await model.collection.createIndexes(indexes);
}
