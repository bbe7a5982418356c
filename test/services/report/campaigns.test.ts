import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { countCampaigns } from '../../../src/services/report/countCampaigns.ts';
import { Broadcast, FIRST } from '../campaigns/broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

test('the report of a day has its campaigns: planned, sent, not sent', async () => {
  for (let n = 0; n < 5; n += 1) await world.citizen({ person: false });
  const id = await world.approved({ channels: ['telegram'], days: 2 });
  const { collections } = world.office;
  expect(await countCampaigns(collections, FIRST)).toEqual([]);
  await world.tick(FIRST, '07:30');
  const planned = { name: id, day: 1, planned: 5, sent: 0, failed: 0, declared: 0 };
  expect(await countCampaigns(collections, FIRST)).toEqual([planned]);
  world.start();
  await world.tick(FIRST, '08:00');
  await world.quiet();
  expect(await countCampaigns(collections, FIRST)).toEqual([{ ...planned, sent: 5 }]);
  expect(await countCampaigns(collections, '2026-12-24')).toEqual([]);
});
