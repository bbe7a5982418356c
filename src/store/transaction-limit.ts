import { mongo } from 'mongoose';
import type { Database } from './connect.ts';
import { LIMIT, SECONDS } from './embedded/abandoned.ts';
import { available } from './errors.ts';

interface Log {
  warn(fields: object, message: string): void;
}

/** The limit in seconds; undefined where our user may not see it, which a user of one database may not. */
const limitOf = async ({ connection }: Pick<Database, 'connection'>): Promise<number | undefined> => {
  const admin = connection.getClient().db('admin');
  try {
    return (await available(admin.command({ getParameter: 1, [LIMIT]: 1 })))[LIMIT];
  } catch (error) {
    if (error instanceof mongo.MongoServerError) return undefined;
    throw error;
  }
};

/** Tells whoever runs the server when what a crash leaves open stays shut for longer than it need. */
export const tellOfLimit = async (database: Pick<Database, 'connection'>, log: Log): Promise<void> => {
  const seconds = await limitOf(database);
  if (seconds === undefined || seconds <= SECONDS) return;
  log.warn(
    { seconds },
    `what a process leaves that dies in a write is shut for so long: set ${LIMIT} to ${SECONDS} on the database`,
  );
};
