import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Line } from '../../../src/dialogue/say.ts';
import { USUAL_PLAN } from '../../../src/domain/campaign/campaign.ts';
import { makeCampaign } from '../../../src/services/campaigns/act.ts';
import { addList } from '../../../src/services/campaigns/list.ts';
import { progressLine, progressOf } from '../../../src/services/campaigns/news.ts';
import { type Campaign, findCampaign } from '../../../src/services/campaigns/record.ts';
import { insert } from '../../../src/store/effect.ts';
import { renderer } from '../../harness/talk.ts';
import { THAN_UYEN, type Worker } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const TEXT = 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.';

const call = async (who: Worker, name: string, args: Record<string, unknown> = {}) => {
  const shown = await world.office.call(who, name, args as never);
  const lines = (shown.lines ?? []) as unknown as Line[];
  const choices = (shown.choices ?? []) as unknown as { id: string }[];
  return {
    is: shown.is,
    lines: lines.map((one) => renderer.line('vi', one)),
    buttons: choices.map(({ id }) => id),
    id: /C\w{4}/.exec(JSON.stringify(shown))?.[0] ?? '',
    shown,
  };
};

const told = (worker: Worker): readonly string[] =>
  world.took.filter(({ address }) => address.endsWith(worker.chat)).map(({ text }) => text);

test('written, submitted and approved by two people in their chats; the second one hears of it and sees the estimate', async () => {
  for (let n = 0; n < 3; n += 1) await world.citizen();
  world.start();
  const draft = await call(world.author, 'draftCampaign', {
    text: TEXT,
    audience: { kind: 'communes', areas: ['03595'] },
  });
  expect(draft.lines).toEqual([
    expect.stringMatching(/^Đợt nhắn tin C\w{4}: bản nháp$/),
    `“${TEXT}”`,
    'Gửi: người ở xã Than Uyên, Lai Châu.',
    'Người nhận: 3.',
    'Gửi qua: Telegram 3.',
    'Ngày đầu: 23/11/2026, nếu duyệt trước 19:00 ngày 23/11.',
    '5 ngày, từ 08:00 đến 20:00.',
    'Mỗi ngày gửi khoảng 1 phút.',
    expect.stringMatching(/^SMS không dấu, 1 tin: De nghi anh\/chi/),
  ]);
  const { id } = draft;
  expect(draft.buttons).toEqual([`/go:campaign:id=${id}&do=submit`, `/go:stopCampaign:id=${id}`]);
  expect((await call(world.author, 'campaignAct', { id, do: 'submit' })).is).toBe('shown');
  expect((await call(world.author, 'campaignAct', { id, do: 'approve' })).is).toBe('own');
  await until(() => told(world.second).length === 1);
  expect(told(world.second)[0]).toContain(`📣 Vàng A Sĩ gửi đợt nhắn tin ${id} để duyệt:\n“${TEXT}”`);
  const seen = await call(world.second, 'campaignAct', { id, do: 'show' });
  expect(seen.buttons).toEqual([
    `/go:campaign:id=${id}&do=approve`,
    `/go:campaign:id=${id}&do=reject`,
    `/go:stopCampaign:id=${id}`,
  ]);
  const approved = await call(world.second, 'campaignAct', { id, do: 'approve' });
  expect(approved.lines).toEqual([`Đã duyệt đợt nhắn tin ${id}. Tin được gửi từ 23/11/2026.`]);
  await until(() => told(world.author).some((text) => text.includes('đã duyệt')));
  expect((await call(world.author, 'campaigns')).shown.campaigns).toEqual([
    { id, state: 'approved', at: world.office.now },
  ]);
});

test('days and hours are as the writer chose them', async () => {
  const given = { text: TEXT, audience: { kind: 'all' }, from: '2026-11-30', days: 3, hours: '07:30-18:00' };
  const { lines } = await call(world.author, 'draftCampaign', given);
  expect(lines).toContain('Ngày đầu: 30/11/2026, nếu duyệt trước 17:00 ngày 30/11.');
  expect(lines).toContain('3 ngày, từ 07:30 đến 18:00.');
  expect((await call(world.author, 'draftCampaign', { ...given, hours: '06:00-18:00' })).is).toBe('problems');
});

test('the channels that are open are offered in the usual order; another order is kept, and told to whoever approves', async () => {
  expect((await call(world.author, 'campaignWays')).shown).toEqual({
    is: 'ways',
    channels: ['telegram', 'web'],
  });
  await world.citizen({ channel: 'web' });
  const given = { text: TEXT, audience: { kind: 'all' }, channels: ['web', 'telegram'] };
  const { id, lines } = await call(world.author, 'draftCampaign', given);
  expect(lines).toContain('Thử lần lượt: trang web, Telegram.');
  expect((await findCampaign(world.office.parts, id))?.plan.channels).toEqual(['web', 'telegram']);
  const twice = { ...given, channels: ['web', 'web'] };
  expect((await call(world.author, 'draftCampaign', twice)).is).toBe('problems');
});

test('nurses, leaders of a commune and strangers are told nothing', async () => {
  const id = await world.approved();
  const nurse = await world.office.worker({ area: '12' });
  const local = await world.office.worker({ role: 'leader', area: THAN_UYEN });
  for (const who of [nurse, local])
    for (const name of ['campaigns', 'campaignWays', 'draftCampaign', 'campaignAct'])
      expect(await world.office.call(who, name, { id, do: 'show' })).toEqual({ is: 'notAllowed' });
  expect(await world.office.call(world.office.phone() as Worker, 'campaigns', {})).toEqual({
    is: 'stranger',
  });
  expect((await call(world.author, 'campaignAct', { id: 'C0000', do: 'show' })).is).toBe('gone');
  expect((await call(world.author, 'draftCampaign', { text: 'ngắn', audience: { kind: 'all' } })).is).toBe(
    'problems',
  );
});

