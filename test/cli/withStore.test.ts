import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withStore } from '../../src/cli/withStore.ts';
import { prepare } from '../../src/store/prepare.ts';
import { type FreshDatabase, freshDatabase } from '../harness/mongo.ts';
import { patiently } from '../harness/patience.ts';

/** Longer than one try to connect takes. */
const LATE = 5_000;

const before = { ...process.env };
let database: FreshDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await freshDatabase();
  await patiently(() => prepare(database.uri)); // what a command waits for is not its indexes
  dataDir = await mkdtemp(join(tmpdir(), 'khaibao-with-'));
});
afterAll(async () => {
  process.env = before;
  await rm(dataDir, { recursive: true, force: true });
  await database.drop();
});

test('a command waits for a database that does not answer at once', async () => {
  const uri = new URL(database.uri);
  const began = Date.now();
  // Takes every connection, and says nothing on it for a while.
  const busy = createServer((client) => {
    const ends = Date.now() - began < LATE ? [client] : [client, connect(Number(uri.port), '127.0.0.1')];
    for (const end of ends)
      end.on('error', () => undefined).on('close', () => ends.map((each) => each.destroy()));
    const [, server] = ends;
    if (server !== undefined) client.pipe(server).pipe(client);
  });
  const port = await new Promise<number>((resolve) =>
    busy.listen(0, '127.0.0.1', () => resolve((busy.address() as { port: number }).port)),
  );
  const line = `mongodb://127.0.0.1:${port}${uri.pathname}?directConnection=true`;
  process.env = { ...before, MONGODB_URI: line, DATA_DIR: dataDir };
  try {
    let answered = false;
    await withStore(async (store) => {
      answered = await store.database.alive();
    });
    expect(answered).toBe(true);
    expect(Date.now() - began).toBeGreaterThan(LATE);
  } finally {
    busy.close();
  }
});
