import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { REPLICA_SET } from './mongod.ts';

/**
 * A lone member elects itself in a moment. It takes 30 s when its old port is now held by a program that accepts
 * connections and says nothing: mongod asks there first whether that is itself.
 */
const PRIMARY_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 25;
/** It has said that it listens: one that cannot be reached for this long is gone. */
const GONE_AFTER_MS = 5_000;
/** MongoDB's code for "this node has no replica set configuration", also said while it still examines the one it has. */
const NOT_YET_INITIALIZED = 94;

type Admin = ReturnType<InstanceType<typeof mongoose.mongo.MongoClient>['db']>;

/** How a client reaches the set; it waits for the primary instead of talking to a member that is none. */
export function uriOf(port: number, database: string): string {
  return `mongodb://127.0.0.1:${port}/${database}?replicaSet=${REPLICA_SET}`;
}

/**
 * Makes the server on this port the primary of its one-member set, and resolves when it takes writes. A set whose
 * member was known under another port would wait for that one for ever: its configuration is rewritten by force.
 * `fresh` says that these files never were a set; only then one is founded, so that a slow answer cannot lead to it.
 */
export async function becomePrimary(port: number, fresh: boolean): Promise<void> {
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: GONE_AFTER_MS,
  });
  const end = Date.now() + PRIMARY_WITHIN_MS;
  try {
    while (!(await isPrimary(client.db('admin'), `127.0.0.1:${port}`, fresh))) {
      if (Date.now() > end) throw new Error(`it did not become primary within ${PRIMARY_WITHIN_MS / 1000} s`);
      await pause(LOOK_AGAIN_MS);
    }
  } finally {
    await client.close();
  }
}

/** One look; sets right what is not. A member that changes its state closes its connections: the next look asks anew. */
async function isPrimary(admin: Admin, host: string, fresh: boolean): Promise<boolean> {
  try {
    const { isWritablePrimary, me } = await admin.command({ hello: 1 });
    if (me !== host) await configure(admin, host, fresh);
    return isWritablePrimary === true && me === host;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoNetworkError) return false;
    throw error;
  }
}

async function configure(admin: Admin, host: string, fresh: boolean): Promise<void> {
  const config = await currentConfig(admin);
  const members = [{ _id: 0, host }];
  if (config && config.members[0]?.host !== host) {
    const next = { ...config, version: config.version + 1, members };
    await admin.command({ replSetReconfig: next, force: true });
  } else if (!config && fresh) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } });
  }
}

interface SetConfig {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

async function currentConfig(admin: Admin): Promise<SetConfig | undefined> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    return config as SetConfig;
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}
