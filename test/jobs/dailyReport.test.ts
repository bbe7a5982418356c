import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { dailyReport } from '../../jobs/dailyReport.ts';
import { beginEpoch } from '../../src/delivery/outboxEpoch.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import type { Office as StaffOffice } from '../../src/services/alerts/office.ts';
import { isMissed, nextRun } from '../../src/services/ticks/tick.ts';
import { Office, plain, SIN_HO, THAN_UYEN } from '../services/alerts/office.ts';
import { Counter } from '../services/declarations/counter.ts';

const HOUR = 3_600_000;
const at = (time: string): number => Date.parse(`2026-11-${time}:00+07:00`);
/** 16:30 on 26 November in Vietnam. */
const NOW = at('26T16:30');

let office: Office;
let counter: Counter;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of [
    'declarations',
    'alerts',
    'deliveries',
    'staff',
    'shifts',
    'reports',
    'installation',
  ] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const tick = (write: StaffOffice['write'] = (effects) => office.write(effects)) => {
  const real: StaffOffice = { staff: office.parts, write };
  return dailyReport({ real });
};
const rows = () => office.collections.deliveries.find({ purpose: 'dailyReport' }).sort({ _id: 1 }).toArray();
const told = async (): Promise<Readonly<Record<string, string>>> => {
  const found = await rows();
  const texts = await Promise.all(
    found.map(async (row) => [row.staff, plain(await openRow(office.parts.sealer, row))] as const),
  );
  return Object.fromEntries(texts);
};
const declare = async (time: string, stay = '03595'): Promise<void> => {
  office.now = at(time);
  await counter.declare(office.phone(), { stay });
};

test('each leader hears of their own area, nobody else of anything', async () => {
  const chief = await office.worker({ role: 'leader', area: '12', onDuty: false });
  const head = await office.worker({ role: 'leader', area: THAN_UYEN, onDuty: false });
  const other = await office.worker({ role: 'leader', area: SIN_HO, onDuty: false });
  for (const role of ['duty', 'investigator', 'admin', 'officer'] as const) await office.worker({ role });
  await office.worker({ role: 'leader', chats: 0 });
  for (const time of ['25T10:00', '26T08:00', '26T09:00']) await declare(time);
  await declare('26T10:00', '03388');
  await tick().run(NOW);
  const texts = await told();
  expect(Object.keys(texts).sort()).toEqual([chief.id, head.id, other.id].sort());
  expect(texts[chief.id]).toContain('Khai báo: 3 (1).');
  expect(texts[head.id]).toContain('Khai báo: 2 (1).');
  expect(texts[head.id]).toContain('Báo cáo ngày 26/11/2026, xã Than Uyên');
  expect(texts[other.id]).toContain('Khai báo: 0 (0).');
});

test('once a day, however often it runs and in however many processes; later it has the same figures', async () => {
  await office.worker({ role: 'leader', area: '12', onDuty: false });
  await declare('26T08:00');
  await Promise.all([tick().run(NOW), tick().run(NOW), tick().run(NOW + 5)]);
  await declare('26T17:00');
  await tick().run(NOW + HOUR);
  expect(Object.values(await told())).toEqual([expect.stringContaining('Khai báo: 1 (0).')]);
  const kept = await office.collections.reports.find().toArray();
  expect(kept.map(({ _id }) => _id)).toEqual(['2026-11-26']);
  // Whichever of the three stored first: its moment stays, and the run an hour later changed nothing.
  expect([NOW, NOW + 5]).toContain(kept[0]?.until.getTime());
  await tick().run(NOW + 24 * HOUR);
  expect((await rows()).map(({ about }) => about)).toEqual(['report:2026-11-26:12', 'report:2026-11-27:12']);
});

test('what a crash left untold is told by the next run, with the figures of the first', async () => {
  await office.worker({ role: 'leader', area: '12', onDuty: false });
  await declare('26T08:00');
  const dies = tick(() => Promise.reject(new Error('killed')));
  await expect(dies.run(NOW)).rejects.toThrow('killed');
  await declare('26T17:00');
  await tick().run(NOW + HOUR);
  expect(Object.values(await told())).toEqual([expect.stringContaining('Khai báo: 1 (0).')]);
});

test.each(['26T00:10', '26T16:29', '26T22:00', '26T23:59'])(
  'at %s nothing is sent, whoever runs it',
  async (time) => {
    await office.worker({ role: 'leader', area: '12', onDuty: false });
    await tick().run(at(time));
    expect(await rows()).toEqual([]);
    expect(await office.collections.reports.countDocuments()).toBe(0);
  },
);

test('comes at half past four; missed, it is made up that evening, and no more the next morning', () => {
  expect(nextRun(tick(), at('26T09:00'))).toBe(NOW);
  const yesterday = at('25T16:30');
  expect(isMissed(tick(), yesterday, at('26T21:59'))).toBe(true);
  expect(isMissed(tick(), yesterday, at('26T22:01'))).toBe(false);
  expect(isMissed(tick(), yesterday, at('27T07:00'))).toBe(false);
  expect(isMissed(tick(), NOW, at('26T18:00'))).toBe(false);
});

test('the message costs two, waits behind every reply, never comes at night and ends with the next one', async () => {
  await office.worker({ role: 'leader', area: THAN_UYEN, onDuty: false });
  await tick().run(at('26T21:59'));
  const [row] = await rows();
  expect(row).toMatchObject({ lane: 'reminder', cost: 2, about: 'report:2026-11-26:03595' });
  expect(row?.expiresAt?.getTime()).toBe(at('27T21:59'));
  // A browser asks for the chart by the message's id.
  expect(row?._id).toMatch(/^[\w.:~-]+$/);
});

test('a report that was due before a backup was restored may have been told: held; the next one is told', async () => {
  await office.worker({ role: 'leader', area: '12', onDuty: false });
  await beginEpoch(office.collections, 'Lò Thị Hoa', NOW + HOUR);
  await tick().run(NOW + HOUR + 1);
  await tick().run(NOW + 24 * HOUR);
  expect((await rows()).map(({ about, state }) => [about, state])).toEqual([
    ['report:2026-11-26:12', 'held'],
    ['report:2026-11-27:12', 'ready'],
  ]);
});

test('a backup that was restored before half past four keeps no report back', async () => {
  await office.worker({ role: 'leader', area: '12', onDuty: false });
  await beginEpoch(office.collections, 'Lò Thị Hoa', NOW - 1);
  await tick().run(NOW);
  expect(await rows()).toMatchObject([{ state: 'ready' }]);
});
