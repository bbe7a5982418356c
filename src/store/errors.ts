import mongoose from 'mongoose';
import { TookTooLong, within } from './within.ts';

const { MongoError, MongoNetworkError, MongoServerError } = mongoose.mongo;

/** The database cannot be asked now. What was to be written may or may not be there: nothing is assumed. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code = 'unavailable';
  readonly retryable = true;
}

/** Too much is waiting. Nothing was taken: the sender may come again. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly code = 'overloaded';
  readonly retryable = true;
}

/** The database is there and does not take these very documents: a duplicate, too large, not storable. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code = 'store.refused';
  readonly retryable = false;
}

/** Codes of a server that goes, comes, or has just lost its majority (MongoDB's error_codes.yml). */
const AWAY_CODES: ReadonlySet<unknown> = new Set([
  6, 7, 50, 64, 89, 91, 133, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

/** Client-side names of the same: the connection is shut, or was never open, or the answer is in doubt. */
const AWAY_NAMES: ReadonlySet<string> = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoWriteConcernError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoOperationTimeoutError',
]);

const WRITE_CONFLICT = 112;
/** A command of a transaction was under way when the database gave that up: it has no label that says to repeat it. */
const TOOK_TOO_LONG = 290;
const DUPLICATE_KEY = 11000;

/** Whether the error says that the database cannot be reached, or does not know whether it wrote. */
export function isAway(error: unknown): boolean {
  if (error instanceof Unavailable || error instanceof MongoNetworkError) return true;
  if (error instanceof TookTooLong) return true;
  if (!(error instanceof Error)) return false;
  if (AWAY_NAMES.has(error.name) || isAway(insideOf(error))) return true;
  if (error instanceof MongoError) {
    return error.hasErrorLabel('UnknownTransactionCommitResult') || AWAY_CODES.has(error.code);
  }
  return error instanceof mongoose.MongooseError && NOT_OPEN.test(error.message);
}

/** A bulk write hides whatever went wrong on its way, a cut line too, in an error of its own. */
const insideOf = (error: Error): unknown =>
  error instanceof MongoServerError && error.errorResponse instanceof Error ? error.errorResponse : undefined;

const NOBODY_THERE: ReadonlySet<string> = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
]);

/** Whether no server was found in all the time one waits for it: to ask once more would only take that time again. */
export const isNobodyThere = (error: unknown): boolean =>
  error instanceof Error &&
  (NOBODY_THERE.has(error.name) || isNobodyThere(error.cause) || isNobodyThere(insideOf(error)));

/** Mongoose's own refusal to ask a connection that is not open; it has no class of its own. */
const NOT_OPEN = /initial connection|force closed/;

/** Whether two transactions wanted one document at once, or the database gave one up; it may work the next time. */
export const isContended = (error: unknown): boolean =>
  error instanceof MongoError &&
  (error.code === WRITE_CONFLICT ||
    error.code === TOOK_TOO_LONG ||
    error.hasErrorLabel('TransientTransactionError'));

export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/**
 * No question may take longer, whatever becomes of it. The driver's own limits are shorter, but have a hole: a socket
 * that closes in the moment it is written to is waited for without end (driver 7.8, `writeCommand`; a database that
 * dies under load does that about once in ten times). Whatever runs in a loop must ask through `available`.
 */
const ANSWER_WITHIN_MS = 12_000;

/** The answer of the database, with `Unavailable` in place of the many names of "away". `limit`: ms. */
export async function available<T>(asking: Promise<T>, limit = ANSWER_WITHIN_MS): Promise<T> {
  try {
    return await (limit === Infinity ? asking : within(limit, 'the database', asking));
  } catch (error) {
    if (isAway(error)) throw new Unavailable('The database cannot be reached.', { cause: error });
    throw error;
  }
}
