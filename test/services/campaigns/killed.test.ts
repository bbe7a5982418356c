/** A tick that dies at any of the named places: whoever comes next makes good what it left, and nothing twice. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { runCampaigns } from '../../../src/services/campaigns/run.ts';
import { armCrashPoints, type CrashPoint } from '../../../src/store/crash-point.ts';
import { until } from '../converse/toy.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterEach(() => armCrashPoints(() => undefined));
afterAll(() => world.close());

const PEOPLE = 5;
const BATCH = 2;
const IN_PROVINCE = { kind: 'communes', areas: ['12'] } as const;

/** Dies the n-th time it comes there. Returns whether it has. */
const dyingAt = (point: CrashPoint, n: number) => {
  let left = n;
  armCrashPoints((at) => {
    if (at !== point) return;
    left -= 1;
    if (left === 0) throw new Error('killed');
  });
  return () => left <= 0;
};

/** Two ticks, the first of which may die. */
const ticks = async (time: string): Promise<void> => {
  await world.tick(FIRST, time);
  await world.tick(FIRST, time);
};

const results = async (id: string) => {
  const { campaigns, occurrences, audience, deliveries } = world.office.collections;
  const campaign = await campaigns.findOne({ _id: id });
  const told = await deliveries.find({ about: /\|/, staff: { $exists: true } }).toArray();
  return {
    state: campaign?.state,
    closed: campaign?.closedAt !== undefined,
    total: campaign?.total,
    figures: (await occurrences.find().toArray()).map(({ figures }) => figures),
    outcomes: (await audience.find().toArray()).map(({ outcome }) => outcome),
    messages: world.sent().length,
    told: told
      .map(({ about, staff }) => `${about?.slice(6)} ${staff === world.author.id ? 'author' : 'second'}`)
      .sort(),
  };
};

test.each<[CrashPoint, number]>([
  ['campaign-day-begun', 1],
  ['campaign-in-freeze', 2],
  ['campaign-frozen', 1],
  ['campaign-in-planning', 2],
  ['campaign-planned', 1],
  ['campaign-before-told', 1],
  ['campaign-in-settle', 2],
  ['campaign-in-close', 2],
  ['campaign-before-closed', 1],
])('killed at %s: everybody once, all told once, the figures are right', async (point, n) => {
  Object.assign(world.office.parts, { batch: BATCH });
  for (let m = 0; m < PEOPLE; m += 1) await world.citizen();
  const id = await world.approved({ days: 1, channels: ['telegram'], audience: IN_PROVINCE });
  const died = dyingAt(point, n);
  await ticks('07:30');
  expect(await world.act(id, 'pause')).toBe('done');
  await ticks('07:40');
  expect(await world.act(id, 'resume')).toBe('done');
  await ticks('07:50');
  world.start();
  await ticks('08:00');
  await world.quiet();
  await ticks('20:30');
  expect(died()).toBe(true);
  expect(await results(id)).toEqual({
    state: 'ended',
    closed: true,
    total: PEOPLE,
    figures: [{ sent: PEOPLE }],
    outcomes: Array.from({ length: PEOPLE }, () => 'sent'),
    messages: PEOPLE,
    told: ['2026-11-24 author', '2026-11-24 second', 'end author', 'end second'],
  });
});

