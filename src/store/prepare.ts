import { connect, type Database } from './connect.ts';
import { available } from './errors.ts';
import { MIGRATIONS, type Migration, migrate } from './migrations.ts';

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

export async function createIndexes({ models }: Pick<Database, 'models'>): Promise<void> {
  for (const model of Object.values(models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}
