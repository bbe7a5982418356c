import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createReceipts, type Receipts, type ReceiptsParts } from '../../src/delivery/receipts.ts';
import type { DeliveryDoc } from '../../src/store/deliveries.ts';
import { Unavailable } from '../../src/store/errors.ts';
import { until } from '../services/converse/toy.ts';
import { type OpenStore, openStore } from '../store/open-store.ts';

let store: OpenStore;
const opened: Receipts[] = [];
beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => rows().deleteMany({}));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((receipts) => receipts.stop()));
});
afterAll(() => store.close());

const rows = () => store.database.collections.deliveries;

let errors: unknown[] = [];
/** One process's notes. Without `every` only a stop writes them. */
const open = (more: Partial<ReceiptsParts> = {}): Receipts => {
  errors = [];
  const onError = (error: unknown) => void errors.push(error);
  const receipts = createReceipts({ collection: rows(), onError, every: 3_600_000, ...more });
  opened.push(receipts);
  return receipts;
};

const row = (_id: string, more: Partial<DeliveryDoc> = {}): DeliveryDoc => ({
  _id,
  chat: 'lan',
  lane: 'campaign',
  purpose: 'campaign',
  state: 'sent',
  readyAt: new Date(),
  attempt: 1,
  epoch: 3,
  ...more,
});
const as = (via: string, ref: string) => ({ sentAs: { via, ref } });

/** Which rows are known to have arrived, and when (ms). */
const arrived = async () => {
  const found = await rows()
    .find({ deliveredAt: { $exists: true } })
    .sort({ _id: 1 })
    .toArray();
  return found.map(({ _id, deliveredAt }) => [_id, deliveredAt?.getTime()]);
};

test('a press marks the message it was made in, and none beside it; an id the row of that name', async () => {
  await rows().insertMany([
    row('of somebody else', as('minh', '17')),
    row('pressed', as('lan', '17')),
    row('the next one', as('lan', '18')),
    row('no campaign', { ...as('lan', '17'), lane: 'alert' }),
    row('on its way', { state: 'ready' }),
    row('shown', { state: 'unknown' }),
    row('an alert', { lane: 'alert' }),
  ]);
  const receipts = open({ now: () => 1_000 });
  receipts.note([{ via: 'lan', ref: '17' }, { id: 'shown' }, { id: 'an alert' }, { id: 'lan:4:1' }]);
  await receipts.stop();
  expect(await arrived()).toEqual([
    ['pressed', 1_000],
    ['shown', 1_000],
  ]);
  const [before, after] = [row('pressed', as('lan', '17')), await rows().findOne({ _id: 'pressed' })];
  expect({ ...after, readyAt: before.readyAt, deliveredAt: undefined }).toEqual({
    ...before,
    deliveredAt: undefined,
  });
  expect(errors).toEqual([]);
});

test('the first time counts, whichever process writes it', async () => {
  await rows().insertOne(row('shown'));
  const [early, late] = [open({ now: () => 1_000 }), open({ now: () => 2_000 })];
  for (const receipts of [early, late]) receipts.note([{ id: 'shown' }]);
  await late.stop();
  expect(await arrived()).toEqual([['shown', 2_000]]);
  await early.stop();
  expect(await arrived()).toEqual([['shown', 1_000]]);
});

describe('questions to the database', () => {
  /** The collection, with its bulk writes counted by their length; they fail while `away`. */
  const counting = () => {
    const seen = { sizes: [] as number[], away: false };
    const bulkWrite = async (operations: readonly unknown[]) => {
      seen.sizes.push(operations.length);
      if (seen.away) throw new Unavailable('away');
      return rows().bulkWrite(operations as never, { ordered: false });
    };
    return { seen, collection: { bulkWrite } as unknown as ReceiptsParts['collection'] };
  };

  test('one for what is noted within its time, none for what was written', async () => {
    await rows().insertMany([row('a'), row('b'), row('c')]);
    const { seen, collection } = counting();
    const receipts = open({ collection, every: 50 });
    receipts.note([{ id: 'a' }, { id: 'a' }]);
    receipts.note([{ id: 'b' }, { via: 'lan', ref: '1' }]);
    expect(seen.sizes).toEqual([]);
    await until(async () => (await arrived()).length === 2);
    receipts.note([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    await until(async () => (await arrived()).length === 3);
    expect(seen.sizes).toEqual([3, 1]);
  });

  test('a press before its row was marked is looked at again with the next one', async () => {
    await rows().insertOne(row('slow', { state: 'submitting' }));
    const { seen, collection } = counting();
    const receipts = open({ collection, every: 20 });
    receipts.note([{ via: 'lan', ref: '9' }]);
    await until(() => seen.sizes.length === 1);
    await rows().updateOne({ _id: 'slow' }, { $set: { state: 'sent', ...as('lan', '9') } });
    await until(async () => {
      receipts.note([{ via: 'lan', ref: '9' }]);
      return (await arrived()).length === 1;
    });
  });

  test('a database that is away loses nothing and is told once; one that stays away is told at the stop', async () => {
    await rows().insertMany([row('a'), row('b')]);
    const { seen, collection } = counting();
    const receipts = open({ collection, every: 20 });
    seen.away = true;
    receipts.note([{ id: 'a' }]);
    await until(() => seen.sizes.length >= 3);
    expect(errors).toEqual([expect.any(Unavailable)]);
    receipts.note([{ id: 'b' }]);
    seen.away = false;
    await until(async () => (await arrived()).length === 2);
    seen.away = true;
    receipts.note([{ id: 'c' }]);
    await until(() => errors.length === 2);
    await receipts.stop();
    expect(errors).toHaveLength(3);
  });

  test('many at once go out in commands of 500', async () => {
    const { seen, collection } = counting();
    const receipts = open({ collection });
    receipts.note(Array.from({ length: 1_100 }, (_, n) => ({ id: `row ${n}` })));
    await receipts.stop();
    expect(seen.sizes).toEqual([500, 500, 100]);
  });

  test('a press is found by its index, which holds only what was sent of campaigns', async () => {
    const press = { lane: 'campaign' as const, 'sentAs.via': 'lan', 'sentAs.ref': '17' };
    await rows().insertOne(row('pressed', as('lan', '17')));
    const plan = JSON.stringify(await rows().find(press).explain('queryPlanner'));
    expect(plan).toContain('sentAs.via_1_sentAs.ref_1');
    expect(plan).not.toContain('COLLSCAN');
    const index = (await rows().indexes()).find(({ name }) => name === 'sentAs.via_1_sentAs.ref_1');
    expect(index?.partialFilterExpression).toEqual({ lane: 'campaign', 'sentAs.ref': { $exists: true } });
  });
});
