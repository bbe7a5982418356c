import mongoose, { type ClientSession, type mongo } from 'mongoose';
import { type Database, DURABLE } from './connect.ts';
import type { ConversationDoc } from './conversation.ts';
import { crashPoint } from './crash-point.ts';
import { applyEffects, type Effect } from './effect.ts';
import { available, isContended, Unavailable } from './errors.ts';

/** One statement of a write command: a new document, or a change that a document may prove not to be meant by. */
export type Statement =
  | { readonly insert: ConversationDoc }
  | { readonly update: { readonly q: { readonly _id: string }; readonly u: mongo.BSON.Document[] } };

/** The next revision of one conversation, sealed, and what goes with it. */
export interface Write {
  readonly chat: string;
  /** Revision the write builds on; 0 for a chat that is new. */
  readonly from: number;
  /** The sealed state. No two are alike, so finding it in the database means that this very write is in. */
  readonly state: Buffer;
  /** `sent`: ids of what was said, to be struck by the same operation. */
  readonly statement: (sent: readonly string[]) => Statement;
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
  const statements = batch.map(({ write, sent }) => write.statement(sent));
  const writing =
    effects.length > 0 ? transaction(database, statements, effects) : direct(database, statements);
  try {
    return (await available(writing)) ? 'done' : 'unmatched';
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return isContended(error) ? 'contended' : { refused: error };
  }
}

/** True when every write found its conversation at the revision it builds on. */
async function direct(database: Database, statements: readonly Statement[]): Promise<boolean> {
  crashPoint('in-group');
  const durable = { writeConcern: DURABLE };
  const writing = commandsOf(database, statements).map((command) =>
    send(database, { ...command, ...durable }),
  );
  return sum(await Promise.all(writing)) === statements.length;
}

/** Of a transaction one after the other. */
async function together(
  database: Database,
  statements: readonly Statement[],
  session: ClientSession,
): Promise<boolean> {
  const made: number[] = [];
  for (const command of commandsOf(database, statements)) made.push(await send(database, command, session));
  return sum(made) === statements.length;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/**
 * Plain commands: the driver's own bulk write is one that may be repeated, for which the server keeps a note on each of
 * its statements, and takes half as much time again there and here. Ours need no note: by revision and state anybody can
 * see whether a write is in.
 */
function commandsOf({ collections }: Database, statements: readonly Statement[]): mongo.BSON.Document[] {
  const { collectionName } = collections.conversations;
  const documents = statements.flatMap((each) => ('insert' in each ? [each.insert] : []));
  const updates = statements.flatMap((each) => ('update' in each ? [each.update] : []));
  return [
    ...(documents.length > 0 ? [{ insert: collectionName, documents, ordered: false }] : []),
    ...(updates.length > 0 ? [{ update: collectionName, updates, ordered: false }] : []),
  ];
}

const send = async (
  { connection }: Database,
  command: mongo.BSON.Document,
  session?: ClientSession,
): Promise<number> =>
  countOf(
    await connection
      .getClient()
      .db(connection.name)
      .command(command, session && { session }),
  );

/** How many documents a write command made or changed. Throws what went wrong with one, or with all. */
function countOf({ n, nModified = n, writeErrors, writeConcernError }: mongo.BSON.Document): number {
  if (writeConcernError)
    throw new Unavailable('Written, but not known to be durable.', { cause: writeConcernError });
  const [first] = writeErrors ?? [];
  if (first !== undefined) throw new mongoose.mongo.MongoServerError(first);
  return Number(nModified);
}

async function transaction(
  database: Database,
  statements: readonly Statement[],
  effects: readonly Effect[],
): Promise<boolean> {
  const session = database.connection.getClient().startSession();
  try {
    session.startTransaction({ writeConcern: DURABLE });
    const matched = await together(database, statements, session);
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
