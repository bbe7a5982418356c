/**
 * What the delivery engine costs: rows a second and the wait of one alert, beside a bare loop that claims, notes the
 * intent, sends and marks one row after the other. Nothing is sent: a send takes no time, so what is measured is ours.
 * `MONGODB_URI` names a replica set that may be filled; every database made here is dropped again.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Budget, createBudget } from '../src/delivery/budgets.ts';
import type { ChannelLimits } from '../src/delivery/limits.ts';
import { DeliveryOutbox } from '../src/delivery/outbox.ts';
import { SLOTS } from '../src/delivery/outboxLane.ts';
import type { PurposeName } from '../src/delivery/outboxPurposes.ts';
import { deliveryRow } from '../src/delivery/outboxRow.ts';
import { line } from '../src/dialogue/say.ts';
import { DataKeys } from '../src/security/data-keys.ts';
import { generateKeyRing } from '../src/security/key-ring.ts';
import { Sealer } from '../src/security/sealer.ts';
import { connect, type Database } from '../src/store/connect.ts';
import type { DeliveryDoc, Lane } from '../src/store/deliveries.ts';
import { keyStore } from '../src/store/keys.ts';
import { prepare } from '../src/store/prepare.ts';
import { privateMongod } from '../test/harness/mongo.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 5_000);
const MESSAGES = 200;
/** ms between two of them: the lane is free. */
const BETWEEN = 20;
const NOON = Date.parse('2026-11-23T12:00:00+07:00');

interface Bench {
  readonly database: Database;
  readonly sealer: Sealer;
}

/** Campaigns keep the quiet hours, and a measurement does not: it is noon in Vietnam. */
const began = Date.now();
const noon = (): number => NOON + Date.now() - began;

const rowsOf = ({ database }: Bench) => database.collections.deliveries;

/** A purpose of each lane. */
const OF_LANE = {
  alert: 'alert',
  reply: 'feedbackNews',
  reminder: 'movementReminder',
  campaign: 'campaign',
} as const satisfies Readonly<Record<Lane, PurposeName>>;
const LANES = Object.keys(OF_LANE) as readonly Lane[];

const row = ({ sealer }: Bench, about: string, lane: Lane): DeliveryDoc => {
  const notes = [line('alert.title')];
  const message = { purpose: OF_LANE[lane], about, rev: 1, chat: about, at: noon(), notes } as const;
  return { ...deliveryRow(sealer, message), readyAt: new Date(message.at) };
};

const fill = async (bench: Bench, count: number): Promise<void> => {
  const docs = Array.from({ length: count }, (_, n) => row(bench, `r${n}`, 'campaign'));
  await rowsOf(bench).insertMany(docs, { ordered: false });
};

/** The usual way, in as many loops as the engine has slots for this lane. */
const oneByOne = async (bench: Bench, loops: number): Promise<void> => {
  const rows = rowsOf(bench);
  const work = async (): Promise<void> => {
    for (;;) {
      const due = { state: 'ready' as const, lane: 'campaign' as const, readyAt: { $lte: new Date(noon()) } };
      const lease = { $set: { state: 'leased' as const }, $inc: { epoch: 1 } };
      const options = { sort: { readyAt: 1 }, returnDocument: 'after' } as const;
      const doc = await rows.findOneAndUpdate(due, lease, options);
      if (doc === null) return;
      const held = { _id: doc._id, epoch: doc.epoch ?? 0 };
      await rows.updateOne(held, { $set: { state: 'submitting' }, $inc: { attempt: 1 } });
      await rows.updateOne(held, { $set: { state: 'sent', sentAt: new Date() } });
    }
  };
  await Promise.all(Array.from({ length: loops }, work));
};

type Told = (id: string) => void;

const engine = (bench: Bench, onSent: Told, budget?: Budget): DeliveryOutbox =>
  new DeliveryOutbox({
    ...(budget && { budget }),
    collection: rowsOf(bench),
    sealer: bench.sealer,
    send: async (_chat, { id }) => {
      onSent(id);
      return undefined;
    },
    now: noon,
    onError: (error) => console.error(error),
  });

const byEngine = async (bench: Bench, count: number, budget?: Budget): Promise<void> => {
  let sent = 0;
  const told = (): void => {
    sent += 1;
  };
  const outbox = engine(bench, told, budget);
  outbox.start();
  while (sent < count) await delay(5);
  await outbox.stop();
};

