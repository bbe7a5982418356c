/**
 * What one durable step costs: the group commit of this house beside the usual two awaited writes, in one run on one
 * database. `MONGODB_URI` names a replica set that may be filled; every database made here is dropped again.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { DataKeys } from '../src/security/data-keys.ts';
import { generateKeyRing } from '../src/security/key-ring.ts';
import { randomId } from '../src/security/random.ts';
import { Sealer } from '../src/security/sealer.ts';
import { connect, type Database, DURABLE } from '../src/store/connect.ts';
import { type Conversation, outId } from '../src/store/conversation.ts';
import type { Commit } from '../src/store/conversation-write.ts';
import { Conversations } from '../src/store/conversations.ts';
import { type Effect, insert } from '../src/store/effect.ts';
import { keyStore } from '../src/store/keys.ts';
import { prepare } from '../src/store/prepare.ts';
import { deliveryKey, withSeen } from '../src/store/seen.ts';
import { privateMongod } from '../test/harness/mongo.ts';

const CHATS = [1, 64, 1_000];
const MEASURED_MS = 4_000;
const WARM_UP_MS = 1_000;
/** A run half-way through a declaration: some 15 answers. */
const STATE = {
  v: 1,
  lang: 'vi',
  answers: Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`q${n}`, randomId()])),
};
const SAY = {
  notes: [{ key: 'noted' }],
  ask: { key: 'where' },
  choices: [1, 2, 3].map((n) => ({ id: `c${n}`, label: `${n}` })),
};

interface Bench {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly conversations: Conversations;
}

/** One chat's step after step; returns when told to stop. */
type Chat = (bench: Bench, going: () => boolean, stepped: () => void) => Promise<void>;

const grouped =
  (effects: (chat: string, rev: number) => readonly Effect[]): Chat =>
  async ({ conversations }, going, stepped) => {
    let chat = await begin(conversations);
    while (going()) {
      const commit = step(chat, effects(chat.id, chat.rev + 1));
      if ((await conversations.commit(commit)) !== 'committed')
        throw new Error('A commit that nobody raced was stale.');
      conversations.sent(
        chat.id,
        commit.out.map(({ id }) => id),
      );
      chat = commit.next;
      stepped();
    }
  };

/** The usual way: the message is accepted durably, then the new state is written durably. */
const twoWrites: Chat = async ({ database, sealer }, going, stepped) => {
  const { conversations } = database.collections;
  const _id = randomId();
  await conversations.insertOne({ _id, rev: 0, inbox: [] } as never, { writeConcern: DURABLE });
  for (let rev = 0; going(); rev += 1) {
    const state = sealer.seal(`bench|state|${_id}`, STATE);
    const out = sealer.seal(`bench|out|${_id}`, SAY);
    await conversations.findOneAndUpdate({ _id }, { $push: { inbox: randomUUID() } } as never, {
      writeConcern: DURABLE,
    });
    const next = { $set: { state, out: { say: out }, inbox: [], rev: rev + 1 } } as never;
    await conversations.updateOne({ _id, rev }, next, { writeConcern: DURABLE });
    stepped();
  }
};

async function begin(conversations: Conversations): Promise<Conversation> {
  const id = randomId();
  const seen = Array.from({ length: 64 }, () => deliveryKey(randomId()));
  const chat = {
    id,
    channel: 'bench',
    address: id,
    rev: 0,
    state: STATE,
    seen,
    touched: Date.now(),
    forgetAt: Date.now() + 86_400_000,
  };
  const first = step(chat, []);
  await conversations.commit(first);
  return first.next;
}

function step(chat: Conversation, effects: readonly Effect[]): Commit {
  const rev = chat.rev + 1;
  const next = {
    ...chat,
    rev,
    seen: withSeen(chat.seen, [deliveryKey(randomId())]),
    touched: Date.now(),
    forgetAt: Date.now() + 86_400_000,
  };
  return { next, out: [{ id: outId(chat.id, rev, 0), body: SAY }], work: [], finished: [], effects };
}

const declarationAndDelivery = (chat: string): readonly Effect[] => {
  const [id, at, sealed] = [randomId(), new Date(), randomBytes(600)];
  const whose = { person: randomId(), declaredBy: chat, chats: [chat], version: 1, codeIndex: id };
  const kind = { kind: 'entry', status: 'valid', area: '12/03595', level: 'low', rulesVersion: '1' } as const;
  const times = { at, validFrom: at, validUntil: at, deleteAt: new Date(at.getTime() + 86_400_000) };
  const row = { chat, lane: 'alert', purpose: 'alert', state: 'ready', readyAt: at, attempt: 0 } as const;
  return [
    insert('declarations', { _id: id, sealed, ...whose, ...kind, ...times }),
    insert('deliveries', { _id: id, sealed, ...row }),
  ];
};

async function measure(name: string, uri: string, chats: number, chat: Chat): Promise<void> {
  const own = new URL(uri);
  own.pathname = `/bench_${randomUUID().replaceAll('-', '')}`;
  await prepare(own.toString());
  const database = await connect(own.toString());
  const sealer = new Sealer(await DataKeys.open(generateKeyRing(), keyStore(database.collections.keys)));
  const sizes: number[] = [];
  const conversations = new Conversations(database, sealer, {
    patience: 30_000,
    onBatch: (size) => sizes.push(size),
  });
  let steps = 0;
  let going = true;
  const count = () => {
    steps += 1;
  };
  const running = Array.from({ length: chats }, () =>
    chat({ database, sealer, conversations }, () => going, count),
  );
  await wait(WARM_UP_MS);
  const before = { steps, cpu: await cpu(database), own: process.cpuUsage(), at: performance.now() };
  await wait(MEASURED_MS);
  const made = steps - before.steps;
  const seconds = (performance.now() - before.at) / 1_000;
  const perStep = ((await cpu(database)) - before.cpu) / Math.max(1, made);
  const { user, system } = process.cpuUsage(before.own);
  going = false;
  await Promise.all(running);
  await conversations.close();
  await database.connection.dropDatabase();
  await database.close();
  const mean = sizes.length > 0 ? sizes.reduce((sum, size) => sum + size, 0) / sizes.length : 1;
  print(
    name,
    String(chats),
    (made / seconds).toFixed(0),
    perStep.toFixed(0),
    ((user + system) / Math.max(1, made)).toFixed(0),
    mean.toFixed(0),
  );
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Processor time mongod has used, µs. */
async function cpu(database: Database): Promise<number> {
  const status = await database.connection.getClient().db('admin').command({ serverStatus: 1 });
  return Number(status.extra_info.user_time_us) + Number(status.extra_info.system_time_us);
}

const WIDTHS = [44, 7, 10, 12, 9, 8];
const print = (...cells: string[]): void =>
  console.log(
    cells.map((cell, n) => (n ? cell.padStart(WIDTHS[n] ?? 0) : cell.padEnd(WIDTHS[0] ?? 0))).join(''),
  );

/** A replica set that may be filled, or a server of our own for the while. */
const given = process.env.MONGODB_URI;
const own = given === undefined ? await privateMongod() : undefined;
const uri = own?.uri ?? given ?? '';
print('one step', 'chats', 'steps/s', 'mongod µs', 'own µs', 'batch');
try {
  for (const chats of CHATS) {
    await measure('two awaited writes', uri, chats, twoWrites);
    await measure(
      'group commit',
      uri,
      chats,
      grouped(() => []),
    );
    await measure('group commit, declaration and delivery', uri, chats, grouped(declarationAndDelivery));
  }
} finally {
  await own?.stop();
}
