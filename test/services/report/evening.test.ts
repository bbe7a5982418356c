/** The whole evening, with a frozen clock: the tick, the database, the outbox, Telegram, and a leader's phone. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import readExcelFile from 'read-excel-file/node';
import sharp from 'sharp';
import { dailyReport } from '../../../jobs/dailyReport.ts';
import { sendTo } from '../../../src/app/deliver.ts';
import { wantedIn } from '../../../src/app/reader.ts';
import { withStop } from '../../../src/domain/unasked.ts';
import { type AlertDesk, createAlertDesk } from '../../../src/services/alerts/desk.ts';
import { createAttachments } from '../../../src/services/report/attach.ts';
import { writeEffects } from '../../../src/services/staff/write.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import { type Stand, startStand } from '../../bots/telegram/stand.ts';
import { renderer } from '../../harness/talk.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../../harness/telegram/server.ts';
import { newConversation, nextCommit } from '../../store/open-store.ts';
import { Office, THAN_UYEN } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';
import { Counter } from '../declarations/counter.ts';
import { heights } from './pixels.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}:00+07:00`);
/** 16:30 on 26 November in Vietnam. */
const NOW = at('26T16:30');

let office: Office;
let fake: FakeTelegram;
let stand: Stand;
let conversations: Conversations;
let desk: AlertDesk;
let now = NOW;

const chatOf = (address: string): string => office.parts.index('chat', `telegram|${address}`);

beforeAll(async () => {
  office = await Office.open();
  fake = await startFakeTelegram();
  conversations = new Conversations(office.store.database, office.store.sealer);
  const attachments = createAttachments({
    collections: office.collections,
    sealer: office.parts.sealer,
    home: '12',
    renderer,
    qrImage: async () => null,
    chatsOf: async (address) => [chatOf(address)],
  });
  stand = await startStand(fake, { renderer, attachments });
  desk = createAlertDesk({
    ...office.parts,
    database: office.store.database,
    send: sendTo(new Map([['telegram', stand.channel]]), conversations, () => undefined),
    wanted: wantedIn(conversations),
    now: () => now,
    sweepEvery: 50,
  });
  desk.start();
});
afterAll(async () => {
  await desk.stop();
  await conversations.close();
  await stand.stop();
  await fake.close();
  await office.close();
});

/** Somebody with Telegram, linked as a leader of an area. */
const leader = async (area: string): Promise<FakeUser> => {
  const user = fake.user();
  user.command('/start');
  const [chat, address] = [chatOf(String(user.id)), String(user.id)];
  const from = { ...newConversation(chat), channel: 'telegram', address };
  await conversations.commit({ ...nextCommit(from), out: [] });
  const { id } = await office.worker({ role: 'leader', area, onDuty: false });
  await office.collections.staff.updateOne({ _id: id }, { $set: { chats: [chat] } });
  return user;
};

const run = async (): Promise<void> => {
  const real = { staff: office.parts, write: writeEffects(office.store.database) };
  await dailyReport({ real }).run(now);
  desk.nudge();
};
/** What came with something beside words; the alert of that day climbs to leaders too. */
const carried = (user: FakeUser) =>
  user.screen().filter(({ photo, document }) => photo !== undefined || document !== undefined);
const waiting = () =>
  office.collections.deliveries.countDocuments({ purpose: 'dailyReport', state: { $ne: 'sent' } });
/** Nothing of that day's alert is on its way any more: it goes out when there are leaders, whenever the desk looks. */
const alertIsOut = async (): Promise<boolean> => {
  const { alerts, deliveries } = office.collections;
  return (
    (await alerts.countDocuments({ waiting: true })) === 0 &&
    (await deliveries.countDocuments({ state: { $in: ['ready', 'leased', 'submitting'] } })) === 0
  );
};

