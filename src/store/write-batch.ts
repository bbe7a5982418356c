import mongoose, { type mongo } from 'mongoose';
import { type Database, DURABLE } from './connect.ts';
import type { ConversationDoc } from './conversation.ts';
import { crashPoint } from './crash-point.ts';
import { applyEffects, type Effect } from './effect.ts';
import { available, isContended, Unavailable } from './errors.ts';

/** The next revision of one conversation, sealed, and what goes with it. */
export interface Write {
  readonly chat: string;
  /** Revision the write builds on; 0 for a chat that is new. */
  readonly from: number;
  /** The sealed state. No two are alike, so finding it in the database means that this very write is in. */
  readonly state: Buffer;
  /** `sent`: ids of what was said, to be struck by the same operation. */
  readonly operation: (sent: readonly string[]) => mongo.AnyBulkWriteOperation<ConversationDoc>;
  readonly effects: readonly Effect[];
}

/** A write on its way, with the marks that ride with it. */
export interface Riding {
  readonly write: Write;
  readonly sent: readonly string[];
}

/** What came of one attempt; all but `done` leave the question which writes are in. */
export type Attempt = 'done' | 'unmatched' | 'contended' | { readonly refused: unknown };

/** Where a write stands: in, no longer possible, or still to be made. */
export type Standing = 'in' | 'late' | 'open';

/** One try to write all: side by side, or a transaction when there are effects. Throws `Unavailable`. */
export async function attempt(database: Database, batch: readonly Riding[]): Promise<Attempt> {
  const effects = batch.flatMap(({ write }) => write.effects);
  const operations = batch.map(({ write, sent }) => write.operation(sent));
  const writing =
    effects.length > 0 ? transaction(database, operations, effects) : direct(database, operations);
  try {
    return (await available(writing)) ? 'done' : 'unmatched';
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return isContended(error) ? 'contended' : { refused: error };
  }
}

type Operation = mongo.AnyBulkWriteOperation<ConversationDoc>;

/**
 * True when every write found its conversation at the revision it builds on. By plain commands: the driver's own bulk
 * write is one that may be repeated, for which the server keeps a note on each of its statements, and takes half as
 * much time again there and here. Ours need no note: by revision and state anybody can see whether a write is in.
 */
async function direct(
  { collections, connection }: Database,
  operations: readonly Operation[],
): Promise<boolean> {
  const { collectionName } = collections.conversations;
  const write = async (what: 'insert' | 'update', key: string, statements: readonly object[]) => {
    if (statements.length === 0) return 0;
    const command = { [what]: collectionName, [key]: statements, ordered: false, writeConcern: DURABLE };
    return countOf(await connection.getClient().db(connection.name).command(command));
  };
  crashPoint('in-group');
  const [inserted, matched] = await Promise.all([
    write(
      'insert',
      'documents',
      operations.flatMap((each) => ('insertOne' in each ? [each.insertOne.document] : [])),
    ),
    write(
      'update',
      'updates',
      operations.flatMap((each) =>
        'updateOne' in each ? [{ q: each.updateOne.filter, u: each.updateOne.update }] : [],
      ),
    ),
  ]);
  return inserted + matched === operations.length;
}

/** How many statements of a write command found their document. Throws what went wrong with one, or with all. */
function countOf({ n, writeErrors, writeConcernError }: mongo.BSON.Document): number {
  if (writeConcernError)
    throw new Unavailable('Written, but not known to be durable.', { cause: writeConcernError });
  const [first] = writeErrors ?? [];
  if (first !== undefined) throw new mongoose.mongo.MongoServerError(first);
  return Number(n);
}

async function transaction(
  database: Database,
  operations: Operation[],
  effects: readonly Effect[],
): Promise<boolean> {
  const session = database.connection.getClient().startSession();
  try {
    session.startTransaction({ writeConcern: DURABLE });
    const bulk = database.collections.conversations.bulkWrite(operations, { ordered: false, session });
    const { matchedCount, insertedCount } = await bulk;
    const matched = matchedCount + insertedCount === operations.length;
    const all = matched && (await applyEffects(database.collections, effects, session));
    crashPoint('in-group-with-effects');
    await (all ? session.commitTransaction() : session.abortTransaction());
    return all;
  } finally {
    await session.endSession(); // aborts what is still open
  }
}

/** Looks where each write stands. Throws `Unavailable`. */
export async function standings(
  database: Database,
  writes: readonly Write[],
): Promise<(write: Write) => Standing> {
  const filter = { _id: { $in: writes.map((write) => write.chat) } };
  const found = database.collections.conversations.find(filter, { projection: { rev: 1, state: 1 } });
  const docs = new Map((await available(found.toArray())).map((doc) => [doc._id, doc]));
  return ({ chat, from, state }) => {
    const doc = docs.get(chat);
    if (doc?.state.equals(state)) return 'in';
    return (doc?.rev ?? 0) === from ? 'open' : 'late';
  };
}
