import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataKeys } from '../../src/security/data-keys.ts';
import { addKek, generateKeyRing, type KeyRing } from '../../src/security/key-ring.ts';
import { Sealer, sealContext } from '../../src/security/sealer.ts';
import { connect, type Database } from '../../src/store/connect.ts';
import { keyStore } from '../../src/store/keys.ts';
import { type FreshDatabase, freshDatabase } from '../harness/mongo.ts';
import { patiently } from '../harness/patience.ts';

let fresh: FreshDatabase;
let database: Database;
const ring = generateKeyRing();
const PHONE = sealContext('people', 'phone', 'p1');

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await patiently(() => connect(fresh.uri));
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const store = () => keyStore(database.collections.keys);
const openKeys = (with_: KeyRing = ring) => DataKeys.open(with_, store());

test('processes that start at once on an empty database share one first key', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => openKeys()));
  expect(new Set(all.map((keys) => keys.newest.id))).toEqual(new Set([1]));
  expect(new Set(all.map((keys) => keys.newest.key.export().toString('hex'))).size).toBe(1);
  expect(await database.collections.keys.countDocuments()).toBe(1);
});

describe('a sealed value', () => {
  test('opens where it belongs, and is never sealed alike', async () => {
    const sealer = new Sealer(await openKeys());
    const value = { name: 'Lò Thị Mẩy', symptoms: ['ho', 'sốt'], age: 31, none: null };
    const sealed = sealer.seal(PHONE, value);
    expect(await sealer.open(PHONE, sealed)).toEqual(value);
    expect(sealer.seal(PHONE, value).equals(sealed)).toBe(false);
    expect(sealed.includes('Mẩy')).toBe(false);
  });

  test.each([
    ['another person', sealContext('people', 'phone', 'p2'), 'seal.refused'],
    ['another field', sealContext('people', 'name', 'p1'), 'seal.refused'],
    ['another collection', sealContext('staff', 'phone', 'p1'), 'seal.refused'],
  ])('stays shut for %s', async (_name, context, code) => {
    const sealer = new Sealer(await openKeys());
    await expect(sealer.open(context, sealer.seal(PHONE, '0912345678'))).rejects.toMatchObject({ code });
  });

  test('stays shut when it was cut, changed, or names a key that nobody has', async () => {
    const sealer = new Sealer(await openKeys());
    const sealed = sealer.seal(PHONE, '0912345678');
    for (let length = 0; length < sealed.length; length += 1) {
      const cut = sealed.subarray(0, length);
      await expect(sealer.open(PHONE, cut)).rejects.toMatchObject({ name: 'SealError', retryable: false });
    }
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const code = at === 0 ? 'seal.malformed' : at < 5 ? 'seal.unknown-key' : 'seal.refused';
      await expect(sealer.open(PHONE, changed)).rejects.toMatchObject({ code });
    }
  });
});

describe('rotation', () => {
  test('the new data key writes, the old one reads, and a running process learns of the new one by itself', async () => {
    const here = await openKeys();
    const elsewhere = new Sealer(await openKeys());
    const old = elsewhere.seal(PHONE, 'old');
    const before = here.newest.id;
    await here.rotate();
    expect(here.newest.id).toBe(before + 1);
    const sealed = new Sealer(here).seal(PHONE, 'new');
    expect(sealed.readUInt32BE(1)).toBe(before + 1);
    expect(await Promise.all([1, 2, 3].map(() => elsewhere.open(PHONE, sealed)))).toEqual([
      'new',
      'new',
      'new',
    ]);
    expect(await elsewhere.open(PHONE, old)).toBe('old');
    expect(elsewhere.seal(PHONE, '').readUInt32BE(1)).toBe(before + 1);
  });

  test('two processes that rotate at once make one key', async () => {
    const [a, b] = [await openKeys(), await openKeys()];
    const before = a.newest.id;
    await Promise.all([a.rotate(), b.rotate()]);
    expect([a.newest.id, b.newest.id]).toEqual([before + 1, before + 1]);
    expect(a.newest.key.equals(b.newest.key)).toBe(true);
  });

  test('after a rewrap the old key-encryption key may go, and what was sealed still opens', async () => {
    const sealed = new Sealer(await openKeys()).seal(PHONE, 'kept');
    const wider = addKek(ring);
    const keys = await openKeys(wider);
    expect(await keys.rewrap()).toBe(await database.collections.keys.countDocuments());
    expect(await keys.rewrap()).toBe(0);
    const narrowed = { ...wider, keks: wider.keks.slice(1) };
    expect(await new Sealer(await openKeys(narrowed)).open(PHONE, sealed)).toBe('kept');
    await expect(openKeys(ring)).rejects.toThrow(
      'needs the key-encryption key "k2", which is not in KHAIBAO_KEYS',
    );
  });

  test('another key under the same id is a sentence', async () => {
    const stranger = generateKeyRing();
    const other = { ...stranger, keks: [...stranger.keks, ...addKek(stranger).keks.slice(1)] };
    await expect(openKeys(other)).rejects.toThrow('KHAIBAO_KEYS has another key under the id "k2"');
  });
});
