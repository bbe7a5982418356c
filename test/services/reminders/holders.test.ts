/** A citizen's reminder and its ways: Telegram as it refuses (403), a page beside it, and a clock that stands. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { codeReminders } from '../../../jobs/codeReminders.ts';
import { followUps } from '../../../jobs/followUps.ts';
import { movementReminders } from '../../../jobs/movementReminders.ts';
import { sendTo } from '../../../src/app/deliver.ts';
import { allOf, wantedIn } from '../../../src/app/reader.ts';
import type { Outgoing } from '../../../src/delivery/outgoing.ts';
import { DAY_MS } from '../../../src/domain/day.ts';
import type { Json } from '../../../src/domain/json.ts';
import { type AlertDesk, createAlertDesk } from '../../../src/services/alerts/desk.ts';
import { reminderWanted } from '../../../src/services/reminders/wanted.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import { ON_ITS_WAY } from '../../../src/store/deliveries.ts';
import { type Stand, startStand } from '../../bots/telegram/stand.ts';
import { type Case, declaredOf } from '../../domain/risk/facts.ts';
import { NOW, renderer } from '../../harness/talk.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../../harness/telegram/server.ts';
import { jobParts } from '../../jobs/parts.ts';
import { newConversation, nextCommit } from '../../store/open-store.ts';
import { Office, type Phone, plain } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';
import { Counter } from '../declarations/counter.ts';

let office: Office;
let counter: Counter;
let fake: FakeTelegram;
let stand: Stand;
let conversations: Conversations;
let desk: AlertDesk;
/** What the page's chats were sent. */
let pages: { readonly address: string; readonly say: Outgoing['say'] }[] = [];
let user: FakeUser;
let telegram: Phone;

const page = {
  name: 'web',
  capabilities: { takes: 'page' },
  send: async ({ address, say }: Outgoing) => {
    pages.push({ address, say });
    return {};
  },
};

beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
  fake = await startFakeTelegram();
  stand = await startStand(fake, { renderer });
  conversations = new Conversations(office.store.database, office.store.sealer);
  const channels = new Map([
    ['telegram', stand.channel],
    ['web', page as unknown as Stand['channel']],
  ]);
  desk = createAlertDesk({
    ...office.parts,
    database: office.store.database,
    send: sendTo(channels, conversations, () => undefined),
    wanted: allOf(wantedIn(conversations), reminderWanted(office.parts)),
    now: () => office.now,
    sweepEvery: 50,
  });
  desk.start();
});
beforeEach(async () => {
  for (const name of ['declarations', 'people', 'movements', 'deliveries', 'alerts', 'followUps'] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
  pages = [];
  user = fake.user();
  user.command('/start');
  telegram = await chatAt('telegram', String(user.id));
});
afterAll(async () => {
  await desk.stop();
  await conversations.close();
  await stand.stop();
  await fake.close();
  await office.close();
});

const chatAt = async (channel: string, address: string, memory: Json = {}): Promise<Phone> => {
  const chat = office.parts.index('chat', `${channel}|${address}`);
  const state = { lang: 'vi', memory };
  const { next, ...commit } = nextCommit({ ...newConversation(chat), channel, address });
  await conversations.commit({ ...commit, next: { ...next, state }, out: [] });
  return { chat, memory: {} };
};
let pageCount = 0;
const webChat = (memory: Json = {}): Promise<Phone> => {
  pageCount += 1;
  return chatAt('web', `page ${pageCount}`, memory);
};

const PERSON = { id: { kind: 'national', number: '012090001234' } } as const;
const submit = (phone: Phone, whom: string, given: Case = {}, person: object = {}) => {
  const declared = declaredOf(given);
  const args = {
    whom,
    declared: { ...declared, person: { ...declared.person, ...PERSON, ...person } },
    consent: '1',
  };
  return counter.call(phone, 'submitDeclaration', args);
};
/** A chat names a declaration's code and the end of the phone number in it, as "tra cứu" asks for them. */
const opens = async (phone: Phone, code: string): Promise<void> => {
  const opened = await counter.call(phone, 'openByCode', { code, digits: '5678' });
  expect(opened).toMatchObject({ found: true });
};

const remind = async (job: typeof movementReminders, at: number): Promise<void> => {
  office.now = at;
  await job(jobParts(office)).run(at);
  desk.nudge();
  const waiting = { state: { $in: [...ON_ITS_WAY] }, readyAt: { $lte: new Date(at) } };
  await until(async () => (await office.collections.deliveries.countDocuments(waiting)) === 0);
};
const states = async () =>
  (await office.collections.deliveries.find({ lane: 'reminder' }).toArray()).map(({ state }) => state);
/** What was tried on Telegram and what pages were told. */
const heard = () => ({
  telegram: fake.calls.filter(
    ({ method, params }) => method === 'sendMessage' && String(params.chat_id) === String(user.id),
  ).length,
  pages: pages.map(({ say }) => plain(say)),
});
const still = (phone: Phone) => counter.call<unknown>(phone, 'confirmStay');
const WEEK = NOW + 7 * DAY_MS;

/** Somebody declares in Telegram and opens it on a page; a day later a stranger types their numbers in a declaration of their own. */
const declaredAndOpened = async (given: Case = {}, memory: Json = {}) => {
  const { code } = await submit(telegram, 'me', given);
  const id = String(telegram.memory.lastDeclared);
  const holder = await webChat(memory);
  await opens(holder, code);
  office.now += DAY_MS;
  const stranger = await webChat();
  await submit(stranger, 'me');
  return { id, holder, stranger };
};

test('who blocked the bot is asked where they are on the page that opened their declaration: once, by name, and answers there', async () => {
  const { id, holder, stranger } = await declaredAndOpened();
  user.block();
  await remind(movementReminders, WEEK);
  expect(heard()).toEqual({
    telegram: 1,
    pages: [expect.stringContaining('Hôm nay Nguyễn Văn An còn ở xã Than Uyên, Lai Châu không?')],
  });
  expect(await office.collections.deliveries.findOne({})).toMatchObject({
    state: 'sent',
    chat: holder.chat,
    tried: [telegram.chat],
  });
  expect(pages[0]?.say.choices?.map((choice) => choice.id).slice(0, 2)).toEqual([
    '/go:stillHere',
    `/go:update:id=${id}&change=place`,
  ]);
  expect(await still(stranger)).toEqual({ count: 0 });
  expect([await still(holder), await still(holder)]).toEqual([{ count: 1 }, { count: 0 }]);
  const change = { day: '2026-11-30', place: { code: '03388', said: 'Đoàn Kết' } };
  expect(await counter.call(holder, 'recordMovement', { id, change })).not.toBeNull();
  expect(await counter.call(stranger, 'recordMovement', { id, change })).toBeNull();
});

test.each<[string, boolean, Json, number]>([
  ['their own chat takes it', false, {}, 1],
  ['the other one wants none of these', true, { unwanted: ['movement'] }, 1],
])('nothing comes to another chat where %s', async (_why, blocks, memory, tried) => {
  await declaredAndOpened({}, memory);
  if (blocks) user.block();
  await remind(movementReminders, WEEK);
  expect(heard()).toEqual({ telegram: tried, pages: [] });
  expect(await states()).toEqual([blocks ? 'suppressed' : 'sent']);
});

test('nor to one that only typed the same numbers, or that holds but one of those it tells of', async () => {
  await submit(telegram, 'me');
  const { code } = await submit(telegram, 'other', {}, { name: 'Lò Thị Con', phone: undefined });
  expect(code).toBeDefined();
  const own = await office.collections.declarations.find().sort({ at: 1 }).toArray();
  expect(own).toHaveLength(2);
  const some = await webChat();
  await office.collections.declarations.updateOne(
    { _id: own[0]?._id ?? '' },
    { $addToSet: { chats: some.chat } },
  );
  office.now += DAY_MS;
  await submit(await webChat(), 'me');
  user.block();
  await remind(movementReminders, WEEK);
  expect(heard()).toEqual({ telegram: 1, pages: [] });
  expect(await states()).toEqual(['failed']);
});

test('an answer to its own question is none to one that was asked elsewhere', async () => {
  const { code } = await submit(telegram, 'me');
  const holder = await webChat();
  await opens(holder, code);
  await submit(holder, 'me');
  await remind(movementReminders, WEEK);
  expect(heard()).toMatchObject({ telegram: 1, pages: { length: 1 } });
  expect(await still(holder)).toEqual({ count: 1 });
  expect(await still(telegram)).toEqual({ count: 1 });
});

test('a code that ends today is told there too', async () => {
  await declaredAndOpened();
  user.block();
  await remind(codeReminders, Date.parse('2026-11-26T09:00:00+07:00'));
  expect(heard()).toMatchObject({ telegram: 1, pages: [expect.stringContaining('Nguyễn Văn An')] });
});

test('who is watched at home is told and asked there too, and their answer counts; nobody else’s does', async () => {
  const { holder, stranger } = await declaredAndOpened({ symptoms: ['fever', 'breath'] });
  user.block();
  const nurse = await office.worker();
  const alert = (await office.collections.alerts.findOne({ state: 'open' }))?._id ?? '';
  await office.call(nurse, 'alertAct', { id: alert, do: 'claim' });
  await office.call(nurse, 'closeAlert', { id: alert, outcome: 'monitored', note: 'Theo dõi tại nhà.' });
  expect(await counter.call(holder, 'watchedHere')).toEqual([]);
  await remind(followUps, Date.parse('2026-11-24T18:00:00+07:00'));
  const [begun, asked] = pages.toSorted(
    (a, b) => (a.say.choices?.length ?? 0) - (b.say.choices?.length ?? 0),
  );
  expect([begun, asked].map((one) => one && plain(one.say))).toEqual([
    expect.stringContaining('Nguyễn Văn An'),
    expect.stringContaining('Nguyễn Văn An'),
  ]);
  expect(pages).toHaveLength(2);
  const { _id: id = '' } = (await office.collections.followUps.findOne({})) ?? {};
  expect(asked?.say.choices?.[0]?.id).toBe(`/go:followUp:id=${id}&how=well`);
  expect(await counter.call(holder, 'watchedHere')).toMatchObject([{ id, name: 'Nguyễn Văn An' }]);
  const answer = { id, how: 'unwell', temperature: 'under', symptoms: ['cough'] };
  expect(await counter.call(stranger, 'watchedHere')).toEqual([]);
  expect(await counter.call(stranger, 'answerFollowUp', answer)).toEqual({ is: 'gone' });
  expect(await counter.call(holder, 'answerFollowUp', answer)).toMatchObject({ is: 'bad' });
});
