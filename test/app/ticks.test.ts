import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTicks } from '../../src/app/ticks.ts';
import { nextRun, type Tick, ZONE } from '../../src/services/ticks/tick.ts';
import { until } from '../services/converse/toy.ts';
import { type OpenStore, openStore } from '../store/open-store.ts';

let store: OpenStore;
let ends: (() => Promise<void>)[] = [];
let errors: [string | undefined, string][] = [];
/** ms after which a run is given up. */
let longest: number;

beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  errors = [];
  longest = 30_000;
  await jobs().deleteMany({});
  await store.database.collections.ticks.deleteMany({});
});
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  ends = [];
});
afterAll(() => store.close());

const jobs = () => {
  const { db } = store.database.connection;
  if (db === undefined) throw new Error('not connected');
  return db.collection('agendaJobs');
};
const rows = () => store.database.collections.ticks;
const start = async (...ticks: readonly Tick[]): Promise<() => Promise<void>> => {
  const onError = (error: unknown, tick?: string) => void errors.push([tick, String(error)]);
  const end = await startTicks({ database: store.database, ticks, onError, lookEvery: 500, longest });
  ends.push(end);
  return end;
};

/** A tick that counts its runs. */
const counting = (cron: string, does: () => Promise<unknown> = async () => undefined) => {
  const tick = {
    name: 'counting',
    cron,
    runs: 0,
    run: async () => {
      tick.runs += 1;
      await does();
    },
  };
  return tick;
};

describe('ticks by agenda', () => {
  test('come again and again, and when they ended stands in the database', async () => {
    const tick = counting('* * * * * *');
    await start(tick);
    await until(() => tick.runs >= 2);
    await until(async () => (await rows().findOne({ _id: 'counting' }))?.endedAt !== undefined);
    expect(await jobs().countDocuments({ name: 'counting' })).toBe(1);
  });

  test('one that fails is told and noted by its name only, and comes again', async () => {
    const tick = counting('* * * * * *', async () => {
      throw new TypeError('Nguyễn Văn An');
    });
    await start(tick);
    await until(() => tick.runs >= 2);
    await until(async () => (await rows().findOne({ _id: 'counting' }))?.fault !== undefined);
    expect(await rows().findOne({ _id: 'counting' })).toMatchObject({ fault: 'TypeError' });
    expect(errors[0]).toEqual(['counting', 'TypeError: Nguyễn Văn An']);
  });

  test('one that waits for an answer that never comes is given up and noted, and comes again in the same process', async () => {
    longest = 300;
    const tick = counting('* * * * * *', () =>
      tick.runs === 1 ? new Promise(() => undefined) : Promise.resolve(),
    );
    await start(tick);
    await until(() => tick.runs >= 2);
    expect(errors[0]).toEqual(['counting', 'TookTooLong: the tick took longer than 300 ms']);
  });

  test('three processes start at once: one row, and its runs come', async () => {
    const tick = counting('* * * * * *');
    await Promise.all([start(tick), start(tick), start(tick)]);
    expect(await jobs().countDocuments({})).toBe(1);
    await until(() => tick.runs >= 3);
    expect(errors).toEqual([]);
  });

  test('its row says when it comes by the clock of Vietnam, and there can be no second one', async () => {
    const tick = counting('30 16 * * *');
    const before = Date.now();
    await start(tick);
    const dueAt = [before, Date.now()].map((now) => new Date(nextRun(tick, now)));
    const row = await jobs().findOne({ name: 'counting' });
    expect(row).toMatchObject({ type: 'single', repeatInterval: tick.cron, repeatTimezone: ZONE });
    expect(dueAt).toContainEqual(row?.nextRunAt);
    const [unique, partialFilterExpression] = [true, { type: 'single' }];
    expect(await jobs().indexes()).toContainEqual(
      expect.objectContaining({ key: { name: 1 }, unique, partialFilterExpression }),
    );
  });

  test('a stop awaits the run under way and leaves nothing locked', async () => {
    let [begun, ended] = [false, false];
    const tick = counting('* * * * * *', async () => {
      begun = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
      ended = true;
    });
    const end = await start(tick);
    await until(() => begun);
    const before = Date.now();
    await end();
    expect(ended).toBe(true);
    expect(Date.now() - before).toBeLessThan(30_000); // a busy machine is slow; what hangs is never over
    expect(await jobs().countDocuments({ lockedAt: { $ne: null } })).toBe(0);
  });
});

describe('a tick missed while no process lived', () => {
  const ran = (ago: number) =>
    rows().insertOne({ _id: 'counting', beganAt: new Date(Date.now() - ago), endedAt: new Date() });
  const hour = 3_600_000;
  /** Vietnam's hour half a day from now: it was missed half a day ago, and does not come while a test runs. */
  const daily = `0 ${new Date(Date.now() + (7 + 12) * hour).getUTCHours()} * * *`;

  test('is made up once, before the start has ended', async () => {
    await ran(48 * hour);
    const tick = counting(daily);
    await start(tick);
    expect(tick.runs).toBe(1);
    await start(tick);
    expect(tick.runs).toBe(1);
  });

  test.each([
    ['that a crash cut off', {}],
    ['that failed', { endedAt: new Date(Date.now() - 48 * hour), fault: 'Unavailable' }],
  ])('a run %s is made up once too', async (_name, more) => {
    await rows().insertOne({ _id: 'counting', beganAt: new Date(), ...more });
    const tick = counting(daily);
    await start(tick);
    await start(tick);
    expect(tick.runs).toBe(1);
  });

  /** The last of several: the first is planned at the very moment in which agenda looks for what is due. */
  test('stands overdue in the plan of a former life, and is run before it is planned anew', async () => {
    const ticks = [...'abcdefg', 'last'].map((name) => Object.assign(counting(daily), { name }));
    const plan = { type: 'single', repeatInterval: daily, repeatTimezone: ZONE };
    const nextRunAt = new Date(Date.now() - 60_000);
    await jobs().insertMany(ticks.map(({ name }) => ({ ...plan, name, nextRunAt })));
    await start(...ticks);
    await until(() => ticks.at(-1)?.runs === 1);
    const planned = { name: 'last', nextRunAt: { $gt: new Date() } };
    await until(async () => (await jobs().countDocuments(planned)) === 1);
    expect(ticks.at(-1)?.runs).toBe(1);
  });

  test('is left when it is of no use any more', async () => {
    await ran(48 * hour);
    const tick = { ...counting(daily), usefulFor: hour };
    await start(tick);
    expect(tick.runs).toBe(0);
  });
});
