import { mongo } from 'mongoose';
import type { Database } from './connect.ts';
import { available } from './errors.ts';
import { TRANSACTION_LIMIT } from './transaction-limit.ts';

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

const { name, seconds: wanted } = TRANSACTION_LIMIT;

/** The limit in seconds; undefined where our user may not see it: that takes the role `clusterMonitor`. */
const limitOf = async ({ connection }: Pick<Database, 'connection'>): Promise<number | undefined> => {
  const admin = connection.getClient().db('admin');
  try {
    return (await available(admin.command({ getParameter: 1, [name]: 1 })))[name];
  } catch (error) {
    if (error instanceof mongo.MongoServerError) return undefined;
    throw error;
  }
};

/** Tells whoever runs the server when what a crash leaves open stays shut for longer than it need, or may. */
export const tellOfLimit = async (database: Pick<Database, 'connection'>, log: Log): Promise<void> => {
  const seconds = await limitOf(database);
  if (seconds === undefined)
    log.info({}, `this user may not see ${name} of the database: it should be ${wanted} (README)`);
  else if (seconds > wanted)
    log.warn(
      { seconds },
      `nobody can write for so long what a process was writing that died: set ${name} to ${wanted} on the database`,
    );
};
