import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { connect, type Database } from '../../src/store/connect.ts';
import { tellOfLimit } from '../../src/store/tell-of-limit.ts';
import { type PrivateMongod, privateMongod } from '../harness/mongo.ts';

let server: PrivateMongod;
let database: Database;
beforeAll(async () => {
  server = await privateMongod();
  database = await connect(server.uri);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const said = async (): Promise<readonly unknown[]> => {
  const warn = jest.fn();
  await tellOfLimit(database, { warn, info: warn });
  return warn.mock.calls.map(([fields]) => fields);
};

test('a database of ours gives up after ten seconds what a dead process left open; of one that does not it is told', async () => {
  expect(await said()).toEqual([]);
  const admin = database.connection.getClient().db('admin');
  await admin.command({ setParameter: 1, transactionLifetimeLimitSeconds: 60 });
  expect(await said()).toEqual([{ seconds: 60 }]);
});

test('what a process left open that died in a transaction is free after the limit, here three seconds', async () => {
  const admin = database.connection.getClient().db('admin');
  await admin.command({ setParameter: 1, transactionLifetimeLimitSeconds: 3 });
  const rows = database.connection.collection<{ _id: string; by: string }>('rows');
  await rows.insertOne({ _id: 'a', by: 'nobody' });
  const dead = database.connection.getClient().startSession();
  dead.startTransaction();
  await rows.updateOne({ _id: 'a' }, { $set: { by: 'the dead' } }, { session: dead });
  await rows.updateOne({ _id: 'a' }, { $set: { by: 'the living' } }); // waits for it
  expect((await rows.findOne({ _id: 'a' }))?.by).toBe('the living');
  await expect(dead.commitTransaction()).rejects.toThrow(/has been aborted/);
  await dead.endSession();
});
