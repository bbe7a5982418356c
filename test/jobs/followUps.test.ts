import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { followUps } from '../../jobs/followUps.ts';
import { beginEpoch } from '../../src/delivery/outboxEpoch.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import { sayPlain } from '../../src/dialogue/plain.ts';
import { DAY_MS } from '../../src/domain/day.ts';
import { randomId } from '../../src/security/random.ts';
import { openAlert } from '../../src/services/alerts/record.ts';
import { handOver } from '../../src/services/talks/data.ts';
import { Conversations } from '../../src/store/conversations.ts';
import { NOW, renderer } from '../harness/talk.ts';
import { Office, type Phone, plain, SIN_HO, type Worker } from '../services/alerts/office.ts';
import { Counter } from '../services/declarations/counter.ts';
import { newConversation } from '../store/open-store.ts';
import { jobParts } from './parts.ts';

let office: Office;
let counter: Counter;
let citizen: Phone;
let nurse: Worker;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of [
    'declarations',
    'deliveries',
    'alerts',
    'followUps',
    'staff',
    'shifts',
    'installation',
  ] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
  citizen = office.phone();
  nurse = await office.worker();
  await watch();
});
afterAll(() => office.close());

/** Somebody declares fever and difficult breathing; the nurse claims the alert and closes it: watched at home. */
const watch = async (): Promise<void> => {
  await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
  await close('monitored');
};
const close = async (outcome: string) => {
  const alert = await office.collections.alerts.findOne({ state: 'open' });
  const id = alert?._id ?? '';
  await office.call(nurse, 'alertAct', { id, do: 'claim' });
  return office.call(nurse, 'closeAlert', { id, outcome, note: 'Theo dõi tại nhà.' });
};
const at = (time: string): number => Date.parse(`2026-11-${time}+07:00`);
const run = async (now: number): Promise<number> => {
  office.now = now;
  return (await followUps(jobParts(office)).run(now)) as number;
};
/** What the outbox does with the questions that wait, when the channel works, or what becomes of them else. */
const settle = (set: object = { state: 'sent' }) =>
  office.collections.deliveries.updateMany({ purpose: 'followUpReminder', state: 'ready' }, { $set: set });
/** Half an hour after half an hour, every question sent, or what `settled` says of it. */
const pass = async (from: number, until: number, settled?: object): Promise<void> => {
  for (let now = from; now < until; now += 30 * 60_000) {
    await run(now);
    await settle(settled);
  }
};
const asked = () =>
  office.collections.deliveries.find({ purpose: 'followUpReminder' }).sort({ readyAt: 1 }).toArray();
const watched = async () => (await office.collections.followUps.findOne({ state: 'active' })) ?? { _id: '' };
const answer = async (given: object = {}) => {
  const args = { id: (await watched())._id, how: 'well', temperature: 'under', symptoms: [], ...given };
  return counter.call<{ readonly is: string; readonly staff?: string }>(citizen, 'answerFollowUp', args);
};
/** Open alerts: their reasons. */
const alarms = async () => {
  const docs = await office.collections.alerts.find({ state: 'open' }).toArray();
  const opened = await Promise.all(docs.map((doc) => openAlert(office.parts, doc)));
  return opened.map(({ alert, body }) => [
    alert.level,
    ...body.reasons.map(({ key }) => key.replace('.reason.', ' ')),
  ]);
};

