import mongoose, { type Connection, type ConnectOptions, type Schema } from 'mongoose';
import { type CollectionName, type Collections, type Models, SCHEMAS } from './collections.ts';
import { available } from './errors.ts';
import { within } from './within.ts';

/** How long a question waits for a database that is away; then the person is told to try again. */
const AWAY_AFTER_MS = 2_000;
/** A server that took a question and says nothing any more: a machine that hangs, a cut line. */
const SILENT_AFTER_MS = 10_000;

/** Making indexes: the server makes few at a time, and more connections only cost their opening. */
const PATIENT_AT_ONCE = 4;

/** Said explicitly everywhere: on most members, in their journal. */
export const DURABLE = { w: 'majority', j: true } as const;

/** Settings of our own instance, so that nothing else in the process can loosen them. */
const { Mongoose } = mongoose;
const ours = new Mongoose({
  sanitizeFilter: true,
  strictQuery: 'throw',
  autoIndex: false,
  autoCreate: false,
});

export interface Database {
  readonly connection: Connection;
  readonly models: Models;
  readonly collections: Collections;
  /** Another database of the same server, over the same connections: one transaction may write to both. */
  sibling(name: string): Pick<Database, 'connection' | 'models' | 'collections'>;
  /** Whether it answers now; never throws. */
  alive(): Promise<boolean>;
  close(): Promise<void>;
}

const options = (patient: boolean): ConnectOptions => ({
  serverSelectionTimeoutMS: AWAY_AFTER_MS,
  connectTimeoutMS: AWAY_AFTER_MS,
  socketTimeoutMS: patient ? 0 : SILENT_AFTER_MS,
  ...(patient ? { maxPoolSize: PATIENT_AT_ONCE } : {}),
  writeConcern: DURABLE,
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  promoteBuffers: true, // raw reads give Buffer, as mongoose's own do
  bufferCommands: false, // a database that is away is an error at once, not a queue in memory
});

/**
 * Connects, or throws `Unavailable` after two seconds. In filters of mongoose queries an object with `$` operators
 * must be wrapped in `mongoose.trusted`; an unknown field in a filter throws.
 * `patient` waits for long answers: for making indexes and migrations.
 */
export async function connect(uri: string, { patient = false } = {}): Promise<Database> {
  const connection = ours.createConnection(uri, options(patient));
  const models = declareModels(connection);
  await available(connection.asPromise());
  return {
    connection,
    models,
    collections: driverCollections(models),
    sibling: (name) => {
      const other = connection.useDb(name, { useCache: true });
      const theirs = declareModels(other);
      return { connection: other, models: theirs, collections: driverCollections(theirs) };
    },
    alive: () => answers(connection),
    close: () => connection.close(),
  };
}

function declareModels(connection: Connection): Models {
  const models = Object.entries(SCHEMAS).map(([name, schema]) => [
    name,
    connection.models[name] ?? connection.model(name, schema as Schema),
  ]);
  return Object.fromEntries(models) as unknown as Models;
}

function driverCollections(models: Models): Collections {
  const names = Object.keys(models) as CollectionName[];
  return Object.fromEntries(names.map((name) => [name, models[name].collection])) as unknown as Collections;
}

async function answers(connection: Connection): Promise<boolean> {
  try {
    await within(AWAY_AFTER_MS, 'ping', connection.getClient().db('admin').command({ ping: 1 }));
    return true;
  } catch {
    return false; // why not is for whoever asks more of it
  }
}
