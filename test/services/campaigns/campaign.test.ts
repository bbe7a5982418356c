import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SendError } from '../../../src/delivery/outgoing.ts';
import { addDays } from '../../../src/domain/day.ts';
import { findCampaign, recentCampaigns } from '../../../src/services/campaigns/record.ts';
import { reportOf, unreachedCsv } from '../../../src/services/campaigns/report.ts';
import { runCampaigns } from '../../../src/services/campaigns/run.ts';
import { SIN_HO, THAN_UYEN } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';
import { spoil } from '../spoil.ts';
import { Broadcast, type Citizen, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const DAYS = [0, 1, 2, 3, 4].map((n) => addDays(FIRST, n));
const BLOCKED = new SendError('stopped', 'blocked');

const day = async (date: string): Promise<void> => {
  await world.tick(date, '07:30');
  await world.tick(date, '08:00');
  await world.quiet();
  await world.tick(date, '20:30');
};

const campaign = async (id: string) => {
  const found = await findCampaign(world.office.parts, id);
  if (found === null) throw new Error('it is gone');
  return found;
};
const counts = async (id: string) => (await reportOf(world.office.parts, await campaign(id))).counts;
const state = async (id: string) => (await campaign(id)).doc.state;

describe('five days', () => {
  test('everybody once a day, until they declare or stop it; the unreached on another channel; all are accounted for', async () => {
    const [loyal, late, tired, moved, gone] = [
      await world.citizen(),
      await world.citizen(),
      await world.citizen({ person: false }),
      await world.citizen({ phone: '+84912345678' }),
      await world.citizen({ area: SIN_HO }),
    ];
    const double = await world.citizen({ phone: '+84912000001' });
    await world.citizen({ phone: '+84912000001', channel: 'web' });
    world.switchOn('sms');
    world.answers.set(moved.address, BLOCKED);
    world.answers.set(gone.address, BLOCKED);
    const id = await world.approved({ audience: { kind: 'communes', areas: ['12'] } });
    const all = await world.approved({ channels: ['telegram', 'botframework', 'sms'] });
    await world.act(id, 'stop');
    world.start();
    await day(DAYS[0] ?? '');
    await world.declare(late);
    await day(DAYS[1] ?? '');
    await world.remember(tired.chat, { unwanted: ['campaign'] });
    for (const date of DAYS.slice(2)) await day(date);
    await world.tick(DAYS[4] ?? '', '20:40');
    const of = (who: string) =>
      world
        .sent()
        .filter((one) => one.endsWith(who))
        .map((one) => one.slice(0, -who.length - 1));
    const index = (phone: string) => world.office.parts.index('phone', phone);
    expect(of(loyal.chat)).toEqual([
      '24 telegram',
      '25 telegram',
      '26 telegram',
      '27 telegram',
      '28 telegram',
    ]);
    expect(of(late.chat)).toEqual(['24 telegram']);
    expect(of(tired.chat)).toEqual(['24 telegram', '25 telegram']);
    expect(of(index('+84912345678'))).toEqual(['25 sms', '26 sms', '27 sms', '28 sms']);
    expect(of(gone.chat)).toEqual([]);
    expect(of(index('+84912000001'))).toHaveLength(5);
    expect(world.took.some(({ address }) => address === double.address)).toBe(true);
    expect(await state(all)).toBe('ended');
    // Two members of staff have chats on a channel the campaign does not take.
    expect(await counts(all)).toEqual({
      declared: 1,
      declaredBefore: 0,
      sent: 4,
      optedOut: 0,
      unreached: 3,
      total: 8,
      delivered: 0,
    });
    const report = await reportOf(world.office.parts, await campaign(all));
    const csv = unreachedCsv(report, (area) => (area.endsWith('03478') ? 'xã Sìn Hồ, Lai Châu' : ''));
    expect(csv).toBe('code,place,reason,count\r\n,,no-channel,2\r\n03478,"xã Sìn Hồ, Lai Châu",blocked,1');
    expect(await counts(id)).toMatchObject({ total: 0 });
  });

  test('who connected a chat since, and declared in the talk, has declared', async () => {
    const connected = await world.citizen({ person: false });
    const silent = await world.citizen({ person: false });
    const id = await world.approved({ channels: ['telegram'], days: 2 });
    world.start();
    await day(DAYS[0] ?? '');
    const talks = [await world.connect(connected), await world.connect(silent)];
    await world.declare({ chat: talks[0] ?? '' });
    await day(DAYS[1] ?? '');
    await world.tick(DAYS[1] ?? '', '20:40');
    const days = (who: Citizen) =>
      world
        .sent()
        .filter((one) => one.endsWith(who.chat))
        .map((one) => one.slice(0, 2));
    expect([days(connected), days(silent)]).toEqual([['24'], ['24', '25']]);
    const row = { about: `${id}|${DAYS[1]}`, chat: connected.chat };
    expect(await world.office.collections.deliveries.findOne(row)).toMatchObject({
      state: 'suppressed',
      fault: 'declared',
    });
    expect(await counts(id)).toMatchObject({ declared: 1, sent: 1 });
  });

  test('an SMS has no marks, costs its segments, and tells how to stop it; a chat has buttons for it', async () => {
    world.switchOn('sms');
    const number = '+84912345678';
    const text = `Đề nghị anh/chị ${'khai báo y tế '.repeat(12)}`;
    const id = await world.approved({ text, audience: { kind: 'list' } }, [number]);
    const reader = await world.citizen();
    const chats = await world.approved({ channels: ['telegram'] });
    world.start();
    await day(FIRST);
    const sms = world.took.find(({ channel }) => channel === 'sms');
    expect(sms?.address).toBe(number);
    expect(sms?.text).toMatch(/^De nghi anh\/chi khai bao y te .*\nTu choi: soan DUNG$/s);
    expect(await world.office.collections.deliveries.findOne({ about: `${id}|${FIRST}` })).toMatchObject({
      cost: 2,
      state: 'sent',
    });
    const chat = world.took.find(({ address }) => address === reader.address);
    expect(chat?.text).toBe(
      'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.\nGõ: Khai báo / Không nhận nữa',
    );
    expect(chat?.id).toBe(`${chats}|${FIRST}|${reader.chat}`);
  });

  test('a number without a channel for it ends as not reached; one with a chat is written to there', async () => {
    const known = await world.citizen({ phone: '+84912000002' });
    const id = await world.approved({ audience: { kind: 'list' }, days: 1 }, [
      '+84912000001',
      '+84912000002',
    ]);
    world.start();
    await day(FIRST);
    await world.tick(FIRST, '20:40');
    expect(world.sent()).toEqual([expect.stringMatching(/^24 telegram /)]);
    expect(world.took.some(({ address }) => address === known.address)).toBe(true);
    const report = await reportOf(world.office.parts, await campaign(id));
    expect(report.counts).toMatchObject({ sent: 1, unreached: 1, total: 2 });
    expect(report.unreached).toEqual([{ area: '', reason: 'no-channel', count: 1 }]);
  });

  test('nothing before its hours or after them; what is left over is late', async () => {
    const away = await world.citizen();
    world.answers.set(away.address, new SendError('throttled', '429', 3_600));
    const id = await world.approved({ days: 1, channels: ['telegram'] });
    world.start();
    await world.tick(FIRST, '07:30');
    await until(
      async () => (await world.office.collections.deliveries.countDocuments({ purpose: 'campaign' })) > 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 200)); // what must not happen
    expect(world.sent()).toEqual([]);
    await world.tick(FIRST, '19:59');
    await world.quiet();
    await world.tick(FIRST, '20:00');
    await until(async () => {
      await world.tick(FIRST, '20:01');
      return (await state(id)) === 'ended';
    });
    expect(world.sent()).toEqual([]);
    expect(await counts(id)).toMatchObject({ sent: 0, unreached: 3, total: 3 });
  });

  test('who was tried in vain until the hours were over was not late: the last fault says why', async () => {
    const { chat } = await world.citizen();
    await world.citizen();
    const id = await world.approved({ days: 1, channels: ['telegram'] });
    await world.tick(FIRST, '07:30');
    const { deliveries } = world.office.collections;
    await deliveries.updateOne(
      { purpose: 'campaign', chat },
      { $set: { attempt: 40, fault: 'telegram.500' } },
    );
    await world.tick(FIRST, '20:01');
    const { unreached } = await reportOf(world.office.parts, await campaign(id));
    expect(unreached.map(({ reason }) => reason).sort()).toEqual(['late', 'no-channel', 'telegram.500']);
  });

  test('a day that could not begin in time is reported once, and not sent in the night', async () => {
    await world.citizen();
    const id = await world.approved({ days: 2, channels: ['telegram'] });
    await Promise.all([1, 2, 3].map(() => world.tick(FIRST, '19:30')));
    await world.tick(FIRST, '23:00');
    expect(await world.office.collections.deliveries.countDocuments({ purpose: 'campaign' })).toBe(0);
    const told = await world.office.rows('campaignNews');
    expect(told.filter(({ chat }) => chat === world.author.chat)).toHaveLength(2); // approved; not begun
    world.start();
    await day(DAYS[1] ?? '');
    expect(world.sent()).toHaveLength(1);
    await world.tick(DAYS[1] ?? '', '20:40');
    expect(await state(id)).toBe('ended');
  });
});

