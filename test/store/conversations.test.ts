import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { mongo } from 'mongoose';
import type { Conversation } from '../../src/store/conversation.ts';
import type { Commit } from '../../src/store/conversation-write.ts';
import { Conversations } from '../../src/store/conversations.ts';
import { insert, update } from '../../src/store/effect.ts';
import { until } from '../services/converse/toy.ts';
import { newConversation, nextCommit, type OpenStore, openStore } from './open-store.ts';

const PATIENCE = 10_000;
/** The database keeps whole seconds. */
const LATER = PATIENCE + 1_000;
let store: OpenStore;
let conversations: Conversations;
let batches: number[];

const raw = () => store.database.collections.conversations;
/** As it is now: marks are not written with `majority`. */
const stored = (id: string) => raw().findOne({ _id: id }, { readConcern: 'local' });
const make = (maxQueue = 10_000) =>
  new Conversations(store.database, store.sealer, {
    patience: PATIENCE,
    maxQueue,
    onBatch: (size) => batches.push(size),
  });
const zone = (id: string) => ({ _id: id, placeCode: '12/03595', level: 'high', from: new Date(0) });

beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => {
  batches = [];
  conversations = make();
});
afterAll(() => store.close());

/** New chats, each at revision 1. */
async function begun(count: number): Promise<Conversation[]> {
  const commits = Array.from({ length: count }, () => nextCommit(newConversation()));
  const written = await Promise.all(commits.map((commit) => conversations.commit(commit)));
  expect(new Set(written)).toEqual(new Set(['committed']));
  return commits.map((commit) => commit.next);
}

/** Until what has just been decided is under way, and what has just ended is counted. */
async function moment(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
}

const commitAll = (commits: readonly Commit[]) =>
  Promise.all(commits.map((commit) => conversations.commit(commit)));

test('a chat is read as it was written, and nothing personal stands in the clear', async () => {
  const chat = newConversation();
  const seen = Array.from({ length: 64 }, (_, n) => `delivery-${String(n).padStart(3, '0')}`);
  const next = { ...chat, rev: 1, state: { name: 'Lò Thị Mẩy' }, seen };
  await conversations.commit({ next, out: [], work: [], finished: [], effects: [] });
  expect(await conversations.load(chat.id)).toEqual(next);
  const stored = JSON.stringify(await raw().findOne({ _id: chat.id }, { promoteBuffers: false }));
  for (const text of ['Mẩy', chat.address]) {
    expect(stored).not.toContain(text);
    expect(stored).not.toContain(Buffer.from(text).toString('base64').slice(0, 8));
  }
  expect(await conversations.load('nobody')).toBeNull();
});

