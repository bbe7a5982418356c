/** MongoDB for tests: a database of one's own on the run's shared server, or a whole server of one's own. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import mongoose from 'mongoose';
import { endServer } from '../../src/store/embedded/end.ts';
import { launchMongod, type Mongod } from '../../src/store/embedded/mongod.ts';
import { becomePrimary, uriOf } from '../../src/store/embedded/replica-set.ts';
import { findMongod } from '../../tools/mongod.mjs';
import { isStill } from '../../tools/processes.mjs';
import { ownPort } from './port.ts';

export interface FreshDatabase {
  /** Names the database and the replica set. */
  readonly uri: string;
  readonly name: string;
  drop(): Promise<void>;
}

/** A database that nobody else uses, on the server of this jest run; the first call starts the server. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const address = new URL(await sharedServer());
  address.pathname = `/${name}`;
  const uri = address.toString();
  return { uri, name, drop: () => dropAll(uri, [name, `${name}-training`, `${name}-exercise`]) };
}

/** The database and, beside it, that of its exercises. */
const dropAll = (uri: string, names: readonly string[]): Promise<void> =>
  withClient(uri, async (client) => {
    for (const name of names) await client.db(name).dropDatabase();
  });

async function sharedServer(): Promise<string> {
  const port = Number(process.env.KHAIBAO_TEST_MONGO_PORT);
  if (!port) throw new Error('The test server is opened by jest: run this through jest with jest.config.js.');
  const reply = JSON.parse(await text(connect(port, '127.0.0.1'))) as { uri?: string; error?: string };
  if (!reply.uri) throw new Error(reply.error ?? 'The test server gave no address.');
  return reply.uri;
}

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

async function withClient(uri: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri);
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

/** A whole server, for a test that takes it away. The port stays the same through all of it. */
export interface PrivateMongod {
  readonly uri: string;
  /** It still accepts connections but answers nothing, as on a machine that hangs. */
  pause(): Promise<void>;
  resume(): void;
  /** At once and without a word, as when the power goes. */
  kill(): Promise<void>;
  /** After `kill`, or a clean stop and start when it runs. Resolves when it takes writes. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/** Several may run beside each other. */
const SMALL = ['--wiredTigerCacheSizeGB', '0.25'];

export async function privateMongod(): Promise<PrivateMongod> {
  const { path: binary } = await findMongod();
  const dataPath = await mkdtemp(join(tmpdir(), 'khaibao-mongod-'));
  const port = await ownPort();
  const start = async (fresh: boolean): Promise<Mongod> => {
    const server = await launchMongod({ binary, dataPath, port, args: SMALL });
    await becomePrimary(port, fresh);
    return server;
  };
  let server = await start(true);
  const signal = (name: NodeJS.Signals) => server.mongodProcess?.kill(name);
  const end = async (): Promise<void> => {
    signal('SIGCONT'); // a paused process could not end
    await endServer(server);
  };
  return {
    uri: uriOf(port, `test_${randomUUID().replaceAll('-', '')}`),
    pause: async () => {
      signal('SIGSTOP');
      await untilStill(server.mongodProcess?.pid ?? 0);
    },
    resume: () => void signal('SIGCONT'),
    kill: async () => {
      signal('SIGKILL');
      await server.ended;
    },
    restart: async () => {
      await end();
      server = await start(false);
    },
    stop: async () => {
      await end();
      await rm(dataPath, { recursive: true, force: true });
    },
  };
}

/** A stop signal reaches a program of many threads after a moment, in which it may still answer. */
async function untilStill(pid: number): Promise<void> {
  while (!isStill(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}
