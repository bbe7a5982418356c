import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import mongoose, { type mongo } from 'mongoose';
import { dead, postponed, sent, settled, submitting } from '../../src/delivery/outboxChanges.ts';
import { OutboxQueue } from '../../src/delivery/outboxQueue.ts';
import { OutboxWrites } from '../../src/delivery/outboxWrites.ts';
import type { DeliveryDoc } from '../../src/store/deliveries.ts';
import { type OpenStore, openStore } from '../store/open-store.ts';

let store: OpenStore;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  await rows().deleteMany({});
});
afterAll(() => store.close());

const NOW = Date.now();
const rows = () => store.database.collections.deliveries;
const doc = (n: number, more: Partial<DeliveryDoc> = {}): DeliveryDoc => ({
  _id: `r${String(n).padStart(3, '0')}`,
  chat: 'c',
  lane: 'campaign',
  purpose: 'campaign',
  state: 'ready',
  readyAt: new Date(NOW - 1_000 + n),
  attempt: 0,
  epoch: 0,
  sealed: Buffer.from([1]),
  ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, n) => doc(n));
const states = async () => (await rows().find().sort({ _id: 1 }).toArray()).map(({ state }) => state);

/** The real collection, its bulk writes counted; `fault` is thrown by the first ones. */
const counting = (faults: unknown[] = []) => {
  const sizes: number[] = [];
  const collection = {
    find: rows().find.bind(rows()),
    bulkWrite: async (operations: mongo.AnyBulkWriteOperation<DeliveryDoc>[]) => {
      const fault = faults.shift();
      const came = await rows().bulkWrite(operations, { ordered: false });
      sizes.push(operations.length);
      if (fault !== undefined) throw fault;
      return came;
    },
  };
  return { writes: new OutboxWrites(collection as unknown as mongo.Collection<DeliveryDoc>), sizes };
};

describe('grouped writes', () => {
  test('a hundred at once are two commands at most', async () => {
    const docs = many(100);
    await rows().insertMany(docs);
    const { writes, sizes } = counting();
    const held = await Promise.all(docs.map((row) => writes.write(row, submitting(row, NOW + 30_000))));
    expect(held.every(Boolean)).toBe(true);
    expect(sizes.length).toBeLessThanOrEqual(2);
    expect(new Set(await states())).toEqual(new Set(['submitting']));
  });

  test('in a group, only those are refused that somebody else has taken over', async () => {
    const docs = many(20);
    await rows().insertMany(docs);
    await rows().updateMany({ _id: { $in: ['r003', 'r007'] } }, { $inc: { epoch: 1 } });
    const { writes } = counting();
    const held = await Promise.all(docs.map((row) => writes.write(row, submitting(row, NOW + 30_000))));
    expect(held.flatMap((ours, n) => (ours ? [] : [n]))).toEqual([3, 7]);
    expect((await states()).flatMap((state, n) => (state === 'ready' ? [n] : []))).toEqual([3, 7]);
  });

  test('a line that breaks after the write: it is written again, and no attempt is counted twice', async () => {
    await rows().insertMany(many(3));
    const { writes, sizes } = counting([new mongoose.mongo.MongoNetworkError('cut')]);
    const held = await Promise.all(many(3).map((row) => writes.write(row, submitting(row, NOW))));
    expect([held, sizes]).toEqual([
      [true, true, true],
      [3, 3],
    ]);
    expect(await rows().findOne({ _id: 'r001' })).toMatchObject({ state: 'submitting', attempt: 1 });
  });

  test('what the database refuses is not asked again', async () => {
    await rows().insertMany(many(1));
    const { writes, sizes } = counting([new Error('refused')]);
    await expect(writes.write(doc(0), sent(NOW))).rejects.toThrow('refused');
    expect(sizes).toEqual([1]);
  });

  test('no change may leave the lease behind, or it would be settled once more', async () => {
    const row = doc(0, { epoch: 1, leaseUntil: new Date(NOW), claim: 'x', state: 'leased' });
    for (const change of [
      sent(NOW),
      dead(row, 'failed', { code: 'x', doubtful: false }),
      postponed(row, NOW),
      settled(row, NOW),
    ]) {
      await rows().replaceOne({ _id: row._id }, row, { upsert: true });
      await counting().writes.write(row, change);
      const after = await rows().findOne({ _id: row._id });
      expect([after?.leaseUntil, after?.claim]).toEqual([undefined, undefined]);
    }
  });
});

