import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createBlindIndex } from '../../../src/security/blind-index.ts';
import { sealContext } from '../../../src/security/sealer.ts';
import { createShelf } from '../../../src/services/converse/shelf.ts';
import type { Inbound } from '../../../src/services/inbound.ts';
import { type OpenStore, openStore, RING } from '../../store/open-store.ts';

let store: OpenStore;
const noted: string[] = [];
const shut: string[] = [];

beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  noted.length = 0;
  shut.length = 0;
  const { shelved, parked } = store.database.collections;
  await Promise.all([shelved.deleteMany({}), parked.deleteMany({})]);
});
afterAll(() => store.close());

const index = createBlindIndex(RING);
const shelfOf = (channel = 'telegram') =>
  createShelf(
    {
      collections: store.database.collections,
      sealer: store.sealer,
      index,
      onParked: (where) => void noted.push(where),
      onShut: (where, { code }) => void shut.push(`${where} ${code}`),
    },
    channel,
  );

const message = (id: number, text = `câu ${id}`): Inbound => ({
  channel: 'telegram',
  deliveryId: String(id),
  address: '555000111',
  event: { type: 'text', text },
  at: 1_795_400_000_000,
  lang: 'vi',
});

test('what was put there is there for the next process, in its order, once, until it was taken', async () => {
  const shelf = shelfOf();
  for (const id of [12, 9, 10, 9]) await shelf.put(message(id), id);
  await shelfOf('other').put(message(9), 9);
  const left = await shelfOf().left();
  expect(left).toEqual([9, 10, 12].map((order) => ({ order, message: message(order) })));
  await shelf.drop(message(10));
  await shelf.drop(message(10));
  expect((await shelfOf().left()).map(({ order }) => order)).toEqual([9, 12]);
});

test('what fails for ever leaves the shelf for those who look after it, once', async () => {
  const shelf = shelfOf();
  await shelf.put(message(9), 9);
  for (const _ of [1, 2]) await shelf.park(message(9), new TypeError('Lò Thị Bí Mật'));
  expect(await shelf.left()).toEqual([]);
  const [row, ...more] = await store.database.collections.parked.find().toArray();
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    channel: 'telegram',
    chat: index('chat', 'telegram|555000111'),
    code: 'TypeError',
  });
  const sealed = await store.sealer.open(
    sealContext('parked', 'sealed', String(row?._id)),
    row?.sealed as Buffer,
  );
  expect(sealed).toEqual({ event: message(9).event, error: 'Lò Thị Bí Mật' });
  expect(noted).toEqual(['telegram', 'telegram']);
});

test('what cannot be opened is told of and stays; the others are taken', async () => {
  const shelf = shelfOf();
  for (const id of [9, 10, 11]) await shelf.put(message(id), id);
  const { shelved } = store.database.collections;
  await shelved.updateOne({ order: 9 }, { $set: { sealed: Buffer.from('not sealed') } });
  await shelved.updateOne({ order: 10 }, { $set: { sealed: store.sealer.seal('a|b|c', 'of another') } });
  expect(await shelfOf().left()).toEqual([{ order: 11, message: message(11) }]);
  expect(shut.toSorted()).toEqual(['telegram seal.malformed', 'telegram seal.refused']);
  expect(await shelved.countDocuments()).toBe(3);
});

test('nothing of it stands in the clear', async () => {
  await shelfOf().put(message(9, 'Lò Thị Bí Mật'), 9);
  const stored = JSON.stringify(await store.database.collections.shelved.find().toArray());
  for (const secret of ['Bí Mật', '555000111']) {
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(Buffer.from(secret).toString('base64').slice(0, 8));
  }
});