describe('group commit', () => {
  test('what waits goes out as one: a commit alone, then all that came meanwhile', async () => {
    const chats = await begun(200);
    await moment();
    batches = [];
    const first = conversations.commit(nextCommit(chats[0] as Conversation));
    await moment(); // it is under way
    await Promise.all([first, commitAll(chats.slice(1).map((chat) => nextCommit(chat)))]);
    await moment();
    expect(batches).toEqual([1, 199]);
  });

  test('500 chats, some of them stale: those are told, the others are in', async () => {
    const chats = await begun(500);
    const ahead = chats.filter((_, n) => n % 100 === 7);
    await commitAll(ahead.map((chat) => nextCommit(chat)));
    const written = await commitAll(chats.map((chat) => nextCommit(chat)));
    expect(written.flatMap((each, n) => (each === 'stale' ? [n] : []))).toEqual([7, 107, 207, 307, 407]);
    const ids = chats.map((chat) => chat.id);
    expect(await raw().countDocuments({ _id: { $in: ids }, rev: 2 })).toBe(500);
  });

  test('the same with effects: all or nothing for each chat', async () => {
    const chats = await begun(500);
    const ahead = chats.filter((_, n) => n % 100 === 7);
    await commitAll(ahead.map((chat) => nextCommit(chat)));
    const commits = chats.map((chat) =>
      nextCommit(chat, { effects: [insert('zones', zone(`z-${chat.id}`))] }),
    );
    await moment();
    batches = [];
    const written = await commitAll(commits);
    expect(written.filter((each) => each === 'stale')).toHaveLength(5);
    await moment();
    expect(batches).toEqual([500]);
    const stored = await store.database.collections.zones.distinct('_id', { _id: /^z-/ });
    const expected = chats.filter((chat) => !ahead.includes(chat)).map((chat) => `z-${chat.id}`);
    expect(stored.sort()).toEqual(expected.sort());
  });

  test('a transaction that takes long holds up no plain commit, and no mark is written into its chats', async () => {
    const [slow, quick] = (await begun(2)) as [Conversation, Conversation];
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const transactions: string[] = [];
    const marked: string[][] = [];
    const real = raw();
    const bulkWrite = async (operations: mongo.AnyBulkWriteOperation[], options: { session?: unknown }) => {
      const chats = operations.map((each) => ('updateOne' in each ? String(each.updateOne.filter._id) : ''));
      if (options.session === undefined) marked.push(chats);
      else transactions.push(...chats);
      if (options.session !== undefined) await gate;
      return real.bulkWrite(operations as never, options as never);
    };
    const { database } = store;
    const collections = {
      ...database.collections,
      conversations: Object.create(real, { bulkWrite: { value: bulkWrite } }),
    };
    const watched = new Conversations({ ...database, collections }, store.sealer, { patience: PATIENCE });
    const held = watched.commit(nextCommit(slow, { effects: [insert('zones', zone(`z-${slow.id}`))] }));
    await until(() => transactions.includes(slow.id));
    watched.sent(slow.id, [`${slow.id}:1:0`]);
    expect(await watched.commit(nextCommit(quick))).toBe('committed');
    watched.sent(quick.id, [`${quick.id}:2:0`]);
    await until(() => marked.flat().includes(quick.id));
    expect(marked.flat()).not.toContain(slow.id);
    go();
    expect(await held).toBe('committed');
    await watched.close();
    expect(Object.keys((await stored(slow.id))?.out ?? {})).toEqual(['2-0']);
  });

  test('a commit says 200 things, and the next strikes them all', async () => {
    const [chat] = (await begun(1)) as [Conversation];
    const said = (rev: number) =>
      Array.from({ length: 200 }, (_, n) => ({ id: `${chat.id}:${rev}:${n}`, body: { say: `thing ${n}` } }));
    const out = said(2);
    const second = nextCommit(chat, { out });
    expect(await conversations.commit(second)).toBe('committed');
    expect(Object.keys((await stored(chat.id))?.out ?? {})).toHaveLength(201);
    conversations.sent(chat.id, [`${chat.id}:1:0`, ...out.map(({ id }) => id)]);
    expect(await conversations.commit(nextCommit(second.next))).toBe('committed');
    expect(Object.keys((await stored(chat.id))?.out ?? {})).toEqual(['3-0']);
  });

  test('two processes begin the same chats: each chat is begun once', async () => {
    const other = make();
    const fresh = Array.from({ length: 50 }, () => newConversation());
    const [here, there] = await Promise.all([
      Promise.all(fresh.map((chat) => conversations.commit(nextCommit(chat)))),
      Promise.all(fresh.map((chat) => other.commit(nextCommit(chat)))),
    ]);
    expect(here.map((mine, n) => [mine, there[n]].sort().join())).toEqual(fresh.map(() => 'committed,stale'));
  });

  test('a must that matches nothing makes its own commit stale, and harms no other of the batch', async () => {
    await store.database.models.zones.create(zone('a1'));
    const chats = await begun(20);
    const free = { _id: 'a1', note: { $exists: false } };
    const claim = (owner: string) => update('zones', free, { $set: { note: owner } }, { must: true });
    const commits = chats.map((chat, n) => nextCommit(chat, { effects: n % 2 ? [claim(chat.id)] : [] }));
    const written = await commitAll(commits);
    const winners = chats.filter((_, n) => n % 2 && written[n] === 'committed');
    expect(written.filter((each) => each === 'committed')).toHaveLength(11);
    expect((await store.database.models.zones.findById('a1'))?.note).toBe(winners[0]?.id);
  });

  test('two processes claim at once: one has it', async () => {
    await store.database.models.zones.create(zone('a2'));
    const chats = await begun(8);
    const free = { _id: 'a2', note: { $exists: false } };
    const claim = (owner: string) => [update('zones', free, { $set: { note: owner } }, { must: true })];
    const processes = chats.map(() => make());
    const written = await Promise.all(
      chats.map((chat, n) => processes[n]?.commit(nextCommit(chat, { effects: claim(chat.id) }))),
    );
    expect(written.filter((each) => each === 'committed')).toHaveLength(1);
    expect(written.filter((each) => each === 'stale')).toHaveLength(7);
  });

  test('an optional update that matches nothing is no harm', async () => {
    const [chat] = await begun(1);
    const effects = [update('zones', { _id: 'none' }, { $set: { level: 'low' } })];
    expect(await conversations.commit(nextCommit(chat as Conversation, { effects }))).toBe('committed');
  });

  test('a document the database refuses is refused to its own chat only', async () => {
    const chats = await begun(10);
    const id = chats[3]?.id ?? '';
    const double = [insert('zones', zone(id)), insert('zones', zone(id))];
    const huge = [insert('zones', { ...zone('huge'), note: 'x'.repeat(17_000_000) })];
    const commits = chats.map((chat, n) =>
      nextCommit(chat, { effects: n === 3 ? double : n === 5 ? huge : [] }),
    );
    const results = await Promise.allSettled(commits.map((commit) => conversations.commit(commit)));
    const refused = results.flatMap((each, n) => (each.status === 'rejected' ? [[n, each.reason.code]] : []));
    expect(refused).toEqual([
      [3, 'store.refused'],
      [5, 'store.refused'],
    ]);
    expect(await raw().countDocuments({ _id: { $in: chats.map((chat) => chat.id) }, rev: 2 })).toBe(8);
  });

  test('more than the queue holds is turned away at once', async () => {
    const small = make(5);
    const commits = Array.from({ length: 10 }, () => nextCommit(newConversation()));
    const results = await Promise.allSettled(commits.map((commit) => small.commit(commit)));
    const codes = results.map((each) => (each.status === 'rejected' ? each.reason.code : each.value));
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('committed'));
    expect(new Set(codes.slice(6))).toEqual(new Set(['overloaded']));
  });
});