/** A process that stands still before it sends its n-th command of a kind, until it is let go on. */
type Rows = 'deliveries' | 'audience' | 'occurrences';
const standing = (name: Rows, command: string, n: number) => {
  const { parts } = world.office;
  let calls = 0;
  let go = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  const rows = new Proxy(parts.collections[name], {
    get: (target, key) => {
      const own = Reflect.get(target, key, target);
      if (key !== command) return own;
      return async (...args: unknown[]) => {
        calls += 1;
        if (calls === n) await gone;
        return (own as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  const staff = { ...parts, collections: { ...parts.collections, [name]: rows } };
  const run = runCampaigns({ staff, write: world.write }, world.office.now, () => true);
  const goOn = (): Promise<void> => {
    go();
    return run;
  };
  return { stands: () => calls >= n, goOn };
};

/** A campaign at half past seven on its day, and a process that stands still before its n-th command of a kind. */
const stuckAt = async (name: Rows, command: string, n: number) => {
  Object.assign(world.office.parts, { batch: BATCH });
  for (let m = 0; m < PEOPLE; m += 1) await world.citizen();
  const id = await world.approved({ days: 1, channels: ['telegram'], audience: IN_PROVINCE });
  world.office.now += 22.5 * 3_600_000;
  const slow = standing(name, command, n);
  await until(async () => slow.stands());
  return { id, slow };
};

test.each([
  ['before the day begins', 'occurrences', 'insertOne', 1],
  ['in the freeze', 'audience', 'bulkWrite', 2],
  ['in the plan', 'deliveries', 'insertMany', 2],
] as const)(
  'stopped %s, while the campaign is stopped and closed: it adds nobody',
  async (_, name, command, n) => {
    const { id, slow } = await stuckAt(name, command, n);
    expect(await world.act(id, 'stop')).toBe('done');
    await ticks('07:31');
    const before = await results(id);
    expect(before).toMatchObject({
      state: 'stopped',
      closed: true,
      messages: 0,
      told: ['end author', 'end second'],
    });
    await slow.goOn();
    await ticks('07:32');
    const figures = command === 'insertOne' ? [{}] : before.figures; // a day that came too late is ended, and empty
    expect(await results(id)).toEqual({ ...before, figures });
    const { deliveries } = world.office.collections;
    const rows = await deliveries.countDocuments({ purpose: 'campaign' });
    const counted = figures.reduce((sum, one) => sum + (one?.['suppressed:campaign-stopped'] ?? 0), 0);
    expect(rows).toBe(counted);
  },
);

test('killed in the freeze after the campaign was stopped, and who closed it killed as well: the result stays as it was told', async () => {
  const { id, slow } = await stuckAt('audience', 'bulkWrite', 1);
  expect(await world.act(id, 'stop')).toBe('done');
  const closing = dyingAt('campaign-before-closed', 1);
  await world.tick(FIRST, '07:31');
  expect(closing()).toBe(true);
  const freezing = dyingAt('campaign-in-freeze', 1);
  await slow.goOn();
  expect(freezing()).toBe(true);
  await ticks('07:32');
  const { outcomes, ...all } = await results(id);
  expect(all).toMatchObject({ state: 'stopped', closed: true, told: ['end author', 'end second'] });
  expect(outcomes).toEqual(Array.from({ length: BATCH }, () => undefined));
});

test('stopped in the freeze, while another finishes it and the campaign is stopped then: nobody is taken out', async () => {
  const { id, slow } = await stuckAt('occurrences', 'updateOne', 1);
  await ticks('07:31');
  expect(await world.act(id, 'stop')).toBe('done');
  await slow.goOn();
  await ticks('07:32');
  const { closed, total, outcomes } = await results(id);
  expect([closed, total, outcomes]).toEqual([
    true,
    PEOPLE,
    Array.from({ length: PEOPLE }, () => 'unreached'),
  ]);
});

test('one that waits for an answer holds up no other of the same tick', async () => {
  await world.citizen();
  const plan = { days: 1, channels: ['telegram'], audience: IN_PROVINCE };
  const ids = [await world.approved(plan), await world.approved(plan)];
  world.office.now += 22.5 * 3_600_000;
  const slow = standing('audience', 'bulkWrite', 1);
  const { deliveries } = world.office.collections;
  await until(async () => slow.stands() && (await deliveries.countDocuments({ purpose: 'campaign' })) === 1);
  await slow.goOn();
  const about = await deliveries.distinct('about', { purpose: 'campaign' });
  expect(about).toEqual(ids.map((id) => `${id}|${FIRST}`).sort());
});

test.each([
  ['before it writes recipients down', 'audience', 'bulkWrite'],
  ['after that', 'occurrences', 'updateOne'],
] as const)(
  'stopped in the freeze %s, while another finishes it: whoever came later is in no count, and nobody is taken out',
  async (_, name, command) => {
    const { id, slow } = await stuckAt(name, command, 1);
    await ticks('07:31');
    for (let n = 0; n < PEOPLE; n += 1) await world.citizen();
    await slow.goOn();
    world.start();
    await ticks('08:00');
    await world.quiet();
    await ticks('20:30');
    const { total, outcomes, messages } = await results(id);
    expect([total, outcomes.length, messages]).toEqual([PEOPLE, PEOPLE, PEOPLE]);
  },
);

test('killed before anybody was told of a day that came too late: they are told all the same, once', async () => {
  await world.citizen();
  await world.approved({ days: 1, channels: ['telegram'] });
  const died = dyingAt('campaign-before-told', 1);
  await ticks('19:30');
  expect(died()).toBe(true);
  await ticks('19:31');
  const { deliveries } = world.office.collections;
  expect(await deliveries.countDocuments({ about: /\|/, purpose: 'campaignNews' })).toBe(2);
});

test('killed before anybody was told that a day begins, and nobody looks until it is over: of its end alone they are told', async () => {
  await world.citizen();
  await world.approved({ days: 1, channels: ['telegram'] });
  const died = dyingAt('campaign-before-told', 1);
  await world.tick(FIRST, '07:30');
  expect(died()).toBe(true);
  await ticks('20:30');
  const { deliveries } = world.office.collections;
  expect(await deliveries.countDocuments({ about: /\|/, purpose: 'campaignBegun' })).toBe(0);
  expect(await deliveries.countDocuments({ about: /\|end/, purpose: 'campaignNews' })).toBe(2);
});
