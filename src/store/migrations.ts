import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './connect.ts';
import { available, isDuplicate } from './errors.ts';
import { calledState } from './migrations/calledState.ts';
import { endedWhilePaused } from './migrations/endedWhilePaused.ts';
import { collection, oneOf, required } from './schema.ts';

/** A change of what is stored. It may be begun anew after a crash: it must do no harm the second time. */
export interface Migration {
  /** 1, 2, 3 …, never changed once released. */
  readonly version: number;
  readonly name: string;
  up(database: Database): Promise<void>;
}

/** Every migration that was released. The first stored shapes are version 0. */
export const MIGRATIONS: readonly Migration[] = [endedWhilePaused, calledState];

/** One row per migration: who runs it (until the lease ends), or when it was done. */
export interface MigrationDoc {
  _id: number;
  name: string;
  state: 'running' | 'done';
  by: string;
  /** While running: when another process may take over. */
  until: Date;
  doneAt?: Date;
}

export const migrations = collection<MigrationDoc>('migrations', {
  _id: required.count,
  name: required.text,
  state: oneOf('running', 'done'),
  by: required.text,
  until: required.date,
  doneAt: Date,
});

/** A process that died holds a migration up for this long; a living one renews four times meanwhile. */
const LEASE_MS = 20_000;
const LOOK_AGAIN_MS = 100;

/** The database was written by a newer version of khaibao; going on could damage it. */
class TooNew extends Error {
  override readonly name = 'TooNew';
  readonly code = 'store.too-new';
  readonly retryable = false;
}

/** Runs what is due, in order; what another process runs is waited for. */
export async function migrate(
  database: Database,
  list: readonly Migration[],
  lease = LEASE_MS,
): Promise<void> {
  const [newest] = await available(rows(database).find().sort({ _id: -1 }).limit(1).toArray());
  const known = Math.max(0, ...list.map((migration) => migration.version));
  if (newest && newest._id > known) {
    throw new TooNew(
      `The database has version ${newest._id}, this khaibao knows ${known}: use a newer khaibao.`,
    );
  }
  const by = randomUUID();
  for (const migration of list.toSorted((a, b) => a.version - b.version)) {
    while (!(await isDone(database, migration))) {
      if (await claim(database, migration, by, lease)) await run(database, migration, by, lease);
      else await pause(LOOK_AGAIN_MS);
    }
  }
}

const rows = ({ collections }: Database) => collections.migrations;

async function isDone(database: Database, { version }: Migration): Promise<boolean> {
  return (await available(rows(database).findOne({ _id: version, state: 'done' }))) !== null;
}

/** Ours when nobody has begun it, or whoever did has let the lease pass. */
async function claim(database: Database, migration: Migration, by: string, lease: number): Promise<boolean> {
  const now = Date.now();
  try {
    const result = await available(
      rows(database).updateOne(
        { _id: migration.version, state: 'running', until: { $lt: new Date(now) } },
        { $set: { by, name: migration.name, until: new Date(now + lease) } },
        { upsert: true },
      ),
    );
    return result.matchedCount + result.upsertedCount === 1;
  } catch (error) {
    if (isDuplicate(error)) return false; // done, or held by another
    throw error;
  }
}

async function run(database: Database, migration: Migration, by: string, lease: number): Promise<void> {
  const mine = { _id: migration.version, state: 'running', by } as const;
  const renewal = setInterval(() => {
    // A renewal that fails lets the lease pass: then another process takes over, and `up` allows for that.
    rows(database)
      .updateOne(mine, { $set: { until: new Date(Date.now() + lease) } })
      .catch(() => undefined);
  }, lease / 4);
  try {
    await migration.up(database);
    await available(rows(database).updateOne(mine, { $set: { state: 'done', doneAt: new Date() } }));
  } catch (error) {
    await available(rows(database).updateOne(mine, { $set: { until: new Date(0) } })); // the next start may try at once
    throw error;
  } finally {
    clearInterval(renewal);
  }
}