describe('what is owed', () => {
  beforeEach(async () => {
    await raw().deleteMany({});
  });
  const overdue = async (id: string, now = Date.now() + LATER) => {
    for await (const chat of conversations.overdue(1_000, now)) if (chat.id === id) return chat;
    return undefined;
  };

  test('what was not marked is taken over when its time has come, by one, in the order it was decided', async () => {
    let chat = newConversation();
    for (let n = 1; n <= 11; n += 1) {
      const out = [0, 1].map((at) => ({ id: `${chat.id}:${n}:${at}`, body: { say: `${n}.${at}` } }));
      const commit = nextCommit(chat, { out });
      await conversations.commit(commit);
      chat = commit.next;
    }
    conversations.sent(chat.id, [`${chat.id}:1:0`, `${chat.id}:9:1`]);
    await conversations.close();
    expect(await overdue(chat.id, Date.now())).toBeUndefined();
    const owed = await overdue(chat.id);
    const all = Array.from({ length: 22 }, (_, at) => `${chat.id}:${1 + (at >> 1)}:${at % 2}`);
    const left = all.filter((id) => !id.endsWith(':1:0') && !id.endsWith(':9:1'));
    expect(owed?.out.map((out) => out.id)).toEqual([all[1], ...left.slice(1)]);
    expect(await overdue(chat.id, Date.now())).toBeUndefined();
  });

  test('a chat that everything was sent to is no longer looked at', async () => {
    const [chat] = (await begun(1)) as [Conversation];
    conversations.sent(chat.id, [`${chat.id}:1:0`]);
    await conversations.close();
    const doc = await stored(chat.id);
    expect([doc?.out, doc?.pending]).toEqual([{}, undefined]);
  });

  test('marks ride with the next commit, and stay when that commit is stale', async () => {
    const [chat] = (await begun(1)) as [Conversation];
    conversations.sent(chat.id, [`${chat.id}:1:0`]);
    await conversations.commit(nextCommit(chat));
    expect(Object.keys((await stored(chat.id))?.out ?? {})).toEqual(['2-0']);
    conversations.sent(chat.id, [`${chat.id}:2:0`]);
    expect(await conversations.commit(nextCommit(chat))).toBe('stale');
    await conversations.close();
    expect((await stored(chat.id))?.out).toEqual({});
  });

  test('work stays until a commit finishes it', async () => {
    const chat = newConversation();
    const work = [{ id: `${chat.id}:1:0`, at: 1_000, body: { name: 'readCard' } }];
    const first = nextCommit(chat, { work, out: [] });
    await conversations.commit(first);
    expect(await overdue(chat.id)).toMatchObject({ out: [], work });
    const second = nextCommit(first.next, { out: [], finished: [`${chat.id}:1:0`] });
    await conversations.commit(second);
    expect((await stored(chat.id))?.work).toEqual({});
  });

  test('what is held is left alone', async () => {
    const [chat] = (await begun(1)) as [Conversation];
    await conversations.hold([chat.id], Date.now() + 5 * LATER);
    expect(await overdue(chat.id)).toBeUndefined();
    expect(await overdue(chat.id, Date.now() + 6 * LATER)).toMatchObject({ id: chat.id });
  });
});

