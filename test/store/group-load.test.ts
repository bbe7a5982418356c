import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Database } from '../../src/store/connect.ts';
import { Conversations } from '../../src/store/conversations.ts';
import { Unavailable } from '../../src/store/errors.ts';
import { GroupLoad } from '../../src/store/group-load.ts';
import { until } from '../services/converse/toy.ts';
import { newConversation, nextCommit, type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let conversations: Conversations;

beforeAll(async () => {
  store = await openStore();
  conversations = new Conversations(store.database, store.sealer);
});
afterAll(async () => {
  await conversations.close();
  await store.close();
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Shuts the gate; whoever opens it calls what is returned. */
function shut(this: { open: Promise<void> }): () => void {
  const { promise, resolve } = deferred();
  this.open = promise;
  return resolve;
}

/** The real collection, whose reads are counted and can be held up or broken. */
function watched() {
  const reads: number[] = [];
  const gate = { open: Promise.resolve(), broken: false, shut };
  const find = (filter: { _id: { $in: string[] } }, options: object) => ({
    toArray: async () => {
      reads.push(filter._id.$in.length);
      await gate.open;
      if (gate.broken) throw new mongoose.mongo.MongoNetworkError('the line broke');
      return store.database.collections.conversations.find(filter, options).toArray();
    },
  });
  const database = { collections: { conversations: { find } } } as unknown as Database;
  return { load: new GroupLoad(database), reads, gate };
}

/** New chats, each at revision 1. */
async function begun(count: number) {
  const commits = Array.from({ length: count }, () => nextCommit(newConversation()));
  await Promise.all(commits.map((commit) => conversations.commit(commit)));
  return commits.map(({ next }) => next);
}

test('what waits is read together, each once, in reads of at most 500', async () => {
  const chats = await begun(700);
  const { load, reads, gate } = watched();
  const letGo = gate.shut();
  const ids = chats.map(({ id }) => id);
  const first = load.read(ids[0] as string);
  await until(() => reads.length === 1);
  const rest = [...ids, ids[1] as string, 'nobody'].map((id) => load.read(id));
  letGo();
  expect((await first)?._id).toBe(ids[0]);
  const docs = await Promise.all(rest);
  expect(docs.map((doc) => doc?._id)).toEqual([...ids, ids[1], undefined]);
  expect(docs.at(-1)).toBeNull();
  expect(reads).toEqual([1, 500, 202]);
});

test('whoever asks while a read is under way sees what was written before they asked', async () => {
  const [chat] = await begun(1);
  if (!chat) throw new Error('no chat');
  const { load, reads, gate } = watched();
  const letGo = gate.shut();
  const before = load.read(chat.id);
  await until(() => reads.length === 1);
  await conversations.commit(nextCommit(chat));
  const after = load.read(chat.id);
  letGo();
  await before;
  expect((await after)?.rev).toBe(2);
  expect(reads).toEqual([1, 1]);
});

test('a read that fails is told to all who waited for it, and the next one is made', async () => {
  const [chat] = await begun(1);
  if (!chat) throw new Error('no chat');
  const { load, reads, gate } = watched();
  gate.broken = true;
  const letGo = gate.shut();
  const first = load.read(chat.id);
  await until(() => reads.length === 1);
  const behind = load.read('another');
  letGo();
  const failed = await Promise.allSettled([first, behind]);
  for (const each of failed)
    expect(each).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
  gate.broken = false;
  expect((await load.read(chat.id))?.rev).toBe(1);
});