test('text, chart and file of what was declared; a second run sends nothing', async () => {
  const counter = new Counter(office);
  const declare = async (time: string, given: Parameters<Counter['declare']>[1] = {}): Promise<void> => {
    office.now = at(time);
    await counter.declare(office.phone(), given);
  };
  for (let n = 0; n < 3; n += 1) await declare(`24T1${n}:00`, { stay: '03595' });
  for (let n = 0; n < 6; n += 1) await declare(`25T1${n}:00`, { from: '03595', stay: '03595' });
  await declare('25T22:00', { stay: '03388' });
  for (let n = 0; n < 9; n += 1) await declare(`26T0${n}:10`, { from: n < 2 ? 'LA' : '01', stay: '03595' });
  await declare('26T10:00', { stay: '03388', symptoms: ['fever', 'breath'] });
  await declare('26T11:00', { stay: '01' });
  const [chief, head] = [await leader('12'), await leader(THAN_UYEN)];

  await run();
  await until(async () => (await waiting()) === 0 && (await alertIsOut()));
  const [file, message] = carried(chief);
  expect(carried(chief)).toHaveLength(2);
  expect(message?.caption?.split('\n').slice(0, 7)).toEqual([
    '📊 Báo cáo ngày 26/11/2026, tỉnh Lai Châu',
    'Tính từ 00:00 đến 16:30 ngày 26/11. Trong ngoặc là hôm qua, đến cùng giờ.',
    'Khai báo: 11 (6). Cả ngày hôm qua: 7.',
    'Từ ngoài tỉnh vào: 11 (0), trong đó từ nước ngoài: 2 (0).',
    'Nguy cơ rất cao: 0 (0), Nguy cơ cao: 1 (0), Nguy cơ trung bình: 0 (0), Nguy cơ thấp: 10 (6).',
    'Nhiều nhất: xã Than Uyên, Lai Châu: 9, phường Đoàn Kết, Lai Châu: 1.',
    'Cảnh báo mới: 1 (0); chưa nhận 1; đã nhận, chưa gọi 0; đã gọi 0; đã đóng 0.',
  ]);

  const png = message?.photo ?? new Uint8Array();
  const { width, height } = await sharp(png).metadata();
  expect([width, height]).toEqual([720, 640]);
  const low = await heights(png, 'low');
  const unit = (low[6] ?? 0) / 10;
  expect(unit).toBeGreaterThan(10);
  expect(low.map((pixels) => Math.round(pixels / unit))).toEqual([0, 0, 0, 0, 3, 7, 10]);
  expect(Math.round(((await heights(png, 'high'))[6] ?? 0) / unit)).toBe(1);

  expect(file?.document?.filename).toBe('khai-bao-2026-11-26-12.xlsx');
  const sheets = await readExcelFile(Buffer.from(file?.document?.bytes ?? []));
  expect(sheets[0]?.data[1]).toEqual(['Khai báo', 11, 6, 5]);
  expect(sheets.find(({ sheet }) => sheet === '14 ngày')?.data.slice(-3)).toEqual([
    ['24/11/2026', 3, 3, 0, 0, 0],
    ['25/11/2026', 7, 7, 0, 0, 0],
    ['26/11/2026', 11, 10, 0, 1, 0],
  ]);
  expect(carried(head)[1]?.caption).toContain('Khai báo: 9 (6). Cả ngày hôm qua: 6.');
  expect(carried(head)[0]?.document?.filename).toBe('khai-bao-2026-11-26-03595.xlsx');

  const calls = fake.calls.length;
  now = NOW + 60_000;
  await Promise.all([run(), run()]);
  // The runs have ended: what they had to say would stand here.
  expect(await office.collections.deliveries.countDocuments({ purpose: 'dailyReport' })).toBe(2);
  expect(await waiting()).toBe(0);
  expect(fake.calls.slice(calls).filter(({ method }) => method.startsWith('send'))).toEqual([]);
});

test('the button under it stops it for whoever pressed it, in that chat; the others get the next one', async () => {
  const [chief, other] = [await leader('12'), await leader('12')];
  now = at('27T16:30');
  await run();
  await until(async () => (await waiting()) === 0);
  expect(carried(chief)[1]?.inline).toEqual([['Thôi nhận báo cáo']]);
  expect(carried(chief)[1]?.caption).toContain('Không muốn nhận hằng ngày nữa, mời bấm nút bên dưới');

  const chat = chatOf(String(chief.id));
  const before = await conversations.load(chat);
  if (before === null) throw new Error('the chat is gone');
  const memory = { unwanted: withStop({}, 'report') };
  const next = nextCommit(before);
  await conversations.commit({ ...next, next: { ...next.next, state: { memory } }, out: [] });
  now = at('28T16:30');
  await run();
  const mine = { purpose: 'dailyReport', about: 'report:2026-11-28:12', chat };
  await until(async () => (await office.collections.deliveries.findOne(mine))?.state === 'suppressed');
  await until(() => carried(other).length === 4);
  expect(carried(chief)).toHaveLength(2);
});
