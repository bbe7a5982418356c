import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { runCampaigns } from '../../../src/services/campaigns/run.ts';
import { until } from '../converse/toy.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const PEOPLE = 600;
/**
 * A second, as long as this machine makes it now (ms): twenty looks at the database 50 ms apart. What is promised is a
 * second; on a busy machine everything takes longer, and this loop does too.
 */
const aSecond = async (): Promise<number> => {
  const began = performance.now();
  for (let n = 0; n < 20; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.office.collections.campaigns.findOne({});
  }
  return performance.now() - began;
};

/** Two processes in the middle of a campaign whose channel takes its time. */
const underWay = async (): Promise<string> => {
  await Promise.all(Array.from({ length: PEOPLE }, () => world.citizen({ person: false })));
  const id = await world.approved({ channels: ['telegram'], days: 2 });
  await world.tick(FIRST, '07:30');
  world.slow = 150;
  world.start();
  world.start();
  await world.tick(FIRST, '08:00');
  await until(() => world.sent().length > 60);
  return id;
};

/** When the last message before now was begun, after nothing more has come for a while; ms of the monotonic clock. */
const lastBegun = async (): Promise<number> => {
  for (let seen = -1; seen !== world.begun.length; ) {
    seen = world.begun.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // what must not happen
  }
  return world.begun.at(-1) ?? 0;
};

test('a pause stops both processes within a second, and going on lets both send within one', async () => {
  const id = await underWay();
  const [paused, second] = [performance.now(), aSecond()];
  expect(await world.act(id, 'pause')).toBe('done');
  expect((await lastBegun()) - paused).toBeLessThan(await second);
  const before = world.begun.length;
  expect(before).toBeLessThan(PEOPLE);
  const { deliveries } = world.office.collections;
  const due = {
    state: 'ready' as const,
    purpose: 'campaign',
    readyAt: { $lte: new Date(world.office.now + 120_000) },
  };
  // Nobody claims them again and again; what was in somebody's hands during one tick, the next one puts off.
  await until(async () => {
    await world.tick(FIRST, '08:01');
    return (await deliveries.countDocuments(due)) === 0;
  });
  const [resumed, again] = [performance.now(), aSecond()];
  expect(await world.act(id, 'resume')).toBe('done');
  await until(() => world.begun.length > before);
  expect((world.begun[before] ?? 0) - resumed).toBeLessThan(await again);
  const tick = () => runCampaigns({ staff: world.office.parts, write: world.write }, world.office.now);
  await until(async () => {
    world.office.now += 20; // what was put back in the last moment of the pause comes due by the clock
    await tick();
    return world.sent().length === PEOPLE;
  });
  expect(new Set(world.sent()).size).toBe(PEOPLE);
});

test('a stop ends it for good within a second; everybody is accounted for', async () => {
  const id = await underWay();
  const [stopped, second] = [performance.now(), aSecond()];
  expect(await world.act(id, 'stop', world.second)).toBe('done');
  expect((await lastBegun()) - stopped).toBeLessThan(await second);
  const sent = world.sent().length;
  expect(sent).toBeLessThan(PEOPLE);
  await until(async () => {
    await world.tick(FIRST, '08:05');
    return (await world.office.collections.campaigns.findOne({ _id: id }))?.closedAt !== undefined;
  });
  const rows = world.office.collections.audience;
  expect(await rows.countDocuments({ outcome: 'sent' })).toBe(sent);
  expect(await rows.countDocuments({ outcome: 'unreached', reason: 'campaign-stopped' })).toBe(PEOPLE - sent);
});

test('rows that a process put off while another one let the campaign go on are due again with the next tick', async () => {
  for (let n = 0; n < 3; n += 1) await world.citizen({ person: false });
  await world.approved({ channels: ['telegram'], days: 1 });
  await world.tick(FIRST, '07:30');
  const { deliveries } = world.office.collections;
  const far = new Date('9999-01-01T00:00:00Z');
  await deliveries.updateMany({ purpose: 'campaign' }, { $set: { readyAt: far } });
  await world.tick(FIRST, '08:00');
  const due = { purpose: 'campaign', readyAt: { $lte: new Date(world.office.now) } };
  expect(await deliveries.countDocuments(due)).toBe(3);
});

test.each([
  ['to the end of its day', { time: '23:59', state: 'expired' }],
  ['until it is stopped', { stop: true, time: '08:01', state: 'suppressed' }],
] as const)(
  'rows of a pause that lasts %s are due no later than that: they are deleted in time',
  async (_, end) => {
    for (let n = 0; n < 3; n += 1) await world.citizen({ person: false });
    const id = await world.approved({ channels: ['telegram'], days: 1 });
    await world.tick(FIRST, '07:30');
    expect(await world.act(id, 'pause')).toBe('done');
    await world.tick(FIRST, '08:00');
    const { deliveries, occurrences } = world.office.collections;
    const dueAfter = (at: Date) => deliveries.countDocuments({ purpose: 'campaign', readyAt: { $gt: at } });
    expect(await dueAfter(new Date('9998-01-01T00:00:00Z'))).toBe(3);
    if ('stop' in end) expect(await world.act(id, 'stop')).toBe('done');
    await world.tick(FIRST, end.time);
    expect(await deliveries.countDocuments({ purpose: 'campaign', state: end.state })).toBe(3);
    const endsAt = (await occurrences.findOne({ campaign: id }))?.endsAt.getTime() ?? 0;
    expect(await dueAfter(new Date(Math.min(endsAt, world.office.now)))).toBe(0);
  },
);
