import type { Connection, mongo } from 'mongoose';
import { type CollectionName, SCHEMAS } from './collections.ts';
import { connect, type Database } from './connect.ts';
import { available } from './errors.ts';
import { MIGRATIONS, type Migration, migrate } from './migrations.ts';

const NAMESPACE_EXISTS = 48;

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

type Declaring = Pick<Database, 'connection' | 'collections'>;

/** Side by side, and one question for each collection: every start asks, and most find all of it there. */
export async function createIndexes(database: Declaring): Promise<void> {
  await Promise.all((Object.keys(SCHEMAS) as CollectionName[]).map((name) => declare(database, name)));
}

/** Making an index makes its collection. */
async function declare({ connection, collections }: Declaring, name: CollectionName): Promise<void> {
  const indexes = SCHEMAS[name].indexes().map(([key, options]) => ({ ...options, key }));
  const collection = collections[name] as unknown as mongo.Collection;
  if (indexes.length > 0) await collection.createIndexes(indexes as mongo.IndexDescription[]);
  else await create(connection, collection.collectionName);
}

async function create(connection: Connection, name: string): Promise<void> {
  try {
    await connection.createCollection(name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== NAMESPACE_EXISTS) throw error;
  }
}
