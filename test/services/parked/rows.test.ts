import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { parkedDoc } from '../../../src/services/converse/park.ts';
import {
  countParked,
  listParked,
  noteOpened,
  parkedIds,
  settleParked,
} from '../../../src/services/parked/rows.ts';
import { NOW } from '../../harness/talk.ts';
import { type OpenStore, openStore } from '../../store/open-store.ts';

let store: OpenStore;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  await rows().deleteMany({});
  const event = { type: 'text', text: 'Lò Thị Mẩy' } as const;
  const failed = { chat: 'c1', channel: 'toy', event, error: new TypeError('Lò Thị Mẩy') };
  await rows().insertMany(['a', 'b', 'c'].map((id, n) => parkedDoc(store.sealer, id, failed, NOW + n)));
});
afterAll(() => store.close());

const rows = () => store.database.collections.parked;
const idsOf = async (all: boolean, limit = 0) => (await listParked(rows(), all, limit)).map(({ _id }) => _id);

test('the newest first, without what is sealed', async () => {
  expect(await idsOf(false)).toEqual(['c', 'b', 'a']);
  expect(await idsOf(false, 2)).toEqual(['c', 'b']);
  for (const row of await listParked(rows(), true, 0)) expect(row).not.toHaveProperty('sealed');
});

test('what is settled waits no longer, and can still be found', async () => {
  expect(await settleParked(rows(), ['b', 'none'], 'Hoa', NOW)).toBe(1);
  expect([await countParked(rows()), await idsOf(false)]).toEqual([2, ['c', 'a']]);
  expect([await countParked(rows(), true), await idsOf(true)]).toEqual([3, ['c', 'b', 'a']]);
  expect((await parkedIds(rows())).toSorted()).toEqual(['a', 'b', 'c']);
  expect(await rows().findOne({ _id: 'b' })).toMatchObject({ settledBy: 'Hoa', settledAt: new Date(NOW) });
});

test('two who settle the same: it is the first one’s', async () => {
  const both = await Promise.all(['Hoa', 'Nga'].map((by) => settleParked(rows(), ['a'], by, NOW)));
  expect(both.toSorted()).toEqual([0, 1]);
  const by = (await rows().findOne({ _id: 'a' }))?.settledBy;
  expect(await settleParked(rows(), 'all', 'Sĩ', NOW)).toBe(2);
  expect((await rows().findOne({ _id: 'a' }))?.settledBy).toBe(by);
  expect(await countParked(rows())).toBe(0);
});

test('every reading is noted; one of what is gone is not', async () => {
  for (const by of ['Hoa', 'Nga']) expect(await noteOpened(rows(), 'a', by, NOW)).toBe(true);
  expect(await noteOpened(rows(), 'none', 'Hoa', NOW)).toBe(false);
  const at = new Date(NOW);
  expect((await rows().findOne({ _id: 'a' }))?.opened).toEqual([
    { by: 'Hoa', at },
    { by: 'Nga', at },
  ]);
  expect(await countParked(rows())).toBe(3);
});

test('the model knows the fields that are written here', async () => {
  await noteOpened(rows(), 'a', 'Hoa', NOW);
  await settleParked(rows(), ['a'], 'Hoa', NOW);
  const doc = await store.database.models.parked.findById('a');
  await expect(doc?.validate()).resolves.toBeUndefined();
  expect(doc?.toObject()).toMatchObject({ settledBy: 'Hoa', opened: [{ by: 'Hoa' }] });
});
