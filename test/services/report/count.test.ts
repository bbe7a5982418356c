import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomId } from '../../../src/security/random.ts';
import { countDay } from '../../../src/services/report/count.ts';
import { alikeIn, daysIn } from '../../../src/services/report/countDeclarations.ts';
import { passedIn } from '../../../src/services/report/countPassages.ts';
import type { PassageDoc } from '../../../src/store/passages.ts';
import { Office } from '../alerts/office.ts';
import { Counter } from '../declarations/counter.ts';
import { passed } from './counts.ts';

const MINUTE = 60_000;
/** 16:30 on 26 November in Vietnam. */
const NOW = Date.parse('2026-11-26T09:30:00Z');
const at = (time: string): number => Date.parse(`2026-11-${time}:00+07:00`);

let office: Office;
let counter: Counter;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of ['declarations', 'alerts', 'deliveries', 'passages'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const count = (day = '2026-11-26', now = NOW) =>
  countDay({ collections: office.collections, home: '12' }, day, now);
const declare = async (time: string, given: Parameters<Counter['declare']>[1] = {}) => {
  office.now = at(time);
  const phone = office.phone();
  return { phone, ...(await counter.declare(phone, given)) };
};
const total = (rows: readonly { readonly count: number }[]): number => rows.reduce((a, b) => a + b.count, 0);

test('today to this moment, yesterday to the same hour, the days whole, each by Vietnam’s midnight', async () => {
  for (const time of ['25T00:00', '25T16:29', '25T16:31', '25T23:59', '26T00:00', '26T16:29', '26T16:31'])
    await declare(time);
  await declare('24T23:59');
  const { today, yesterday, days } = await count();
  expect([total(today), total(yesterday)]).toEqual([2, 2]);
  expect(days.map(({ day, count: found }) => [day, found])).toEqual([
    ['2026-11-24', 1],
    ['2026-11-25', 4],
    ['2026-11-26', 2],
  ]);
});

test('by area, level and where the journey began; the newest version only, withdrawn ones apart', async () => {
  await declare('26T08:00', { from: '03595', stay: '03595' });
  await declare('26T08:01', { from: '01', stay: '03388' });
  await declare('26T08:02', { from: 'LA', to: '01', stay: '01' });
  const changed = await declare('26T08:03', { from: '01' });
  office.now = at('26T09:00');
  await counter.correct(changed.phone, changed.id, { from: '03388', symptoms: ['fever', 'breath'] });
  const taken = await declare('26T08:04');
  office.now = at('26T10:00');
  await counter.call(taken.phone, 'withdrawDeclaration', { id: taken.id });
  const { today, alertsToday } = await count();
  expect(
    today.map(({ area, level, origin, withdrawn, count: n }) => [area, level, origin, withdrawn, n]).sort(),
  ).toEqual(
    [
      ['01', 'low', 'abroad', false, 1],
      ['12/03388', 'low', 'province', false, 1],
      ['12/03595', 'high', 'home', false, 1],
      ['12/03595', 'low', 'home', false, 1],
      ['12/03595', 'low', 'province', true, 1],
    ].sort(),
  );
  expect(alertsToday).toEqual([{ area: '12/03595', state: 'open', waits: [7 * 60 + 30] }]);
});

test('declarations of an older release, without the start in the open, count by their kind', async () => {
  const { id } = await declare('26T08:00', { from: 'LA' });
  const other = await declare('26T08:01', { from: '01' });
  await office.collections.declarations.updateMany(
    { _id: { $in: [id, other.id] } },
    { $unset: { from: '' } },
  );
  const { today } = await count();
  expect(today.map(({ origin }) => origin).sort()).toEqual(['abroad', 'home']);
});

test('alerts: what had become of them by the hour, and how long nobody had them', async () => {
  const nurse = await office.worker({ onDuty: false });
  const raise = async (time: string): Promise<string> => {
    office.now = at(time);
    return office.alert();
  };
  const act = async (time: string, id: string, what: string): Promise<void> => {
    office.now = at(time);
    await office.call(nurse, 'alertAct', { id, do: what });
  };
  const old = await raise('23T08:00');
  const before = await raise('25T16:00');
  await act('25T17:00', before, 'claim');
  const today = await raise('26T09:00');
  await act('26T09:07', today, 'claim');
  office.now = at('26T10:00');
  await office.call(nurse, 'closeAlert', { id: today, outcome: 'cleared', note: 'Không sao' });
  await raise('26T16:20');
  const counted = await count();
  expect(counted.alertsYesterday).toEqual([{ area: '12/03595', state: 'open', waits: [30] }]);
  expect(counted.alertsToday.map(({ state, waits }) => [state, waits])).toEqual([
    ['closed', [7]],
    ['open', [10]],
  ]);
  expect(counted.open?.map(({ since }) => (NOW - since) / MINUTE).sort((a, b) => a - b)).toEqual([
    10,
    (3 * 24 + 8.5) * 60,
  ]);
  expect(old).not.toBe('');
});

test('campaigns and passages come from their own counters, for the day and the moment of the rest', async () => {
  const campaign = { name: 'Tết', day: 2, planned: 10, sent: 8, failed: 1, declared: 3 };
  const passages = passed();
  const asked: unknown[] = [];
  const counters = {
    campaigns: async (...[, day, until]: readonly unknown[]) => {
      asked.push([day, until]);
      return [campaign];
    },
    passages: async () => [passages],
  };
  const parts = { collections: office.collections, home: '12', counters };
  const counted = await countDay(parts, '2026-11-26', NOW);
  expect(counted).toMatchObject({ campaigns: [campaign], passages: [passages] });
  expect(asked).toEqual([['2026-11-26', NOW]]);
  expect(await count()).toMatchObject({ campaigns: [], passages: [] });
});

const pass = (time: string, more: Partial<PassageDoc> = {}) =>
  office.collections.passages.insertOne({
    _id: randomId(),
    version: 1,
    checkpoint: 'son-binh',
    area: '12/03390',
    officer: 's1',
    at: new Date(at(time)),
    decision: 'passed',
    standing: 'valid',
    sealed: Buffer.alloc(0),
    deleteAt: new Date(at('26T23:59')),
    ...more,
  });

test('passages by checkpoint: today to this hour and yesterday to the same, each by Vietnam’s midnight', async () => {
  for (const time of ['25T00:00', '25T16:29', '25T16:31', '25T23:59', '26T00:00', '26T16:29', '26T16:31'])
    await pass(time, { plateIndex: 'coach' });
  await pass('24T23:59');
  await pass('26T08:00', { plateIndex: 'car' });
  await pass('26T08:01', { decision: 'sentBack', plateIndex: 'lorry' });
  await pass('25T08:02', { decision: 'handedOver' });
  await pass('26T08:03', { checkpoint: 'gone', area: '12/03637' });
  expect((await count()).passages).toEqual([
    {
      checkpoint: { vi: 'chốt số 1 Sơn Bình', en: 'checkpoint 1 Sơn Bình' },
      area: '12/03390',
      today: 3,
      yesterday: 2,
      vehicles: { today: 2, yesterday: 1 },
      sentBack: { today: 1, yesterday: 0 },
      handedOver: { today: 0, yesterday: 1 },
    },
    // No more in the list, and counted all the same; nobody said by what vehicle.
    expect.objectContaining({
      checkpoint: { vi: 'gone', en: 'gone' },
      area: '12/03637',
      today: 1,
      vehicles: { today: 0, yesterday: 0 },
    }),
  ]);
  // Of the whole day before: what came after the hour, to the last minute, and nothing of today's first.
  expect((await count('2026-11-25')).passages).toMatchObject([{ today: 4, yesterday: 1 }]);
});

test('a day that lies behind is whole, and says nothing of now; one that has not begun is empty', async () => {
  for (const time of ['25T08:00', '25T20:00', '26T08:00']) await declare(time);
  const past = await count('2026-11-25');
  expect([total(past.today), past.until, past.open]).toEqual([2, at('26T00:00'), undefined]);
  expect(total((await count('2026-11-27')).today)).toBe(0);
});

test('no declaration and no passage is read to be counted: all that counts stands in an index', async () => {
  for (let n = 0; n < 30; n += 1) await declare(`2${n % 7}T08:00`);
  for (let n = 0; n < 30; n += 1) await pass(`2${n % 7}T08:00`);
  const span = [at('26T00:00'), NOW] as const;
  const { declarations, passages } = office.collections;
  const asked = [
    declarations.aggregate(alikeIn(span)),
    declarations.aggregate(daysIn(span)),
    passages.aggregate(passedIn(span)),
  ];
  for (const each of asked) {
    const said = JSON.stringify(await each.explain('executionStats'));
    expect(said).toContain('IXSCAN');
    expect(said).toContain('"totalKeysExamined":');
    expect(said.match(/"totalDocsExamined":(?!0[,}])\d+/)).toBeNull();
  }
});
