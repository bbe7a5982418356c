import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { codeReminders } from '../../jobs/codeReminders.ts';
import { beginEpoch } from '../../src/delivery/outboxEpoch.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import { randomId } from '../../src/security/random.ts';
import { handOver } from '../../src/services/talks/data.ts';
import { armCrashPoints } from '../../src/store/crash-point.ts';
import { type Case, declaredOf } from '../domain/risk/facts.ts';
import { NOW } from '../harness/talk.ts';
import { Office, type Phone, plain } from '../services/alerts/office.ts';
import { Counter } from '../services/declarations/counter.ts';
import { spoil } from '../services/spoil.ts';
import { jobParts } from './parts.ts';

let office: Office;
let counter: Counter;
let citizen: Phone;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of ['declarations', 'deliveries', 'installation'] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
  citizen = office.phone();
});
afterAll(() => office.close());

/** In Vietnam; declared on the 23rd, a code is good to the end of the 26th. */
const at = (time: string): number => Date.parse(`2026-11-${time}+07:00`);
const run = (time: string) => codeReminders(jobParts(office)).run(at(time)) as Promise<number>;
const told = async () => {
  const rows = await office.collections.deliveries.find().toArray();
  return Promise.all(rows.map(async (row) => plain(await openRow(office.parts.sealer, row)).split('\n')[0]));
};
const passenger = (name: string, given: Case = {}) => {
  const declared = declaredOf(given);
  const args = {
    whom: 'other',
    declared: { ...declared, person: { ...declared.person, name } },
    consent: '2026-11',
  };
  return counter.call(citizen, 'submitDeclaration', args);
};

test('killed between the message and the note of it: the next run notes it, and nobody is told twice', async () => {
  await counter.declare(citizen);
  armCrashPoints((point) => {
    if (point === 'reminder-before-note') throw new Error('killed');
  });
  await run('26T07:00:00').catch(() => undefined);
  armCrashPoints(() => undefined);
  const untold = { endingTold: { $exists: false } };
  expect(await office.collections.declarations.countDocuments(untold)).toBe(1);
  await run('26T07:01:00');
  expect(await office.collections.declarations.countDocuments(untold)).toBe(0);
  expect(await told()).toHaveLength(1);
});

test('in the morning of the last day, and once', async () => {
  await counter.declare(citizen);
  expect(await run('26T06:59:00')).toBe(0);
  expect(await run('26T07:00:00')).toBe(1);
  expect(await run('26T07:01:00')).toBe(0);
  expect(await run('26T21:00:00')).toBe(0);
  expect(await told()).toEqual([
    'Mã tra cứu của Nguyễn Văn An hết hạn lúc 23:59 ngày 26/11. Nếu còn đi lại, mời khai tờ mới: chỉ vài câu.',
  ]);
  expect(await office.collections.deliveries.findOne()).toMatchObject({
    chat: citizen.chat,
    purpose: 'codeReminder',
    expiresAt: new Date(at('26T23:59:59')),
  });
});

test('a downtime in the morning is made up the same day, and not after the end', async () => {
  await counter.declare(citizen);
  expect(await run('27T07:00:00')).toBe(0);
  expect(await run('26T15:00:00')).toBe(1);
});

test('a driver is told of the whole bus at once', async () => {
  await passenger('Giàng A Một');
  await passenger('Giàng A Hai');
  expect(await run('26T08:00:00')).toBe(1);
  expect((await told())[0]).toContain('Giàng A Một, Giàng A Hai');
});

test('one that cannot be opened keeps nobody else from being told, in its own chat or in another', async () => {
  await passenger('Giàng A Một');
  await passenger('Giàng A Hai');
  const [bad] = await office.collections.declarations.find().sort({ at: 1 }).toArray();
  await counter.declare(office.phone());
  await spoil(office, 'declarations', bad?._id ?? '');
  expect(await run('26T08:00:00')).toBe(2);
  const texts = (await told()).join(' ');
  expect(texts).toContain('Nguyễn Văn An');
  expect(texts.match(/Giàng A (Một|Hai)/g)).toHaveLength(1);
  expect(await run('26T08:01:00')).toBe(0);
});

test('not who declared anew, has withdrawn, or does not travel', async () => {
  await counter.declare(citizen);
  office.now = at('25T12:00:00');
  await counter.declare(citizen, { day: '2026-11-25' });
  const phone = office.phone();
  const { id } = await counter.declare(phone);
  await counter.call(phone, 'withdrawDeclaration', { id });
  const home = declaredOf({});
  await counter.call(office.phone(), 'submitDeclaration', {
    whom: 'me',
    declared: { ...home, trip: { ...home.trip, means: 'none' } },
    consent: '2026-11',
  });
  await office.collections.declarations.updateMany(
    {
      validUntil: { $gt: new Date(at('27T00:00:00')) },
      chats: { $ne: citizen.chat },
    },
    { $set: { validUntil: new Date(at('26T23:59:59')) } },
  );
  expect(await run('26T08:00:00')).toBe(0);
});

test('where the chat that declared was connected with another, the talk is told', async () => {
  await counter.declare(citizen);
  const talk = randomId();
  await office.write(await handOver(office.parts, [citizen.chat], talk));
  expect(await run('26T07:00:00')).toBe(1);
  expect(await office.collections.deliveries.find().toArray()).toMatchObject([{ chat: talk }]);
});

test('three processes at once tell once', async () => {
  await counter.declare(citizen);
  const counts = await Promise.all(['26T08:00:00', '26T08:00:00', '26T08:00:01'].map(run));
  expect(counts.reduce((a, b) => a + b)).toBe(1);
});

test('of what was due before a backup was restored they may have heard: held; of what is due after it they hear', async () => {
  await counter.declare(citizen);
  office.now = NOW + 24 * 3_600_000;
  await counter.declare(office.phone());
  await beginEpoch(office.collections, 'Lò Thị Hoa', at('26T14:00:00'));
  await run('26T14:01:00');
  await run('27T07:01:00');
  const rows = await office.collections.deliveries.find().sort({ readyAt: 1 }).toArray();
  expect(rows.map(({ state, heldBy }) => [state, heldBy])).toEqual([
    ['held', 2],
    ['ready', undefined],
  ]);
});