describe('claims', () => {
  const queue = () => new OutboxQueue(rows(), 30_000);

  test('the oldest of its lane that are due, and whether there may be more', async () => {
    await rows().insertMany([
      ...many(5),
      doc(5, { lane: 'alert' }),
      doc(6, { readyAt: new Date(NOW + 60_000) }),
    ]);
    const first = await queue().claim({ lane: 'campaign', most: 3, own: NOW }, NOW);
    expect([first.rows.map(({ _id }) => _id).sort(), first.more]).toEqual([['r000', 'r001', 'r002'], true]);
    expect(first.rows.every(({ epoch, state }) => epoch === 1 && state === 'leased')).toBe(true);
    const second = await queue().claim({ lane: 'campaign', most: 3, own: NOW }, NOW);
    expect([second.rows.map(({ _id }) => _id).sort(), second.more]).toEqual([['r003', 'r004'], false]);
    expect(await queue().claim({ lane: 'campaign', most: 3, own: NOW }, NOW)).toEqual({
      rows: [],
      more: false,
    });
  });

  test('old news that cannot leave takes a few of the slots for alerts, and stands behind whatever is new', async () => {
    const missedAt = new Date(NOW - 60_000);
    const old = Array.from({ length: 100 }, (_, n) => doc(n, { lane: 'alert', missedAt }));
    await rows().insertMany([...old, ...[200, 201, 202].map((n) => doc(n, { lane: 'alert' }))]);
    const alerts = (most: number) => queue().claim({ lane: 'alert', most, own: NOW }, NOW);
    const first = (await alerts(16)).rows.map(({ _id }) => _id).sort();
    expect(first).toEqual(['r000', 'r001', 'r002', 'r003', 'r200', 'r201', 'r202']);
    expect(await alerts(12)).toEqual({ rows: [], more: false }); // those four hang, and nothing is new
    await rows().insertOne(doc(203, { lane: 'alert' }));
    expect((await alerts(12)).rows.map(({ _id }) => _id)).toEqual(['r203']);
  });

  test.each([
    ['an alert that a process wrote whose clock is ahead is sent by it at once', { lane: 'alert' }, 1],
    ['what was put back goes by the database’s clock', { lane: 'alert', epoch: 1 }, 0],
    ['so does what is for later', { lane: 'reminder' }, 0],
  ] as const)('%s', async (_, more, count) => {
    await rows().insertOne(doc(0, { ...more, readyAt: new Date(NOW + 30_000) }));
    const claim = { lane: more.lane, most: 8, own: NOW + 60_000 };
    const { rows: taken } = await queue().claim(claim, NOW);
    expect(taken).toHaveLength(count);
    for (const { leaseUntil } of taken) expect(leaseUntil).toEqual(new Date(NOW + 30_000)); // the lease does, too
  });

  test('where another process was quicker, the oldest alerts are taken all the same: a newer word overtakes none', async () => {
    const own = queue();
    await rows().insertOne(doc(99, { lane: 'alert' }));
    const claim = () => own.claim({ lane: 'alert', most: 5, own: NOW }, NOW);
    jest.spyOn(rows(), 'updateMany').mockResolvedValueOnce({ matchedCount: 0 } as never); // another one had it
    expect(await claim()).toEqual({ rows: [], more: true });
    await rows().deleteMany({});
    await rows().insertMany(Array.from({ length: 40 }, (_, n) => doc(n, { lane: 'alert' })));
    const { rows: taken } = await claim();
    expect(taken.map(({ _id }) => _id).sort()).toEqual(['r000', 'r001', 'r002', 'r003', 'r004']);
  });

  test('eight processes at once: each row is exactly one process’s', async () => {
    await rows().insertMany(many(400));
    const taken: string[] = [];
    const work = async (own: OutboxQueue): Promise<void> => {
      for (let more = true; more; ) {
        const claimed = await own.claim({ lane: 'campaign', most: 10, own: NOW }, NOW);
        taken.push(...claimed.rows.map(({ _id }) => _id));
        more = claimed.more || claimed.rows.length > 0;
      }
    };
    await Promise.all(Array.from({ length: 8 }, () => work(queue())));
    expect(taken.length).toBe(400);
    expect(new Set(taken).size).toBe(400);
  });
});

describe('a lease that ran out while its holder lives', () => {
  const late = { leaseUntil: new Date(NOW - 1), epoch: 3 };
  /** What the holder writes between the look at late rows and their settling. */
  const meanwhile = async (row: DeliveryDoc, ...holder: readonly ReturnType<typeof sent>[]) => {
    await rows().insertOne(row);
    const { writes } = counting();
    const settling = {
      write: async (...args: Parameters<OutboxWrites['write']>) => {
        for (const change of holder) await writes.write(row, change);
        return writes.write(...args);
      },
    } as unknown as OutboxWrites;
    await new OutboxQueue(rows(), 30_000).recover(settling, NOW);
    return rows().findOne({ _id: row._id });
  };

  test('what it has sent and marked meanwhile stays sent', async () => {
    const row = doc(1, { ...late, state: 'submitting', purpose: 'alert' });
    expect(await meanwhile(row, sent(NOW))).toMatchObject({ state: 'sent', epoch: 3 });
  });

  test('what it has begun to send meanwhile is not sent by another', async () => {
    const row = doc(1, { ...late, state: 'leased' });
    const begun = submitting(row, NOW + 30_000);
    expect(await meanwhile(row, begun)).toMatchObject({ state: 'submitting', epoch: 3 });
    expect(await rows().findOne({ _id: row._id })).toMatchObject({ attempt: 1 });
  });

  test('what it has put back meanwhile is settled by nobody', async () => {
    const row = doc(1, { ...late, state: 'leased' });
    expect(await meanwhile(row, postponed(row, NOW))).toMatchObject({ state: 'ready', epoch: 3 });
  });

  test('what it did not touch is settled', async () => {
    const row = doc(1, { ...late, state: 'submitting', purpose: 'alert' });
    expect(await meanwhile(row)).toMatchObject({ state: 'ready', epoch: 4, again: true });
  });
});
