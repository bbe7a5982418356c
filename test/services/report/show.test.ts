import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Role } from '../../../src/domain/roster.ts';
import { Office, THAN_UYEN } from '../alerts/office.ts';
import { Counter } from '../declarations/counter.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-26T10:15:00+07:00');

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['declarations', 'staff', 'reports'] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
});
afterAll(() => office.close());

const worker = (role: Role = 'leader', area = '12') => office.worker({ role, area, onDuty: false });
const kept = () => office.collections.reports.find().toArray();

test('today’s figures so far, of one’s own area, kept for their chart and file as long as the message', async () => {
  office.now = NOW - MINUTE;
  await new Counter(office).declare(office.phone(), { stay: '03595' });
  office.now = NOW;
  const head = await worker('leader', THAN_UYEN);
  const said = await office.call(head, 'showReport');
  const [doc, ...more] = await kept();
  expect(more).toEqual([]);
  expect(doc?.deleteAt?.getTime()).toBe(NOW + 14 * 86_400_000);
  const ref = { report: doc?._id, day: '2026-11-26', area: THAN_UYEN };
  expect(said).toMatchObject({
    is: 'report',
    image: { kind: 'chart', ...ref },
    file: { kind: 'report', ...ref },
  });
  expect(JSON.stringify(said.lines)).toContain('"report.declared"');
  expect(doc?.counted.today).toMatchObject([{ area: THAN_UYEN, count: 1 }]);
});

test('who asks again within a minute, or another leader, is shown the same; later it is counted anew', async () => {
  const [chief, head] = [await worker(), await worker('leader', THAN_UYEN)];
  const id = async (who: typeof chief): Promise<unknown> =>
    ((await office.call(who, 'showReport')).image as { report?: unknown }).report;
  const first = await id(chief);
  expect([await id(chief), await id(head)]).toEqual([first, first]);
  office.now = NOW + MINUTE + 1;
  expect(await id(chief)).not.toBe(first);
  expect(await kept()).toHaveLength(2);
});

test('the report of the day itself is not taken for it, nor one of yesterday’s last minute', async () => {
  const chief = await worker();
  office.now = Date.parse('2026-11-25T23:59:50+07:00');
  await office.call(chief, 'showReport');
  office.now += 20_000;
  await office.call(chief, 'showReport');
  expect((await kept()).map(({ counted }) => counted.day).sort()).toEqual(['2026-11-25', '2026-11-26']);
});

test.each([
  ['admin', 'report'],
  ['duty', 'notAllowed'],
  ['investigator', 'notAllowed'],
  ['officer', 'notAllowed'],
] as const)('%s: %s', async (role, is) => {
  expect(await office.call(await worker(role), 'showReport')).toMatchObject({ is });
});

test('nobody whose service has ended, and no citizen', async () => {
  const chief = await worker();
  await office.collections.staff.updateOne({ _id: chief.id }, { $set: { active: false } });
  expect(await office.call(chief, 'showReport')).toEqual({ is: 'stranger' });
  expect(await office.call(office.phone(), 'showReport')).toEqual({ is: 'stranger' });
  expect(await kept()).toEqual([]);
});

test('in an exercise without chart and file: those show what is real', async () => {
  const chief = await worker();
  const said = await office.call({ ...chief, memory: { ...chief.memory, training: NOW } }, 'showReport');
  expect(said).toMatchObject({ is: 'report' });
  expect(Object.keys(said).sort()).toEqual(['is', 'lines']);
});
