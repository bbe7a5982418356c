import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { rosterGaps } from '../../jobs/rosterGaps.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import { NOW } from '../harness/talk.ts';
import { Office, plain, SIN_HO, THAN_UYEN, type Worker } from '../services/alerts/office.ts';
import { jobParts } from './parts.ts';

const HOUR = 3_600_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts', 'rosterGaps'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const run = (hours = 0): Promise<unknown> => {
  return rosterGaps(jobParts(office)).run(NOW + hours * HOUR);
};
const shift = (worker: Worker, from: number, until: number, area = THAN_UYEN) =>
  office.collections.shifts.insertOne({
    _id: `${worker.id}${from}`,
    staff: worker.id,
    area,
    from: new Date(NOW + from * HOUR),
    until: new Date(NOW + until * HOUR),
  });
const told = async (): Promise<readonly string[]> => {
  const rows = await office.collections.deliveries.find({ purpose: 'rosterGap' }).sort({ _id: 1 }).toArray();
  return Promise.all(
    rows.map(async (row) => `${row.chat}: ${plain(await openRow(office.parts.sealer, row))}`),
  );
};

const people = async () => ({
  nurse: await office.worker({ onDuty: false }),
  head: await office.worker({ role: 'leader', onDuty: false }),
  chief: await office.worker({ role: 'leader', area: '12', onDuty: false }),
  admin: await office.worker({ role: 'admin', area: '12', onDuty: false }),
  other: await office.worker({ role: 'leader', area: SIN_HO, onDuty: false }),
});

test('a gap in the next 24 hours is told to the leader of the area and to admins, once', async () => {
  const { nurse, head, admin } = await people();
  await shift(nurse, -2, 6);
  await shift(nurse, 8, 40);
  await run();
  await run(1);
  await Promise.all([run(7), run(7), run(7)]);
  const text =
    '📋 Chưa có cán bộ trực tại xã Than Uyên, Lai Châu từ 15:00 ngày 23/11 đến 17:00 ngày 23/11. Mời anh/chị phân công.';
  const place = (await told()).filter((line) => line.includes('Than Uyên'));
  expect(place.sort()).toEqual([head, admin].map(({ chat }) => `${chat}: ${text}`).sort());
});

test('a new gap is told anew', async () => {
  const { nurse, admin } = await people();
  await shift(nurse, -2, 6);
  await run();
  await shift(nurse, 6, 20);
  await run(1);
  const admins = (await told()).filter((line) => line.startsWith(admin.chat) && line.includes('Than Uyên'));
  expect(admins).toHaveLength(2);
});

test('a shift of somebody without a chat is none', async () => {
  const { head } = await people();
  const deaf = await office.worker({ chats: 0, onDuty: false });
  await shift(deaf, -2, 40);
  await run();
  expect((await told()).every((line) => !line.startsWith(head.chat))).toBe(true);
  expect((await told()).some((line) => line.includes('tỉnh Lai Châu'))).toBe(true);
});

test('with nobody to tell it is told when somebody comes', async () => {
  const nurse = await office.worker({ onDuty: false });
  await shift(nurse, -2, 6);
  await run();
  expect(await told()).toEqual([]);
  const head = await office.worker({ role: 'leader', onDuty: false });
  await run();
  expect(await told()).toEqual([expect.stringContaining(head.chat)]);
});

const leaves = ({ id }: Worker) =>
  office.collections.staff.updateOne({ _id: id }, { $set: { active: false } });
const comes = ({ id }: Worker) => office.collections.staff.updateOne({ _id: id }, { $set: { active: true } });
const unlinks = ({ id }: Worker) => office.collections.staff.updateOne({ _id: id }, { $set: { chats: [] } });
const gives = (_: Worker) => office.collections.shifts.deleteOne({ from: new Date(NOW + 6 * HOUR) });

test.each<[string, (stand: Worker) => Promise<unknown>]>([
  ['leaves', leaves],
  ['unlinks their last chat', unlinks],
  ['has their shift taken away', gives],
])(
  'a gap that was closed and is open again, for who filled it %s, is told again, once',
  async (_how, opens) => {
    const { nurse, head } = await people();
    const stand = await office.worker({ onDuty: false });
    const count = async () => (await told()).filter((line) => line.startsWith(head.chat)).length;
    await shift(nurse, -2, 6);
    for (const hours of [0, 0.2, 1]) await run(hours);
    expect(await count()).toBe(1);
    await shift(stand, 6, 40);
    await run(1.2);
    expect(await count()).toBe(1);
    await opens(stand);
    for (const hours of [1.4, 1.6, 3]) await Promise.all([run(hours), run(hours)]);
    expect(await count()).toBe(2);
  },
);

test('a third time too, and no trace is kept of a gap that is closed', async () => {
  const { nurse, head } = await people();
  const stand = await office.worker({ onDuty: false });
  await shift(nurse, -2, 6);
  await shift(stand, 6, 40);
  for (const [n, change] of [leaves, comes, leaves, comes, leaves, comes].entries()) {
    await change(stand);
    await run(n / 10);
  }
  expect((await told()).filter((line) => line.startsWith(head.chat))).toHaveLength(3);
  expect(await office.collections.rosterGaps.find({ _id: /03595/ }).toArray()).toEqual([]);
});
