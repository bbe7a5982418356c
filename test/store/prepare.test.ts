import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect, type Database } from '../../src/store/connect.ts';
import { type Migration, migrate } from '../../src/store/migrations.ts';
import { prepare } from '../../src/store/prepare.ts';
import { type FreshDatabase, freshDatabase } from '../harness/mongo.ts';
import { patiently } from '../harness/patience.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  // The migrations here are the tests' own.
  await Promise.all([1, 2, 3].map(() => patiently(() => prepare(fresh.uri, []))));
  database = await patiently(() => connect(fresh.uri));
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

test('every declared collection and index is there, also when three processes start at once', async () => {
  for (const model of Object.values(database.models)) {
    const declared = model.schema.indexes().map(([keys]) => JSON.stringify(keys));
    const made = (await model.collection.indexes()).map(({ key }) => JSON.stringify(key));
    expect(made).toEqual(expect.arrayContaining(declared));
    expect(made).toHaveLength(declared.length + 1); // and the one on _id
  }
});

describe('migrations', () => {
  const run: string[] = [];
  const migration = (version: number, up: Migration['up'] = async () => undefined): Migration => ({
    version,
    name: `m${version}`,
    up: async (on) => {
      run.push(`m${version}`);
      await up(on);
    },
  });
  const state = async (version: number) => (await database.models.migrations.findById(version).lean())?.state;

  test('run in order, once, by one process; the others wait for it', async () => {
    let done = false;
    const slow = migration(1, async () => {
      await pause(300);
      done = true;
    });
    const list = [migration(2), slow];
    await Promise.all(
      [1, 2, 3].map(async () => {
        await migrate(database, list);
        expect(done).toBe(true);
      }),
    );
    expect(run).toEqual(['m1', 'm2']);
    expect(await state(2)).toBe('done');
  });

  test('that fail are begun anew at the next start', async () => {
    run.length = 0;
    const fails = migration(3, () => Promise.reject(new Error('disk full')));
    await expect(migrate(database, [fails])).rejects.toThrow('disk full');
    await migrate(database, [migration(3)]);
    expect(run).toEqual(['m3', 'm3']);
    expect(await state(3)).toBe('done');
  });

  test('whose process died are taken over when its lease has passed', async () => {
    run.length = 0;
    const until = new Date(Date.now() + 400);
    await database.models.migrations.create({ _id: 4, name: 'm4', state: 'running', by: 'dead', until });
    await migrate(database, [migration(4)]);
    expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
    expect(run).toEqual(['m4']);
  });

  test('that take longer than the lease are not taken over while their process lives', async () => {
    run.length = 0;
    // Renewed four times in a lease: so much longer than a renewal may a busy machine stand still.
    const lease = 3_000;
    const long = migration(5, () => pause(lease + 600));
    await Promise.all([migrate(database, [long], lease), migrate(database, [long], lease)]);
    expect(run).toEqual(['m5']);
  });

  test('of a newer version are not touched: a sentence', async () => {
    await expect(migrate(database, [migration(1)])).rejects.toThrow(
      'The database has version 5, this khaibao knows 1: use a newer khaibao.',
    );
  });
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
