import mongoose, { type Connection, type ConnectOptions, type Schema } from 'mongoose';
import { type Collections, type Models, SCHEMAS } from './collections.ts';
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
    collections: driverCollections(connection),
    sibling: (name) => {
      const other = connection.useDb(name, { useCache: true });
      return { connection: other, models: declareModels(other), collections: driverCollections(other) };
    },
    alive: () => answers(connection),
    close: () => connection.close(),
  };
}

/** Each is made when it is first asked for: a process, and above all an exercise, needs few of them. */
function declareModels(connection: Connection): Models {
  const models = {};
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const get = () => connection.models[name] ?? connection.model(name, schema as Schema);
    Object.defineProperty(models, name, { get, enumerable: true });
  }
  return models as Models;
}

function driverCollections(connection: Connection): Collections {
  const all = Object.entries(SCHEMAS).map(([name, schema]) => [name, connection.collection(nameOf(schema))]);
  return Object.fromEntries(all) as Collections;
}

/** What the collection is called in the database. */
const nameOf = (schema: Pick<Schema, 'get'>): string => String(schema.get('collection'));

async function answers(connection: Connection): Promise<boolean> {
  try {
    await within(AWAY_AFTER_MS, 'ping', connection.getClient().db('admin').command({ ping: 1 }));
    return true;
  } catch {
    return false; // why not is for whoever asks more of it
  }
}
