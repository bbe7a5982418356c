import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SendError } from '../../../src/delivery/outgoing.ts';
import { countDay } from '../../../src/services/report/count.ts';
import { Broadcast, FIRST } from '../campaigns/broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

/** As the report counts a day, with nothing put in its place. */
const campaignsOf = async (day: string) =>
  (await countDay({ collections: world.office.collections, home: '12' }, day, world.office.now)).campaigns;

test('the report of a day has its campaigns: planned, sent, failed, and who had declared by then', async () => {
  const people = [await world.citizen(), await world.citizen()] as const;
  for (let n = 0; n < 3; n += 1) await world.citizen({ person: false });
  const id = await world.approved({ channels: ['telegram'], days: 2 });
  expect(await campaignsOf(FIRST)).toEqual([]);
  await world.tick(FIRST, '07:30');
  const planned = { name: id, day: 1, planned: 5, sent: 0, failed: 0, declared: 0 };
  expect(await campaignsOf(FIRST)).toEqual([planned]);
  const [declares, blocks] = people;
  await world.declare(declares);
  world.answers.set(blocks.address, new SendError('stopped', 'blocked'));
  world.start();
  await world.tick(FIRST, '08:00');
  await world.quiet();
  expect(await campaignsOf(FIRST)).toEqual([{ ...planned, sent: 3, failed: 1, declared: 1 }]);
  expect(await campaignsOf('2026-12-24')).toEqual([]);
});