test('the planner run five times at once, and again from the beginning, adds no message', async () => {
  await Promise.all(Array.from({ length: 30 }, () => world.citizen()));
  await world.approved({ channels: ['telegram'] });
  await Promise.all([1, 2, 3, 4, 5].map(() => world.tick(FIRST, '07:30')));
  const { deliveries, occurrences, audience } = world.office.collections;
  const rows = await deliveries.find({ purpose: 'campaign' }).toArray();
  expect(rows).toHaveLength(30);
  await occurrences.updateMany({}, { $set: { state: 'planning' }, $unset: { cursor: '', freezing: '' } });
  await world.citizen(); // came after the audience was fixed
  await Promise.all([1, 2, 3, 4, 5].map(() => world.tick(FIRST, '07:40')));
  expect(await deliveries.find({ purpose: 'campaign' }).toArray()).toEqual(rows);
  expect(await audience.countDocuments()).toBe(32);
  for (const { _id, sealed } of rows) expect([_id.length < 60, sealed]).toEqual([true, undefined]);
});

test('what may have left when a process died is not sent again that day', async () => {
  await world.citizen();
  const id = await world.approved({ channels: ['telegram'], days: 1 });
  await world.tick(FIRST, '07:30');
  const dead = { state: 'submitting' as const, leaseUntil: new Date(world.office.now), claim: 'x', epoch: 1 };
  await world.office.collections.deliveries.updateMany({ purpose: 'campaign' }, { $set: dead });
  world.start();
  await day(FIRST);
  await world.tick(FIRST, '20:40');
  expect(world.sent()).toEqual([]);
  const report = await reportOf(world.office.parts, await campaign(id));
  expect(report.unreached).toContainEqual({ area: THAN_UYEN, reason: 'unknown', count: 1 });
});

