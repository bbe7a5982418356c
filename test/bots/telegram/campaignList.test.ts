import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { staffAdd } from '../../../src/cli/staff.ts';
import { partsOf } from '../../../src/cli/withStore.ts';
import { startTestApp, type TestApp } from '../../harness/app.ts';
import { type FakeTelegram, startFakeTelegram } from '../../harness/telegram/server.ts';
import { phoneOf } from './phone.ts';

let fake: FakeTelegram;
let app: TestApp;
beforeAll(async () => {
  fake = await startFakeTelegram();
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot });
});
afterAll(async () => {
  await app.end();
  await fake.close();
});

const number = (n: number): string => `09${12_345_000 + n}`;
const LENGTH = 500;
/** Longer than one message of Telegram: the phone cuts it in two. */
const LONG = Array.from({ length: LENGTH }, (_, n) => number(n)).join('\n');

/** Every document of every collection, byte for byte as it is stored. */
const dump = async (): Promise<Buffer> => {
  const rows = Object.values(app.store.database.collections).map((collection) =>
    collection.find({} as never, { raw: true }).toArray(),
  );
  return Buffer.concat((await Promise.all(rows)).flat().map((row) => Buffer.from(row as never)));
};

test('an administrator sends a list as a file and pastes a longer one; a citizen who sends a file is told what to do', async () => {
  const added = await staffAdd(partsOf(app.store), { name: 'Vàng A Sĩ', role: 'admin', area: '12' });
  const user = fake.user();
  const { say, hear, press } = phoneOf(user);
  await say(/NV-\S+/.exec(added)?.[0] ?? '');
  await hear('Đã liên kết');
  await say('soạn đợt nhắn tin');
  await hear('Nội dung tin nhắn');
  await say('Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.');
  await hear('Gửi cho ai');
  await press('Danh sách số điện thoại');
  await hear('Gửi tệp CSV hoặc Excel');
  const rows = ['SĐT', number(0), 'một', 'hai', 'ba', 'bốn', number(0)];
  user.sendFile(Buffer.from(rows.join('\r\n')), 'text/csv', 'danh sách.csv');
  expect(await hear('(khong-nhan-')).toContain('.csv)');
  const file = user.screen().findLast(({ document }) => document !== undefined)?.document;
  expect(Buffer.from(file?.bytes ?? []).toString()).toContain(',7,,Trùng số ở dòng 2.');
  await hear('Nhận 1 số, không nhận 5.');

  await say(LONG);
  // One list where both messages came while it was read, else two; without the number the file had, and the one that was cut.
  for (let sum = 0; sum < LENGTH - 2; ) sum += Number(/Nhận (\d+) số/.exec(await hear('Nhận '))?.[1]);
  await press('Xong');
  await hear('Gửi qua kênh nào trước');
  await press('Lần lượt: Telegram, trang web');
  await hear('Đúng ý chưa');
  await press('Đúng rồi');
  expect(await hear('bản nháp')).toContain(`Người nhận: ${LENGTH - 1}.`);

  const citizen = fake.user();
  const other = phoneOf(citizen);
  await other.say('khai báo cho tôi');
  await other.hear('đồng ý không');
  citizen.sendFile(Buffer.from('%PDF'), 'application/pdf', 'giấy.pdf');
  await other.hear('Chưa đọc được loại tin này. Mời anh/chị gõ chữ hoặc bấm nút.');

  const stored = await dump();
  const log = app.logged.join('');
  for (const secret of [number(0).slice(1), number(LENGTH - 1).slice(1), 'danh sách.csv'])
    expect([secret, stored.includes(secret), log.includes(secret)]).toEqual([secret, false, false]);
  const { conversations, phoneLists } = app.store.database.collections;
  const sizes = (await conversations.find({}, { raw: true }).toArray()).map(
    (row) => Buffer.from(row as never).length,
  );
  expect(Math.max(...sizes)).toBeLessThan(10_000);
  expect(await phoneLists.countDocuments()).toBeGreaterThan(1);
});