const rate = async (name: string, bench: Bench, work: () => Promise<void>): Promise<number> => {
  await rowsOf(bench).deleteMany({});
  await fill(bench, ROWS);
  const from = performance.now();
  await work();
  const perSecond = (ROWS * 1_000) / (performance.now() - from);
  console.log(`${name.padEnd(52)} ${perSecond.toFixed(0).padStart(8)} rows/s`);
  return perSecond;
};

/** Budgets that hold nothing back, and how often the database was asked for one. */
const counted = ({ database }: Bench) => {
  const { budgets } = database.collections;
  let asked = 0;
  const asking = <T extends (...args: never[]) => unknown>(ask: T): T =>
    ((...args: Parameters<T>) => {
      asked += 1;
      return ask.apply(budgets, args);
    }) as T;
  const plenty = { perSecond: 1e6, burst: 1e6 };
  const collection = {
    findOneAndUpdate: asking(budgets.findOneAndUpdate),
    bulkWrite: asking(budgets.bulkWrite),
    find: asking(budgets.find),
  } as unknown as typeof budgets;
  const budget = (limits: ChannelLimits): Budget =>
    createBudget({ collection, limits: { bot: limits }, channelOf: async () => 'bot' });
  const take = (): number => {
    const before = asked;
    asked = 0;
    return before;
  };
  return { account: budget({ account: plenty }), both: budget({ account: plenty, chat: plenty }), take };
};

/** From the insert's return to the send, of messages one after the other; by the change stream alone, or nudged. */
const waits = async (
  name: string,
  bench: Bench,
  lane: Lane,
  budget?: Budget,
  nudged = false,
): Promise<void> => {
  const sent = new Map<string, number>();
  const outbox = engine(bench, (id) => sent.set(id, performance.now()), budget);
  outbox.start();
  await delay(500);
  const took: number[] = [];
  for (let n = 0; n < MESSAGES; n += 1) {
    const doc = row(bench, `a${randomUUID()}`, lane);
    await rowsOf(bench).insertOne(doc);
    const at = performance.now();
    if (nudged) outbox.nudge();
    while (!sent.has(doc._id)) await delay(0.2);
    took.push((sent.get(doc._id) ?? at) - at);
    await delay(BETWEEN);
  }
  await outbox.stop();
  took.sort((a, b) => a - b);
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(1).padStart(7);
  console.log(`${name.padEnd(52)} p50 ${at(0.5)} ms   p99 ${at(0.99)} ms`);
};

const given = process.env.MONGODB_URI;
const own = given === undefined ? await privateMongod() : undefined;
const address = new URL(own?.uri ?? given ?? '');
address.pathname = `/bench_${randomUUID().replaceAll('-', '')}`;
await prepare(address.toString());
const database = await connect(address.toString());
try {
  const sealer = new Sealer(await DataKeys.open(generateKeyRing(), keyStore(database.collections.keys)));
  const bench = { database, sealer };
  const single = await rate('one by one, one loop', bench, () => oneByOne(bench, 1));
  const many = await rate(`one by one, ${SLOTS.campaign} loops`, bench, () =>
    oneByOne(bench, SLOTS.campaign),
  );
  const ours = await rate(`the engine, ${SLOTS.campaign} slots`, bench, () => byEngine(bench, ROWS));
  console.log(
    `the engine: ${(ours / single).toFixed(1)} × one loop, ${(ours / many).toFixed(1)} × ${SLOTS.campaign} loops`,
  );
  const { account, both, take } = counted(bench);
  const perRow = () => console.log(`  questions to the budgets per row: ${(take() / ROWS).toFixed(3)}`);
  await rate('… with the budget of an account', bench, () => byEngine(bench, ROWS, account));
  perRow();
  await rate('… with those of an account and of each chat', bench, () => byEngine(bench, ROWS, both));
  perRow();
  await rowsOf(bench).deleteMany({});
  await waits('an alert, written by this process', bench, 'alert', undefined, true);
  for (const lane of LANES) await waits(`lane ${lane}, written by another process`, bench, lane);
  for (const lane of LANES) await waits('… and both budgets are asked', bench, lane, both);
} finally {
  await database.connection.dropDatabase();
  await database.close();
  await own?.stop();
}
