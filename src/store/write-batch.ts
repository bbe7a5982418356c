import type { ClientSession, mongo } from 'mongoose';
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

/** One try to write all: a bulk write, or a transaction when there are effects. Throws `Unavailable`. */
export async function attempt(database: Database, batch: readonly Riding[]): Promise<Attempt> {
  const effects = batch.flatMap(({ write }) => write.effects);
  const writing = effects.length > 0 ? transaction(database, batch, effects) : bulk(database, batch);
  try {
    return (await available(writing)) ? 'done' : 'unmatched';
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return isContended(error) ? 'contended' : { refused: error };
  }
}

/** True when every write found its conversation at the revision it builds on. */
async function bulk(database: Database, batch: readonly Riding[], session?: ClientSession): Promise<boolean> {
  const operations = batch.map(({ write, sent }) => write.operation(sent));
  if (session === undefined) crashPoint('in-group');
  const concern = session ? { session } : { writeConcern: DURABLE };
  const done = await database.collections.conversations.bulkWrite(operations, { ordered: false, ...concern });
  return done.matchedCount + done.insertedCount === batch.length;
}

async function transaction(
  database: Database,
  batch: readonly Riding[],
  effects: readonly Effect[],
): Promise<boolean> {
  const session = database.connection.getClient().startSession();
  try {
    session.startTransaction({ writeConcern: DURABLE });
    const matched = await bulk(database, batch, session);
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
