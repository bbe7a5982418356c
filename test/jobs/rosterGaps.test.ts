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
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
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
