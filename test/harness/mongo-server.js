/**
 * The one MongoDB of a jest run, in jest's own process (plain JavaScript: jest does not translate a global set-up).
 * It is started when the first test asks for it, over a socket, and stopped at the end.
 */
import { createServer } from 'node:net';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { findMongod } from '../../tools/mongod.mjs';

/** Tests write little: a small cache leaves the memory to the browsers and workers beside it. */
const CACHE = ['--wiredTigerCacheSizeGB', '0.5'];

/**
 * Once a minute a server deletes what is past its time, by its own clock. Those of the tests stand still in November 2026: an
 * offer of ten minutes, and later on everything, would go in the middle of a test.
 */
const NOTHING_EXPIRES = ['--setParameter', 'ttlMonitorEnabled=false'];

/** Its own 10 s are too short for a machine that is busy. */
const LAUNCH_TIMEOUT_MS = 60_000;

/** @type {Promise<MongoMemoryReplSet> | undefined} */
let running;
/** @type {import('node:net').Server | undefined} */
let door;

async function start() {
  const { path } = await findMongod();
  /** @type {'wiredTiger'} */
  const storageEngine = 'wiredTiger';
  const replSet = {
    name: 'khaibao',
    count: 1,
    ip: '127.0.0.1',
    storageEngine,
    args: [...CACHE, ...NOTHING_EXPIRES],
  };
  const instanceOpts = [{ launchTimeout: LAUNCH_TIMEOUT_MS }];
  return MongoMemoryReplSet.create({ binary: { systemBinary: path }, replSet, instanceOpts });
}

/** Answers whoever connects with the server's address, or with the reason why there is none, as one JSON line. */
async function answer(/** @type {import('node:net').Socket} */ socket) {
  socket.on('error', () => undefined); // a worker that was ended while it waited
  // Once more: between the look for a free port and the server's own, somebody else may have taken it.
  running ??= start().catch(start);
  const reply = await running.then(
    (set) => ({ uri: set.getUri() }),
    (error) => ({ error: String(error) }),
  );
  socket.end(`${JSON.stringify(reply)}\n`);
}

/** jest's globalSetup. */
export async function openDoor() {
  const server = createServer(answer);
  door = server;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  process.env.KHAIBAO_TEST_MONGO_PORT = String(
    /** @type {import('node:net').AddressInfo} */ (server.address()).port,
  );
}

/** jest's globalTeardown. */
export async function closeDoor() {
  door?.close();
  const set = await running?.catch(() => undefined);
  // All tests have run by now, and a server that ends late is no fault of theirs.
  await set?.stop().catch((error) => process.stderr.write(`the test server did not stop: ${error}\n`));
}