describe('whoever is watched at home', () => {
  test('is asked morning and evening, in the chat that declared, for 14 days', async () => {
    let count = 0;
    for (let now = NOW; now < NOW + 16 * DAY_MS; now += 30 * 60_000) {
      if ((await run(now)) > 0 && (await asked()).length > count) {
        count += 1;
        await answer();
      }
    }
    const rows = await asked();
    expect(rows.slice(0, 3).map(({ readyAt, chat }) => [readyAt, chat])).toEqual(
      ['23T18:00:00', '24T08:00:00', '24T18:00:00'].map((time) => [new Date(at(time)), citizen.chat]),
    );
    expect(rows).toHaveLength(28);
    expect(await office.collections.followUps.findOne()).toMatchObject({ state: 'ended' });
    expect(await alarms()).toEqual([]);
    const say = await openRow(office.parts.sealer, rows[0] as never);
    expect(plain(say)).toBe(
      'Hôm nay Nguyễn Văn An thấy thế nào?\nGõ: Bình thường / Thấy mệt, có dấu hiệu bệnh / Đừng nhắc nữa',
    );
  });

  test('hears once what comes now, until when, and how to stop it', async () => {
    await pass(NOW, NOW + DAY_MS);
    const rows = await office.collections.deliveries.find({ purpose: 'followUpBegun' }).toArray();
    expect(rows).toMatchObject([{ chat: citizen.chat, readyAt: new Date(NOW) }]);
    const say = await openRow(office.parts.sealer, rows[0] as never);
    expect(plain(say)).toBe(
      'Từ nay Nguyễn Văn An được theo dõi sức khỏe tại nhà. Mỗi ngày anh/chị được hỏi thăm 2 lần (08:00, 18:00), đến ngày 7/12/2026. Dừng mọi lời nhắc: gõ "dừng nhắc".',
    );
    expect(sayPlain(renderer, 'en', say)).toBe(
      'From now on Nguyễn Văn An is watched at home. You are asked 2 times a day (08:00, 18:00), until 7/12/2026. To stop all reminders, type "stop reminders".',
    );
  });

  test('nobody is woken at night to hear that', async () => {
    office.now = at('23T22:10:00');
    await answer({ temperature: '38.5' });
    await office.collections.deliveries.deleteMany({});
    await close('monitored');
    const rows = await office.collections.deliveries.find({ purpose: 'followUpBegun' }).toArray();
    expect(rows).toMatchObject([{ readyAt: new Date(at('24T07:00:00')) }]);
  });

  test('a question of the evening is of no use any more in the morning', async () => {
    await run(at('23T18:00:00'));
    expect(await asked()).toMatchObject([{ expiresAt: new Date(at('24T00:00:00')) }]);
  });

  test.each(['23T22:30:00', '24T02:00:00', '24T07:01:00'])(
    'when nothing ran from the evening to %s they are asked at 08:00, once',
    async (time) => {
      await run(at(time));
      expect(await asked()).toEqual([]);
      await run(at('24T08:00:00'));
      expect(await asked()).toMatchObject([{ readyAt: new Date(at('24T08:00:00')) }]);
    },
  );

  test('three processes ask once', async () => {
    const counts = await Promise.all([1, 2, 3].map(() => run(at('23T18:00:00'))));
    expect(counts.reduce((a, b) => a + b)).toBe(1);
    expect(await asked()).toHaveLength(1);
  });

  test('and is well: it is kept sealed, and nobody is told', async () => {
    await run(at('23T18:00:00'));
    expect(await answer({ temperature: '36.9' })).toEqual({ is: 'well' });
    expect(await alarms()).toEqual([]);
    const doc = await office.collections.followUps.findOne();
    expect(doc).toMatchObject({ answers: [{ bad: false }], lastAt: new Date(at('23T18:00:00')) });
    expect(JSON.stringify(doc)).not.toContain('36.9');
  });

  test.each<[string, object, string[]]>([
    ['38.0 °C', { temperature: '38.0' }, ['followUp temperature', 'risk feverBreath', 'risk symptoms']],
    ['more than 38', { temperature: 'fever' }, ['followUp fever', 'risk feverBreath', 'risk symptoms']],
    [
      'unwell',
      { how: 'unwell', symptoms: ['cough'] },
      ['followUp unwell', 'risk feverBreath', 'risk symptoms'],
    ],
  ])('%s is an alert, at once and to those on duty', async (_what, given, reasons) => {
    await run(at('24T08:00:00'));
    expect(await answer(given)).toMatchObject({ is: 'bad', staff: 'told' });
    expect(await alarms()).toEqual([['high', ...reasons]]);
    expect(await office.rows('alert')).toContainEqual({ purpose: 'alert', chat: nurse.chat, state: 'ready' });
  });

  test('who has moved since is told of where they are now: a bad answer, and silence that joins it', async () => {
    const far = await office.worker({ area: SIN_HO });
    const { declaration: id } = (await office.collections.followUps.findOne()) ?? { declaration: '' };
    const change = { day: '2026-11-23', place: { code: '03478', said: '' } };
    await counter.call(citizen, 'recordMovement', { id, change });
    expect(await answer({ how: 'unwell' })).toMatchObject({ is: 'bad', staff: 'told' });
    await pass(at('23T18:00:00'), at('27T00:00:00'));
    const alerts = await office.collections.alerts.find({ state: 'open' }).toArray();
    expect(alerts).toMatchObject([{ area: SIN_HO, asked: [far.id] }]);
    expect(alerts[0]?.joined).toHaveLength(1);
  });

  test('a bad answer after the alert was closed is an alert again, and they are watched anew', async () => {
    await run(at('24T08:00:00'));
    await answer({ temperature: '38.5' });
    await close('monitored');
    expect(await office.collections.followUps.countDocuments({ state: 'active' })).toBe(1);
    await run(at('24T18:00:00'));
    await answer({ temperature: '38.5' });
    expect(await alarms()).toHaveLength(1);
  });

  test('two missed days are an alert, one until they answer', async () => {
    await pass(NOW, NOW + 5 * DAY_MS);
    expect(await alarms()).toEqual([['high', 'followUp missing']]);
    expect(await office.collections.alerts.countDocuments({})).toBe(2);
    await answer();
    expect(await office.collections.followUps.findOne()).not.toHaveProperty('missedAt');
    await close('referred');
    await pass(NOW + 5 * DAY_MS, NOW + 8 * DAY_MS);
    expect(await alarms()).toEqual([['high', 'followUp missing']]);
  });

  test('days in which our server was down are no silence of theirs', async () => {
    await pass(NOW, at('23T20:00:00')); // asked at 18:00, and then nothing ran for three days
    await pass(at('26T20:00:00'), at('28T07:00:00')); // asked on 27 November only
    expect(await alarms()).toEqual([]);
    await pass(at('28T07:00:00'), at('30T23:00:00'));
    expect(await alarms()).toEqual([['high', 'followUp missing']]);
    expect(await office.collections.alerts.countDocuments({})).toBe(2);
  });

  test.each([
    ['came too late', { state: 'expired' }],
    ['no try brought out until its end', { state: 'expired', attempt: 14, fault: 'http.502' }],
  ])('nor do questions count that %s', async (_what, settled) => {
    await pass(NOW, NOW + 4 * DAY_MS, settled);
    expect(await alarms()).toEqual([]);
  });

  test.each([
    ['want no questions', { state: 'suppressed' }],
    ['shut us out of the chat', { state: 'failed', attempt: 1 }],
  ])('when they %s somebody must look', async (_what, settled) => {
    await pass(NOW, NOW + 4 * DAY_MS, settled);
    expect(await alarms()).toEqual([['high', 'followUp missing']]);
  });

  test('it goes on when the declaration comes to the end of its days, with alerts', async () => {
    await office.collections.declarations.deleteMany({});
    await run(at('23T18:00:00'));
    expect(await asked()).toHaveLength(1);
    const here = await counter.call(citizen, 'watchedHere');
    expect(here).toMatchObject([{ name: 'Nguyễn Văn An' }]);
    expect(await answer({ temperature: '39.0' })).toMatchObject({ is: 'bad', staff: 'told' });
    expect(await alarms()).toEqual([['high', 'followUp temperature', 'risk feverBreath', 'risk symptoms']]);
  });

  test('when nothing is left to name them by, whoever is unwell is not thanked, but told to call', async () => {
    for (const name of ['declarations', 'alerts'] as const) await office.collections[name].deleteMany({});
    expect(await answer({ temperature: '39.0' })).toEqual({
      is: 'bad',
      staff: 'waiting',
      hotline: '0213 3876 115',
    });
    expect(await office.collections.followUps.findOne()).toMatchObject({ answers: [{ bad: true }] });
  });

  test('it ends when the declaration is erased, and the alert with it', async () => {
    for (const name of ['declarations', 'alerts'] as const) await office.collections[name].deleteMany({});
    await run(at('23T18:00:00'));
    expect(await asked()).toEqual([]);
    expect(await office.collections.followUps.findOne()).toMatchObject({ state: 'ended' });
  });
});

