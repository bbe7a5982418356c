import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Missed, missedPeople } from '../../../src/services/campaigns/missed.ts';
import { BATCH } from '../../../src/services/campaigns/parts.ts';
import { findCampaign } from '../../../src/services/campaigns/record.ts';
import { SIN_HO, THAN_UYEN } from '../alerts/office.ts';
import { spoil } from '../spoil.ts';
import { Broadcast } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

/** The unreached of a campaign, batch by batch. */
const batchesOf = async (id: string, onStuck = (_: unknown, __: { id: string }): void => undefined) => {
  const campaign = await findCampaign(world.office.parts, id);
  if (campaign === null) throw new Error('it is gone');
  const batches: (readonly Missed[])[] = [];
  for await (const some of missedPeople({ ...world.office.parts, onStuck }, campaign)) batches.push(some);
  return batches;
};

const missed = (id: string, chat: string, more: { area?: string; outcome?: string }) => ({
  _id: `${id}|${chat}`,
  ways: { [chat]: { channel: 'telegram' } },
  outcome: 'unreached',
  reason: 'blocked',
  deleteAt: new Date('2027-01-01'),
  ...more,
});

test('many are read in batches: each once, by commune, those without one last, and nobody who was reached', async () => {
  const id = await world.approved();
  const areas = [{}, { area: THAN_UYEN }, { area: SIN_HO }];
  const all = Array.from({ length: 2 * BATCH + 500 }, (_, n) => missed(id, `chat${n}`, areas[n % 3] ?? {}));
  const { audience } = world.office.collections;
  await audience.insertMany([
    ...all,
    missed(id, 'reached', { outcome: 'sent' }),
    missed('C2222', 'of another', {}),
  ]);
  const batches = await batchesOf(id);
  expect(batches.every((some) => some.length <= BATCH)).toBe(true);
  expect(batches.length).toBeGreaterThan(2);
  const found = batches.flat().map(({ area }) => area);
  const count = (area?: string) =>
    all.filter((one) => 'area' in one === (area !== undefined) && one.area === area).length;
  expect(found).toEqual([
    ...Array.from({ length: count(SIN_HO) }, () => SIN_HO),
    ...Array.from({ length: count(THAN_UYEN) }, () => THAN_UYEN),
    ...Array.from({ length: count() }, () => ''),
  ]);
});

test('the person of a chat is found in the talk it has joined since; what cannot be opened is empty, and reported', async () => {
  const [joined, shut] = [
    await world.citizen({ name: 'Vừ A Dính', phone: '+84912000003' }),
    await world.citizen({ name: 'Lò Văn Kín' }),
  ];
  const id = await world.approved();
  const { audience } = world.office.collections;
  await audience.insertMany([missed(id, joined.chat, {}), missed(id, shut.chat, { area: SIN_HO })]);
  await world.connect(joined);
  await spoil(world.office, 'people', shut.person ?? '');
  const stuck: string[] = [];
  const [people = []] = await batchesOf(id, (_, { id: which }) => void stuck.push(which));
  expect(people.map(({ name, phone }) => [name, phone])).toEqual([
    ['', ''],
    ['Vừ A Dính', '+84912000003'],
  ]);
  expect(stuck).toEqual([shut.person]);
});
