import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dailyReport } from '../../../jobs/dailyReport.ts';
import { startWatch } from '../../../src/app/jobs.ts';
import type { Office as Parts } from '../../../src/services/alerts/office.ts';
import { runTick } from '../../../src/services/ticks/run.ts';
import type { Tick } from '../../../src/services/ticks/tick.ts';
import { Office } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';

const SECOND = 1_000;
/** 16:30 in Vietnam. */
const DUE = Date.parse('2026-11-26T16:30+07:00');
const HOUR = 3_600_000;

let office: Office;
/** The database takes nothing. */
let away: boolean;
let runs: number[];
let looks: number;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['deliveries', 'staff', 'shifts', 'ticks', 'reports'] as const)
    await office.collections[name].deleteMany({});
  [away, runs, looks] = [false, [], 0];
  await office.worker({ role: 'leader', area: '12', onDuty: false });
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
});
afterAll(() => office.close());

/** The day's report, as it is, over a database that may be away; its runs are noted. */
const report = (): Tick => {
  const write: Parts['write'] = async (effects) => {
    if (away) throw new Error('the database is away');
    return office.write(effects);
  };
  const tick = dailyReport({ real: { staff: office.parts, write } });
  const run = (now: number): Promise<unknown> => {
    runs.push((now - DUE) / SECOND);
    return tick.run(now);
  };
  return { ...tick, run };
};
/** A clock that goes, so that nobody warns and runs everything. */
const clock: Tick = { name: 'alertsClimb', cron: '*/10 * * * * *', run: async () => undefined };
const at = async (time: number): Promise<void> => {
  await runTick({ ...office.store.database, now: () => time }, clock);
  office.now = time; // after it, or a look in between would find a silence
};
const ordinary = (tick: Tick): Promise<unknown> =>
  runTick({ ...office.store.database, now: () => office.now }, tick);
const watch = async (tick: Tick): Promise<void> => {
  stop = await startWatch({
    database: office.store.database,
    ticks: [tick],
    real: { staff: office.parts, write: (effects) => office.write(effects) },
    onError: () => undefined,
    now: () => {
      looks += 1;
      return office.now;
    },
    watchEvery: 20,
  });
};
/** Several looks have been taken since now: so many that at least one began and ended after it. */
const looked = async (): Promise<void> => {
  const before = looks;
  await until(() => looks > before + 10);
};
const reports = () => office.collections.deliveries.countDocuments({ purpose: 'dailyReport' });

test('a run that is given up and was only slow: its good end is noted when it comes', async () => {
  const { ticks } = office.collections;
  let end = (): void => undefined;
  const run = () =>
    new Promise<void>((resolve) => {
      end = resolve;
    });
  const slow: Tick = { name: 'slow', cron: '* * * * *', run };
  const going = runTick({ ...office.store.database, now: () => office.now, longest: 20 }, slow);
  await expect(going).rejects.toThrow('the tick took longer than 20 ms');
  expect(await ticks.findOne({ _id: 'slow' })).toMatchObject({ fault: 'TookTooLong' });
  end();
  await until(async () => (await ticks.findOne({ _id: 'slow' }))?.endedAt !== undefined);
  expect(await ticks.findOne({ _id: 'slow' })).not.toHaveProperty('fault');
});

describe('a run that fails while the process lives', () => {
  test('is made up by it a minute later, and each minute until it ends well; then no more', async () => {
    const tick = report();
    await at(DUE - HOUR);
    await watch(tick);
    away = true;
    await at(DUE + SECOND);
    await expect(ordinary(tick)).rejects.toThrow('away');
    await at(DUE + 59 * SECOND);
    await looked();
    expect(runs).toEqual([1]);
    await at(DUE + 61 * SECOND);
    await until(() => runs.length > 1);
    await looked();
    expect([runs, await reports()]).toEqual([[1, 61], 0]);
    away = false;
    await at(DUE + 122 * SECOND);
    await until(async () => (await reports()) === 1);
    await looked();
    const made = runs.length;
    await looked();
    await at(DUE + HOUR);
    await looked();
    expect([runs.length, await reports()]).toEqual([made, 1]);
  });

  test('one that ended well is run once', async () => {
    const tick = report();
    await at(DUE - HOUR);
    await watch(tick);
    await at(DUE + SECOND);
    await ordinary(tick);
    for (const seconds of [30, 61, 600]) {
      await at(DUE + seconds * SECOND);
      await looked();
    }
    expect([runs, await reports()]).toEqual([[1], 1]);
  });

  test('one that could not even be noted, and has never run before, is made up too', async () => {
    const tick = report();
    await at(DUE - HOUR);
    await watch(tick);
    await at(DUE + 61 * SECOND);
    await until(async () => (await reports()) === 1);
  });

  test('what is of no use any more is left', async () => {
    const tick = report();
    await at(DUE);
    away = true;
    await expect(ordinary(tick)).rejects.toThrow('away');
    await at(DUE + 5.5 * HOUR + SECOND);
    await watch(tick);
    await looked();
    expect(runs).toEqual([0]);
  });
});