test('what is a fever comes with who is asked about, from the rules', async () => {
  const { _id: id } = await watched();
  const found = await counter.call<unknown>(citizen, 'watchedHere');
  expect(found).toEqual([{ id, name: 'Nguyễn Văn An', fever: 38 }]);
});

test('nobody else can answer for them, nor after the end', async () => {
  const { _id: id } = await watched();
  const args = { id, how: 'well', temperature: 'under', symptoms: [] };
  expect(await counter.call(office.phone(), 'answerFollowUp', args)).toEqual({ is: 'gone' });
  await office.collections.followUps.updateMany({}, { $set: { state: 'ended' } });
  expect(await answer({ id })).toEqual({ is: 'gone' });
});

test('an alert that ends otherwise begins no monitoring', async () => {
  await office.collections.deliveries.deleteMany({});
  await office.collections.followUps.deleteMany({});
  await office.collections.alerts.deleteMany({});
  await counter.declare(office.phone(), { symptoms: ['fever', 'breath'] });
  await close('cleared');
  expect(await office.collections.followUps.countDocuments()).toBe(0);
  expect(await office.rows('followUpBegun')).toEqual([]);
});

describe('whoever connects the chat that declared with another', () => {
  /** From now on they speak in the talk. */
  const connect = async () => {
    const talk = randomId();
    await office.write(await handOver(office.parts, [citizen.chat], talk));
    citizen = { ...citizen, chat: talk };
  };
  const unwell = { how: 'unwell', symptoms: ['cough'] };

  test('is heard in the talk', async () => {
    await connect();
    expect(await answer(unwell)).toMatchObject({ is: 'bad', staff: 'told' });
    expect(await alarms()).toHaveLength(1);
  });

  test('is asked there, with what was on its way', async () => {
    await run(at('23T18:00:00'));
    await connect();
    await run(at('24T08:00:00'));
    expect((await asked()).map(({ chat }) => chat)).toEqual([citizen.chat, citizen.chat]);
    expect(await office.rows('followUpBegun')).toMatchObject([{ chat: citizen.chat }]);
  });

  test('before the alert was closed too', async () => {
    await answer(unwell);
    await connect();
    await office.collections.deliveries.deleteMany({});
    await close('monitored');
    expect(await office.rows('followUpBegun')).toMatchObject([{ chat: citizen.chat }]);
    expect(await answer(unwell)).toMatchObject({ is: 'bad' });
    expect(await alarms()).toHaveLength(1);
  });

  /** As an older release did: declaration and monitoring stay with the chat. */
  const connectedOnce = async () => {
    const talk = randomId();
    const conversations = new Conversations(office.store.database, office.store.sealer);
    const next = { ...newConversation(citizen.chat), rev: 1, talk };
    await conversations.commit({ next, out: [], work: [], finished: [], effects: [] });
    citizen = { ...citizen, chat: talk };
  };

  test('in an older release is heard from the next question on', async () => {
    await connectedOnce();
    await run(at('23T18:00:00'));
    expect(await asked()).toMatchObject([{ chat: citizen.chat }]);
    expect(await answer(unwell)).toMatchObject({ is: 'bad' });
  });

  test('in an older release, and is watched from now on, is heard at once', async () => {
    await answer(unwell);
    await connectedOnce();
    await close('monitored');
    expect(await answer(unwell)).toMatchObject({ is: 'bad' });
  });
});

