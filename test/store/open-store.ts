import { DataKeys } from '../../src/security/data-keys.ts';
import { generateKeyRing } from '../../src/security/key-ring.ts';
import { randomId } from '../../src/security/random.ts';
import { Sealer } from '../../src/security/sealer.ts';
import { connect, type Database } from '../../src/store/connect.ts';
import type { Conversation } from '../../src/store/conversation.ts';
import type { Commit } from '../../src/store/conversation-write.ts';
import { keyStore } from '../../src/store/keys.ts';
import { prepare } from '../../src/store/prepare.ts';
import { freshDatabase } from '../harness/mongo.ts';
import { patiently } from '../harness/patience.ts';

/** One key ring for the whole run, as all processes of one installation share theirs. */
export const RING = generateKeyRing();

export interface OpenStore {
  readonly uri: string;
  readonly database: Database;
  readonly sealer: Sealer;
  close(): Promise<void>;
}

/** A prepared database that nobody else uses, and a sealer for it. */
export async function openStore(): Promise<OpenStore> {
  const fresh = await freshDatabase();
  await patiently(() => prepare(fresh.uri));
  const store = await joinStore(fresh.uri);
  return {
    ...store,
    close: async () => {
      await store.close();
      await fresh.drop();
    },
  };
}

/** Another process's view of a prepared database. */
export async function joinStore(uri: string): Promise<OpenStore> {
  const database = await patiently(() => connect(uri));
  const sealer = new Sealer(await DataKeys.open(RING, keyStore(database.collections.keys)));
  return { uri, database, sealer, close: () => database.close() };
}

/** The database keeps whole minutes. */
const TOMORROW = Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000;

export const newConversation = (id = randomId()): Conversation => ({
  id,
  channel: 'toy',
  address: `address of ${id}`,
  rev: 0,
  state: { count: 0 },
  seen: [],
  touched: Date.now(),
  forgetAt: TOMORROW,
});

/** The next step of a chat: it counts, and says so. */
export const nextCommit = (from: Conversation, more: Partial<Commit> = {}): Commit => {
  const rev = from.rev + 1;
  const out = [{ id: `${from.id}:${rev}:0`, body: { say: `step ${rev}` } }];
  const next = {
    ...from,
    rev,
    state: { count: rev },
    touched: Date.now(),
    forgetAt: TOMORROW,
  };
  return { next, out, work: [], finished: [], effects: [], ...more };
};
