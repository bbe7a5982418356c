import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startWatch } from '../../../src/app/jobs.ts';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { runTick } from '../../../src/services/ticks/run.ts';
import type { Tick } from '../../../src/services/ticks/tick.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, plain } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['deliveries', 'staff', 'shifts', 'ticks'] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
});
afterAll(() => office.close());

const ended = (minutes: number, name = 'alertsClimb') =>
  office.collections.ticks.updateOne(
    { _id: name },
    { $set: { beganAt: new Date(NOW - minutes * MINUTE), endedAt: new Date(NOW - minutes * MINUTE) } },
    { upsert: true },
  );

const tick = (run: () => Promise<unknown> = async () => undefined): Tick => ({
  name: 'alertsClimb',
  cron: '*/10 * * * * *',
  run,
});

/** One look, as a process that has just begun takes it. */
const look = async (ticks: readonly Tick[] = [], watchEvery = 1_000_000) =>
  startWatch({
    database: office.store.database,
    ticks,
    real: { staff: office.parts, write: (effects) => office.write(effects) },
    onError: () => undefined,
    now: () => office.now,
    watchEvery,
  });

const told = async (): Promise<readonly string[]> => {
  const rows = await office.collections.deliveries.find({ purpose: 'deskSilent' }).toArray();
  return Promise.all(
    rows.map(async (row) => `${row.chat}: ${plain(await openRow(office.parts.sealer, row))}`),
  );
};

describe("the dead-man's switch", () => {
  test('no tick for more than three minutes: the next process that lives warns the administrators, once', async () => {
    const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
    await office.worker();
    await ended(4);
    const stops = await Promise.all([look(), look(), look()]);
    await Promise.all(stops.map((stop) => stop()));
    expect(await told()).toEqual([
      `${admin.chat}: ⚠️ Đồng hồ cảnh báo đã ngừng từ 08:56 ngày 23/11 đến 09:00 ngày 23/11. Cảnh báo có thể đã đến chậm: mời kiểm tra máy chủ và danh sách cảnh báo.`,
    ]);
  });

  test("other ticks that end well say nothing of the alerts' clock, which fails each time", async () => {
    const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
    await ended(60);
    await ended(0, 'campaigns');
    await (await look())();
    expect(await told()).toEqual([expect.stringMatching(`^${admin.chat}: .* từ 08:00 ngày 23/11 đến 09:00`)]);
  });

  test.each([
    ['ticks come', 2],
    ['one of two comes', 1],
  ])('%s: nothing', async (_name, minutes) => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    await ended(60, 'rosterGaps');
    await ended(minutes);
    await (await look())();
    expect(await told()).toEqual([]);
  });

  test('a first start, with no tick ever: nothing', async () => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    await (await look())();
    expect(await told()).toEqual([]);
  });

  test('it has failed each time since the first: warned of, as of any silence', async () => {
    const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
    const fails = tick(() => Promise.reject(new Error('it has always failed')));
    const clock = { ...office.store.database, now: () => office.now };
    await expect(runTick(clock, fails)).rejects.toThrow('always');
    office.now = NOW + 2 * MINUTE;
    await expect(runTick(clock, fails)).rejects.toThrow('always');
    await (await look([fails]))();
    expect(await told()).toEqual([]);
    office.now = NOW + 4 * MINUTE;
    await (await look([fails]))();
    await (await look([fails]))();
    expect(await told()).toEqual([expect.stringMatching(`^${admin.chat}: .* từ 09:00 ngày 23/11 đến 09:04`)]);
  });

  test('it never even begins: whoever watches warns of that', async () => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    const stop = await look([], 20);
    office.now = NOW + 4 * MINUTE;
    await until(async () => (await told()).length > 0);
    await stop();
    expect(await told()).toHaveLength(1);
  });

  test('ticks stop while the process lives: its own timer warns, and runs them itself', async () => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    await ended(0);
    let runs = 0;
    const stop = await look([tick(async () => (runs += 1))], 20);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([runs, (await told()).length]).toEqual([0, 0]);
    office.now = NOW + 3 * MINUTE + 1;
    await until(() => runs > 0);
    await stop();
    expect(await told()).toHaveLength(1);
    expect((await office.collections.ticks.findOne({ _id: 'alertsClimb' }))?.endedAt).toEqual(
      new Date(office.now),
    );
  });

  test('a warning that hangs is given up, and the next look warns', async () => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    await ended(4);
    let writes = 0;
    const write: typeof office.write = (effects) => {
      writes += 1;
      return writes === 1 ? new Promise(() => undefined) : office.write(effects);
    };
    const errors: string[] = [];
    const stop = await startWatch({
      database: office.store.database,
      ticks: [],
      real: { staff: office.parts, write },
      onError: (error) => void errors.push(String(error)),
      now: () => office.now,
      watchEvery: 20,
      patience: 500,
    });
    await until(async () => (await told()).length > 0);
    await stop();
    expect(errors[0]).toBe('TookTooLong: a warning took longer than 500 ms');
  });

  test('a tick that hangs keeps nobody from being warned of the next silence', async () => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    await ended(0);
    let hanging = 0;
    let letGo: () => void = () => undefined;
    const hangs = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const hang = (): Promise<void> => {
      hanging += 1;
      return hangs;
    };
    const stop = await look([tick(hang)], 20);
    office.now = NOW + 4 * MINUTE;
    await until(async () => hanging > 0 && (await told()).length === 1);
    await office.collections.ticks.updateOne(
      { _id: 'alertsClimb' },
      { $set: { endedAt: new Date(NOW + 5 * MINUTE) } },
    );
    office.now = NOW + 10 * MINUTE;
    await until(async () => (await told()).length === 2);
    letGo();
    await stop();
    expect(hanging).toBe(1);
  });

  test('another silence is another warning', async () => {
    await office.worker({ role: 'admin', area: '12', onDuty: false });
    await ended(5);
    await (await look())();
    await ended(4);
    await (await look())();
    expect(await told()).toHaveLength(2);
  });
});