describe('silence that joins an alert of theirs', () => {
  const CARD = /^(🔔|Cảnh báo|Lý do|Dấu hiệu|Khai lúc)/;
  /** What the nurse reads last of one kind of message, without what stands there of everybody. */
  const read = async (purpose: 'alert' | 'alertNews') => {
    const [row] = await office.collections.deliveries
      .find({ purpose, chat: nurse.chat })
      .sort({ readyAt: -1 })
      .toArray();
    const said = row === undefined ? '' : plain(await openRow(office.parts.sealer, row));
    return said.split('\n').filter((text) => CARD.test(text));
  };
  const feverish = async () => {
    office.now = at('24T07:05:00');
    await answer({ how: 'unwell', temperature: '39.0', symptoms: ['fever', 'breath', 'cough'] });
  };
  const HEARD = [
    'Lý do: thân nhiệt 39,0 °C khi đang được theo dõi, báo không khỏe khi đang được theo dõi, sốt kèm khó thở, có 3 dấu hiệu bệnh, đang được theo dõi mà 2 ngày không trả lời',
    'Dấu hiệu: Sốt, Khó thở, Ho',
    'Khai lúc 07:05 ngày 24/11',
  ];

  test('stands beside what they told before, and is not called graver', async () => {
    await feverish();
    const { _id: id } = (await office.collections.alerts.findOne({ state: 'open' })) ?? { _id: '' };
    await office.call(nurse, 'alertAct', { id, do: 'claim' });
    await pass(at('24T08:00:00'), at('26T20:00:00'));
    expect(await read('alertNews')).toEqual([
      'Cảnh báo anh/chị đang xử lý có thông tin mới:',
      '🔔 Nguy cơ cao: Nguyễn Văn An, sinh 1990, Nam',
      ...HEARD,
    ]);
  });

  test('so it does where nobody has the alert yet', async () => {
    await feverish();
    await pass(at('24T08:00:00'), at('26T20:00:00'));
    expect(await read('alert')).toEqual(['🔔 Nguy cơ cao: N. V. A., 1990, Nam', ...HEARD]);
  });

  test.each([
    ['where it is an alert of its own', async () => undefined],
    [
      'where that declaration has come to the end of its days',
      () => office.collections.declarations.deleteMany({}),
    ],
  ])('%s, it says when they declared', async (_where, before: () => Promise<unknown>) => {
    await before();
    await pass(NOW, NOW + 4 * DAY_MS);
    expect(await read('alert')).toEqual([
      '🔔 Nguy cơ cao: N. V. A., 1990, Nam',
      'Lý do: đang được theo dõi mà 2 ngày không trả lời',
      'Dấu hiệu: Sốt, Khó thở',
      'Khai lúc 09:00 ngày 23/11',
    ]);
  });
});

