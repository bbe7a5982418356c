import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { beginEpoch } from '../../../src/delivery/outboxEpoch.ts';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { addDays, startOfDay } from '../../../src/domain/day.ts';
import { plain } from '../alerts/office.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const SECOND = addDays(FIRST, 1);

/** All that lies in the database but its keys; and how it is put back. */
const backup = async () => {
  const all = Object.values(world.office.collections).filter(
    ({ collectionName }) => collectionName !== 'keys',
  );
  const kept = await Promise.all(all.map((rows) => rows.find().toArray()));
  return async (): Promise<void> => {
    for (const [n, rows] of all.entries()) {
      await rows.deleteMany({});
      if (kept[n]?.length) await rows.insertMany(kept[n] as never);
    }
  };
};
/** The province stops, the backup is put back at a time, and whoever did it says so before the start. */
const restoreAt = async (put: () => Promise<void>, time: string): Promise<void> => {
  await world.stop();
  await put();
  await beginEpoch(world.office.collections, 'Lò Thị Hoa', startOfDay(FIRST) + minutes(time));
  world.start();
};
const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (hour * 60 + minute) * 60_000;
};
const day = async (date: string): Promise<void> => {
  await world.tick(date, '07:30');
  await world.tick(date, '08:00');
  await world.quiet();
};
/** What the author heard of the campaign's days, but for those that went as they should. */
const heard = async (): Promise<readonly string[]> => {
  const { deliveries } = world.office.collections;
  const rows = await deliveries.find({ purpose: 'campaignNews', chat: world.author.chat }).toArray();
  const texts = await Promise.all(
    rows.map(async (row) => plain(await openRow(world.office.parts.sealer, row))),
  );
  return texts.filter((text) => /ngày \d/.test(text)).map((text) => text.split('\n')[0] ?? '');
};
const restored = (id: string, date: string): string =>
  `📣 Đợt nhắn tin ${id}: dữ liệu vừa được khôi phục từ bản sao lưu. Tin ngày ${date} có thể đã gửi trước đó nên không gửi lại. Các ngày sau vẫn gửi.`;

describe('a backup that is older than what a campaign has sent', () => {
  test('a day it knows nothing of is not sent a second time; those who sent it hear why, and the next day is sent', async () => {
    await Promise.all([1, 2, 3].map(() => world.citizen()));
    const id = await world.approved({ days: 2, channels: ['telegram'] });
    const put = await backup();
    world.start();
    await day(FIRST);
    expect(world.sent()).toHaveLength(3);
    await restoreAt(put, '14:00');
    await Promise.all([1, 2, 3].map(() => world.tick(FIRST, '14:01')));
    await world.tick(FIRST, '20:30');
    await day(SECOND);
    expect(world.sent().map((one) => one.slice(0, 2))).toEqual(['24', '24', '24', '25', '25', '25']);
    expect(await heard()).toEqual([restored(id, '24/11/2026')]);
  });

  test('days that passed before it was put back were not too late: nobody knows', async () => {
    await world.citizen();
    const id = await world.approved({ days: 3, channels: ['telegram'] });
    const put = await backup();
    await restoreAt(put, '38:00'); // at two in the afternoon of the next day
    await world.tick(SECOND, '14:01');
    await day(addDays(FIRST, 2));
    expect(world.sent().map((one) => one.slice(0, 2))).toEqual(['26']);
    expect([...(await heard())].sort()).toEqual([restored(id, '24/11/2026'), restored(id, '25/11/2026')]);
  });

  test('of a day whose rows were being made no more are made, and those there are held', async () => {
    await Promise.all([1, 2, 3].map(() => world.citizen()));
    const id = await world.approved({ days: 2, channels: ['telegram'] });
    await world.tick(FIRST, '07:30');
    const { deliveries, occurrences } = world.office.collections;
    const [first, ...others] = await deliveries.find({ purpose: 'campaign' }).sort({ _id: 1 }).toArray();
    await deliveries.deleteMany({ _id: { $in: others.map(({ _id }) => _id) } });
    const cursor = first?._id.split('|')[2] ?? '';
    await occurrences.updateMany({}, { $set: { state: 'planning', cursor } });
    await restoreAt(await backup(), '14:00');
    await world.tick(FIRST, '14:01');
    await world.tick(FIRST, '14:02');
    const rows = await deliveries.find({ purpose: 'campaign' }).toArray();
    expect(rows.map(({ _id, state }) => [_id, state])).toEqual([[first?._id, 'held']]);
    expect(await heard()).toEqual([restored(id, '24/11/2026')]);
    await world.tick(FIRST, '20:30');
    await day(SECOND);
    expect(world.sent().map((one) => one.slice(0, 2))).toEqual(['25', '25', '25']);
  });
});

describe('a restore holds up nothing that cannot have been sent', () => {
  test('a day whose hours begin after it', async () => {
    await world.citizen();
    await world.approved({ days: 1, channels: ['telegram'] });
    await restoreAt(await backup(), '07:15');
    await day(FIRST);
    expect([world.sent().length, await heard()]).toEqual([1, []]);
  });

  test('a campaign that is approved after it, for the same day', async () => {
    await world.citizen();
    await restoreAt(await backup(), '09:00');
    world.office.now = startOfDay(FIRST) + minutes('10:00');
    await world.approved({ days: 1, channels: ['telegram'] });
    await world.tick(FIRST, '10:01');
    await world.quiet();
    expect([world.sent().length, await heard()]).toEqual([1, []]);
  });
});