test('one campaign that cannot be opened keeps the others neither from beginning nor out of the list', async () => {
  const { office } = world;
  await world.citizen();
  const [bad, good] = [await world.approved(), await world.approved()];
  await spoil(office, 'campaigns', bad);
  const stuck: string[] = [];
  const staff = { ...office.parts, onStuck: (_: unknown, { id }: { id: string }) => stuck.push(id) };
  office.now = Date.parse(`${FIRST}T07:30+07:00`);
  await runCampaigns({ staff, write: world.write }, office.now);
  expect(await state(good)).toBe('running');
  expect(stuck).toEqual([bad]);
  expect((await recentCampaigns(office.parts, 10)).map(({ doc }) => doc._id)).toEqual([good]);
});

describe('who may do what', () => {
  test('two approve it at once: one of them does; whoever wrote it does not', async () => {
    const other = await world.office.worker({ role: 'admin', area: '12', onDuty: false });
    const local = await world.office.worker({ role: 'leader', area: THAN_UYEN, onDuty: false });
    const nurse = await world.office.worker({ area: '12' });
    const id = await world.approved();
    await world.office.collections.campaigns.updateOne({ _id: id }, { $set: { state: 'submitted' } });
    expect(await world.act(id, 'approve')).toBe('own');
    expect(await world.act(id, 'approve', local)).toBe('notAllowed');
    expect(await world.act(id, 'approve', nurse)).toBe('notAllowed');
    const both = await Promise.all([world.act(id, 'approve', other), world.act(id, 'approve', world.second)]);
    // Whoever comes second was overtaken while they wrote, or finds it approved.
    expect(both.toSorted()).toEqual(['done', expect.stringMatching(/^(?:notNow|stale)$/)]);
    expect(await world.act(id, 'reject', other)).toBe('notNow');
    const tick = () => runCampaigns({ staff: world.office.parts, write: world.write }, world.office.now);
    await Promise.all([tick(), tick()]);
    expect(await state(id)).toBe('approved'); // its first day is tomorrow
  });
});