describe('documents that change together', () => {
  const shared = (chats: readonly Conversation[]): Conversation => ({
    ...newConversation(),
    rev: 1,
    members: chats.map(({ id: chat, channel, address }) => ({ chat, channel, address })),
  });
  const alias = (chat: Conversation, talk: string): Conversation => ({ ...chat, rev: chat.rev + 1, talk });

  test('all or none: a chat that has moved on makes the whole stale', async () => {
    const [a, b] = (await begun(2)) as [Conversation, Conversation];
    const talk = shared([a, b]);
    const joins = nextCommit(b, { others: [talk, alias(a, talk.id)] });
    const linking = { ...joins, next: { ...joins.next, talk: talk.id } };
    await conversations.commit(nextCommit(a));
    expect(await conversations.commit(linking)).toBe('stale');
    expect(await conversations.load(talk.id)).toBeNull();
    expect(await conversations.load(b.id)).toEqual(b);
    const moved = { ...a, rev: 2 };
    expect(await conversations.commit({ ...linking, others: [talk, alias(moved, talk.id)] })).toBe(
      'committed',
    );
    expect(await conversations.load(talk.id)).toEqual(talk);
    expect(await conversations.load(a.id)).toMatchObject({ rev: 3, talk: talk.id });
    expect(await conversations.load(b.id)).toMatchObject({ rev: 2, talk: talk.id });
  });

  test('what is owed to a chat stays owed; a chat that leaves has no talk any more', async () => {
    const [a, b] = (await begun(2)) as [Conversation, Conversation];
    const talk = shared([a, b]);
    const joins = nextCommit(b, { others: [talk, alias(a, talk.id)] });
    await conversations.commit({ ...joins, next: { ...joins.next, talk: talk.id } });
    expect(Object.keys((await stored(a.id))?.out ?? {})).toEqual(['1-0']);
    const { talk: _left, ...anew } = { ...alias(a, talk.id), rev: 3 };
    const leaves = { ...nextCommit(talk), others: [anew] };
    expect(await conversations.commit(leaves)).toBe('committed');
    expect(await conversations.load(a.id)).toEqual(anew);
    expect(Object.keys((await stored(a.id))?.out ?? {})).toEqual(['1-0']);
  });
});
