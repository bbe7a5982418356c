import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY_MS } from '../../src/domain/day.ts';
import { tripAtHand } from '../../src/services/declarations/tripAtHand.ts';
import type { DeclarationDoc } from '../../src/store/declarations.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { terminalPhone } from '../harness/wires.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

/** What a driver says of a first passenger, and what must be heard before they go on. */
const TALK: readonly (readonly [said: string, answer: string])[] = [
  ['khai hộ', 'đồng ý không'],
  ['đồng ý', 'thẻ căn cước'],
  ['tôi gõ', 'Họ và tên'],
  ['Vàng Thị Mỷ, 1952, nữ, không, không', 'Nơi ở'],
  ['xã Sìn Hồ', 'từ đâu đến đâu'],
  ['Hà Nội đến Sìn Hồ', 'Đi bằng gì'],
  ['xe khách', 'Biển số'],
  ['29B-123.45 ghế 1', 'Ngày đi'],
  ['hôm nay', 'dấu hiệu nào'],
  ['không', 'điều nào'],
  ['không', 'đã đúng chưa'],
  ['gửi', 'Thêm một người cùng chuyến'],
  ['1', 'Cùng chuyến: Xe khách 29B-123.45'],
];

const atHand = async (doc: DeclarationDoc, after: number, chat = doc.declaredBy, memory = {}) => {
  const { database, sealer, index } = app.store;
  const service = tripAtHand({ models: database.models, sealer, index } as never);
  const now = doc.at.getTime() + after;
  const context = { chat, own: chat, channel: 'terminal', lang: 'vi' as const, now };
  const { value } = await service(
    { plate: null },
    { ...context, memory: { lastDeclared: doc._id, ...memory } },
  );
  return value as { last: { trip: { vehicle: string } } | null; plate: string | null };
};

test('the journey of one passenger is at hand for the next, in this chat and while it is under way', async () => {
  const phone = terminalPhone(app, 'driver');
  for (const [said, answer] of TALK) {
    await phone.say(said);
    await phone.hear(answer);
  }
  phone.close();
  const { declarations } = app.store.database.models;
  const doc = await declarations.findOne().lean<DeclarationDoc>();
  if (doc === null) throw new Error('nothing was declared');
  expect((await atHand(doc, 0)).last?.trip.vehicle).toBe('29B-123.45');
  expect((await atHand(doc, DAY_MS / 2 - 1000)).last).not.toBeNull();
  expect((await atHand(doc, DAY_MS)).last).toBeNull();
  expect((await atHand(doc, 0, 'another chat')).last).toBeNull();
  const scanned = { scanned: { plate: '25B-001.23', at: doc.at.getTime() } };
  expect((await atHand(doc, 60_000, doc.declaredBy, scanned)).plate).toBe('25B-001.23');
  expect((await atHand(doc, DAY_MS, doc.declaredBy, scanned)).plate).toBeNull();
  await declarations.updateOne({ _id: doc._id }, { $set: { status: 'withdrawn' } });
  expect((await atHand(doc, 0)).last).toBeNull();
});
