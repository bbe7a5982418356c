import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { type FreshDatabase, freshDatabase, type PrivateMongod, privateMongod } from './mongo.ts';
import { PATIENCE } from './patience.ts';

const { MongoClient } = mongoose.mongo;

describe('freshDatabase', () => {
  test('gives databases of their own on one server, with transactions', async () => {
    const databases = await Promise.all([freshDatabase(), freshDatabase()]);
    const [one, other] = databases as [FreshDatabase, FreshDatabase];
    const client = new MongoClient(one.uri);
    try {
      await client.db().createCollection('things');
      await client.withSession((session) =>
        session.withTransaction(() => client.db().collection('things').insertOne({ a: 1 }, { session })),
      );
      expect(client.db().databaseName).toBe(one.name);
      expect(await client.db().collection('things').countDocuments()).toBe(1);
      expect(await client.db(other.name).collection('things').countDocuments()).toBe(0);
      await one.drop();
      expect(await client.db().collection('things').countDocuments()).toBe(0);
    } finally {
      await client.close();
    }
  });
});

describe('privateMongod', () => {
  let server: PrivateMongod;
  beforeAll(async () => {
    server = await privateMongod();
  });
  afterAll(() => server.stop());

  test('keeps its port and what was acknowledged through kill and restart, and hangs while paused', async () => {
    const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: PATIENCE });
    try {
      const things = client.db().collection('things');
      await things.insertOne({ a: 1 }, { writeConcern: { w: 'majority', journal: true } });
      await server.kill();
      await server.restart();
      expect(await things.countDocuments()).toBe(1);
      await server.pause();
      let answered = false;
      const count = things.countDocuments().then((n) => {
        answered = true;
        return n;
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(answered).toBe(false);
      server.resume();
      expect(await count).toBe(1);
    } finally {
      await client.close();
    }
  });
});