test('progress is written into the message that told of the day, where that can be edited; elsewhere nothing is sent', async () => {
  await Promise.all(Array.from({ length: 40 }, () => world.citizen()));
  const { staff, conversations } = world.office.collections;
  await conversations.deleteOne({ _id: world.second.chat });
  const phone = await world.citizen({ person: false });
  await staff.updateOne({ _id: world.second.id }, { $set: { chats: [phone.chat] } });
  const id = await world.approved({ channels: ['telegram'], days: 1 });
  world.start();
  await world.tick(FIRST, '07:30');
  await world.quiet();
  // Another chat is theirs meanwhile, and the first that is tried: the message of the day stands where it came.
  const newer = await world.citizen({ person: false });
  await staff.updateOne({ _id: world.second.id }, { $set: { chats: [newer.chat, phone.chat] } });
  // Nobody sends during the tick: what it counts would be anything from none to all.
  await world.stop();
  await world.tick(FIRST, '08:00');
  world.start();
  await world.quiet();
  await world.tick(FIRST, '08:10');
  await world.quiet();
  const edits = world.edited.filter(({ address }) => address === phone.address);
  expect(edits).toHaveLength(1);
  expect(world.took.filter(({ address }) => address === newer.address)).toEqual([]);
  expect(edits[0]?.text).toMatch(
    new RegExp(
      `^📣 Đợt nhắn tin ${id}, 24/11/2026: gửi từ .* đến .*\\n24/11/2026: đã gửi 41/41, còn 0, lỗi 0\\.`,
    ),
  );
  await world.tick(FIRST, '08:20');
  await world.quiet();
  expect(world.edited.filter(({ address }) => address === phone.address)).toHaveLength(1);
  expect(told(world.author).filter((text) => text.includes('đã gửi 41'))).toEqual([]);
  const shown = await call(world.author, 'campaignAct', { id, do: 'show' });
  expect(shown.lines).toContain('24/11/2026: đã gửi 41/41, còn 0, lỗi 0.');
});

test('before the first hour a campaign is approved, and nothing is being sent yet', async () => {
  await world.citizen();
  const id = await world.approved({ channels: ['telegram'] });
  const states = async () => (await call(world.author, 'campaigns')).shown.campaigns;
  await world.tick(FIRST, '07:30');
  const { doc } = (await findCampaign(world.office.parts, id)) as Campaign;
  expect(doc.state).toBe('running');
  const early = (await call(world.author, 'campaignAct', { id, do: 'show' })).lines;
  expect(early[0]).toBe(`Đợt nhắn tin ${id}: đã duyệt`);
  expect(early).toContain('Ngày đầu: 24/11/2026.');
  expect(await states()).toMatchObject([{ id, state: 'approved' }]);
  await world.tick(FIRST, '08:00');
  const begun = (await call(world.author, 'campaignAct', { id, do: 'show' })).lines;
  expect(begun[0]).toBe(`Đợt nhắn tin ${id}: đang gửi`);
  expect(await states()).toMatchObject([{ id, state: 'running' }]);
});

test('numbers of an SMS campaign: how long is not known, the cost with its thousands apart', async () => {
  const draft = makeCampaign(
    world.office.parts,
    { ...USUAL_PLAN, text: TEXT, audience: { kind: 'list' }, channels: ['sms'], price: 550_000 },
    await world.actor(world.author),
    world.office.now,
  );
  if (draft.is !== 'made') throw new Error(draft.is);
  const id = draft.document._id;
  const numbers = Array.from({ length: 1_600 }, (_, n) => `+8491200${String(n).padStart(4, '0')}`);
  await addList(world.office.parts, id, numbers, world.office.now);
  await world.write([insert('campaigns', draft.document)]);
  const { lines, shown } = await call(world.author, 'campaignAct', { id, do: 'show' });
  expect(lines).toContain('Chưa rõ thời gian gửi: tin nhắn SMS.');
  expect(lines.join('\n')).not.toContain('phút');
  expect(lines).toContain('Gửi qua: tin nhắn SMS 1.600.');
  expect(lines).toContain('Chi phí nhiều nhất: 4.400.000.000 đồng.');
  const english = (shown.lines as unknown as Line[]).map((one) => renderer.line('en', one));
  expect(english).toContain('Cost at most: 4,400,000,000 VND.');
});

test('neither a number of a list nor the text of a draft can be read in the database', async () => {
  const id = await world.approved({ audience: { kind: 'list' }, channels: ['sms'] }, ['+84912345678']);
  await world.tick(FIRST, '07:30');
  const { campaigns, audience, deliveries, occurrences } = world.office.collections;
  const all = [campaigns, audience, deliveries, occurrences].map((rows) => rows.find({} as never).toArray());
  const dump = await Promise.all(all);
  expect(dump.map((rows) => rows.length > 0)).toEqual([true, true, true, true]);
  const bytes = JSON.stringify(dump, (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  );
  for (const secret of ['912345678', 'vùng dịch']) expect(bytes).not.toContain(secret);
  expect(bytes).toContain(id);
});

test('whoever was left out on purpose is counted, so that the sums are right', () => {
  const figures = { sent: 7, 'suppressed:declared': 1, 'suppressed:opted-out': 1 };
  const progress = progressOf(figures);
  expect(progress).toEqual({ total: 9, sent: 7, left: 0, failed: 0, kept: 2 });
  expect(renderer.line('vi', progressLine(FIRST, progress))).toBe(
    '24/11/2026: đã gửi 7/9, còn 0, lỗi 0, không gửi 2 (đã khai báo, từ chối nhận hoặc đợt đã dừng).',
  );
});
