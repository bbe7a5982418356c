import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { connect, type Database } from '../../src/store/connect.ts';
import { available, isAway, isContended, Refused, Unavailable } from '../../src/store/errors.ts';
import { type FreshDatabase, freshDatabase } from '../harness/mongo.ts';
import { patiently } from '../harness/patience.ts';

let fresh: FreshDatabase;
let database: Database;
const zone = { _id: 'z1', placeCode: '12', level: 'high', from: new Date(0) };

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await patiently(() => connect(fresh.uri));
  await database.models.zones.create(zone);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('what comes from outside is a value, never an operator', () => {
  const never = { $ne: null } as unknown as string;

  test('in a filter of a query', async () => {
    // A value of the wrong shape is an error, not a match.
    await expect(database.models.zones.findOne({ level: never })).rejects.toThrow(/Cast to string failed/);
    expect(await database.models.zones.findOne({ level: mongoose.trusted({ $ne: 'low' }) })).toMatchObject({
      _id: 'z1',
    });
  });

  test('an unknown field in a filter does not match everything', async () => {
    const typo = { plcaeCode: '12' } as unknown as { placeCode: string };
    await expect(database.models.zones.deleteMany(typo)).rejects.toThrow(/plcaeCode/);
    expect(await database.models.zones.countDocuments()).toBe(1);
  });

  test.each([
    ['an unknown field', { ...zone, _id: 'z2', extra: 1 }],
    ['a field of the wrong type', { ...zone, _id: 'z2', from: 'never' }],
    ['a missing field', { _id: 'z2', level: 'high' }],
  ])('%s is not stored', async (_name, document) => {
    await expect(database.models.zones.create(document as never)).rejects.toThrow();
    expect(await database.models.zones.countDocuments()).toBe(1);
  });
});

test('raw reads give the same bytes as mongoose’s own', async () => {
  const sealed = Buffer.from('sealed');
  const parked = { _id: 'p1', chat: 'c', channel: 'toy', at: new Date(), code: 'x', stack: [], sealed };
  await database.models.parked.create(parked);
  expect((await database.collections.parked.findOne({ _id: 'p1' }))?.sealed).toEqual(sealed);
  expect((await database.models.parked.findById('p1').lean())?.sealed).toEqual(sealed);
});

describe('a database that is away', () => {
  test('is an error soon, not a wait', async () => {
    const began = Date.now();
    await expect(connect('mongodb://127.0.0.1:9/none?replicaSet=none')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect(Date.now() - began).toBeLessThan(20_000); // the driver's own patience is 30 s
  });

  test('or a connection that was closed says the same', async () => {
    const other = await patiently(() => connect(fresh.uri));
    expect(await other.alive()).toBe(true);
    await other.close();
    expect(await other.alive()).toBe(false);
    const asked = other.models.zones.findOne({ _id: 'z1' }).exec();
    expect(isAway(await asked.catch((error: unknown) => error))).toBe(true);
  });
});

test('errors are told apart', async () => {
  const { zones } = database.collections;
  const duplicate = await zones.insertOne(zone).catch((error: unknown) => error);
  expect([isAway(duplicate), isContended(duplicate)]).toEqual([false, false]);
  const givenUp = new mongoose.mongo.MongoServerError({ code: 290, message: 'longer than its lifetime' });
  expect([isAway(givenUp), isContended(givenUp)]).toEqual([false, true]);
  expect(isAway(new Unavailable('x'))).toBe(true);
  expect(isAway(new Refused('x'))).toBe(false);
  expect(isAway(new Error('not connected'))).toBe(false);
});

test('a question that the driver never answers ends all the same', async () => {
  const asked = available(new Promise<never>(() => undefined), 50);
  await expect(asked).rejects.toMatchObject({ code: 'unavailable', cause: { code: 'took-too-long' } });
});

test('a cut line is known in the bulk write that hides it', async () => {
  const other = await patiently(() => connect(fresh.uri));
  const real = other.connection.getClient().db(fresh.name).collection('zones');
  const { MongoBulkWriteError, MongoNetworkError } = mongoose.mongo;
  await other.close();
  const cut = await real
    .bulkWrite([{ insertOne: { document: { _id: 'z9' as never } } }])
    .catch((error: unknown) => error);
  expect(isAway(cut)).toBe(true);
  const hidden = new MongoBulkWriteError(new MongoNetworkError('connect ECONNREFUSED'), {} as never);
  expect(isAway(hidden)).toBe(true);
});