describe('whoever took their declarations back', () => {
  const withdraw = (id: string) => counter.call<boolean>(citizen, 'withdrawDeclaration', { id });
  beforeEach(async () => {
    for (const name of ['declarations', 'alerts', 'followUps'] as const)
      await office.collections[name].deleteMany({});
  });

  test('cannot be watched: whoever closes the alert hears so', async () => {
    const { id } = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    await withdraw(id);
    expect(await close('monitored')).toEqual({ is: 'unwatched' });
    expect(await office.collections.followUps.countDocuments()).toBe(0);
    expect(await office.collections.alerts.findOne()).toMatchObject({
      state: 'closed',
      outcome: 'monitored',
    });
  });

  test('after an alert that came out of monitoring as well', async () => {
    const { id } = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    expect(await close('monitored')).toEqual({ is: 'closed' });
    await answer({ temperature: '38.5' });
    await withdraw(id);
    expect(await close('monitored')).toEqual({ is: 'closed' }); // as long as they are asked as before
    await answer({ temperature: '38.5' });
    await office.collections.followUps.updateMany({}, { $set: { state: 'ended' } });
    expect(await close('monitored')).toEqual({ is: 'unwatched' });
  });

  test('another outcome says nothing of it; another declaration of theirs that stands will do', async () => {
    const first = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    await withdraw(first.id);
    expect(await close('cleared')).toEqual({ is: 'closed' });
    const second = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    await counter.declare(citizen, { symptoms: [] });
    await withdraw(second.id);
    expect(await close('monitored')).toEqual({ is: 'closed' });
    expect(await office.collections.followUps.countDocuments({ state: 'active' })).toBe(1);
  });
});

test('whose declaration cannot be opened keeps nobody else from being asked; the administrators hear of it, once', async () => {
  const stuck = await watched();
  citizen = office.phone();
  await watch();
  const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
  const { declaration } = (await office.collections.followUps.findOne({ _id: stuck._id })) ?? {};
  const sealed = Buffer.from('not sealed by us');
  await office.collections.declarations.updateOne({ _id: declaration ?? '' }, { $set: { sealed } });
  expect(await run(at('23T18:00:00'))).toBe(1);
  await run(at('23T18:01:00'));
  expect((await asked()).map(({ chat }) => chat)).toEqual([citizen.chat]);
  expect(await office.rows('deskStuck')).toEqual([
    { purpose: 'deskStuck', chat: admin.chat, state: 'ready' },
  ]);
});

test('after a backup was restored they are asked once more in its round: an answer given since is lost', async () => {
  await beginEpoch(office.collections, 'Lò Thị Hoa', at('24T14:00:00'));
  expect(await run(at('24T14:01:00'))).toBe(1);
  expect(await run(at('24T14:02:00'))).toBe(0);
  expect(await asked()).toMatchObject([{ state: 'ready' }]);
});
