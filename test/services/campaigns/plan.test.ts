import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { planDay } from '../../../src/services/campaigns/plan.ts';
import { findCampaign } from '../../../src/services/campaigns/record.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

/** More than two batches. */
const NUMBERS = Array.from({ length: 2_500 }, (_, n) => `+849${String(n).padStart(8, '0')}`);

/** A day that was begun, with its audience fixed and none of its rows made. */
const begun = async () => {
  const id = await world.approved({ audience: { kind: 'list' }, channels: ['sms'] }, NUMBERS);
  const { deliveries, occurrences } = world.office.collections;
  await world.tick(FIRST, '07:30');
  await deliveries.deleteMany({ purpose: 'campaign' });
  await occurrences.updateOne({}, { $set: { state: 'planning' }, $unset: { cursor: '' } });
  const campaign = await findCampaign(world.office.parts, id);
  const day = campaign?.days[0];
  if (campaign === null || day === undefined) throw new Error('no such day');
  return { campaign, day };
};

const rows = () => world.office.collections.deliveries.countDocuments({ purpose: 'campaign' });

test('in steps: each goes on where the one before it came to, and the last one says so', async () => {
  const { campaign, day } = await begun();
  const step = () => planDay(world.office.parts, campaign, day, world.office.now, () => false);
  expect([await step(), await rows()]).toEqual([false, 1_000]);
  expect([await step(), await rows()]).toEqual([false, 2_000]);
  expect([await step(), await rows()]).toEqual([true, 2_500]);
  expect([await step(), await rows()]).toEqual([true, 2_500]);
});

test.each([1, 2, 3])(
  'the database goes away at insert %d: nobody is left out afterwards, nobody is doubled',
  async (n) => {
    const { campaign, day } = await begun();
    const { parts } = world.office;
    let calls = 0;
    const deliveries = new Proxy(parts.collections.deliveries, {
      get: (rowsThere, name) => {
        if (name !== 'insertMany') return Reflect.get(rowsThere, name, rowsThere);
        return (...args: Parameters<typeof rowsThere.insertMany>) => {
          calls += 1;
          if (calls === n) return Promise.reject(new Unavailable('away'));
          return rowsThere.insertMany(...args);
        };
      },
    });
    const broken = { ...parts, collections: { ...parts.collections, deliveries } };
    await expect(planDay(broken, campaign, day, world.office.now, () => true)).rejects.toThrow(Unavailable);
    expect(await planDay(parts, campaign, day, world.office.now, () => true)).toBe(true);
    expect(await rows()).toBe(NUMBERS.length);
  },
);
