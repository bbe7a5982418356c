import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import type { OnStuck } from '../../../src/services/stuck.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { NOW } from '../../harness/talk.ts';
import { Counter } from '../declarations/counter.ts';
import { spoil } from '../spoil.ts';
import { Office, plain, type Worker } from './office.ts';

const MINUTE = 60_000;

let office: Office;
let stuck: string[];
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts', 'declarations'] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
  stuck = [];
});
afterAll(() => office.close());

const onStuck: OnStuck = (error, { collection, id }) =>
  stuck.push(`${collection} ${id}: ${error instanceof Error ? error.name : ''}`);
const parts = () => ({ ...office.parts, onStuck });
const write = (effects: Parameters<Office['write']>[0]) => office.write(effects);
const climb = (minutes: number, which: 'due' | 'waiting' = 'due') =>
  climbAlerts(parts(), write, which, NOW + minutes * MINUTE);
const held = (minutes: number) => climbHeld(parts(), write, NOW + minutes * MINUTE);

const rowsFor = (about: string, purpose: string) =>
  office.collections.deliveries.find({ about, purpose }).toArray();
const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });
const admin = () => office.worker({ role: 'admin', area: '12', onDuty: false });

describe('an alert that cannot be opened', () => {
  test('keeps no other from climbing, and the administrators hear of it, once', async () => {
    await office.worker();
    const cdc = await office.worker({ area: '12' });
    const boss = await admin();
    const [bad, good] = [await office.alert(), await office.alert()];
    await spoil(office, 'alerts', bad);
    expect(await climb(5)).toBe(1);
    expect(await climb(6)).toBe(0);
    expect((await rowsFor(good, 'alert')).map(({ staff }) => staff)).toContain(cdc.id);
    const told = await office.collections.deliveries.find({ purpose: 'deskStuck' }).toArray();
    expect(told.map(({ staff }) => staff)).toEqual([boss.id]);
    expect(told[0] && plain(await openRow(office.parts.sealer, told[0]))).toBe(
      `⚠️ Không mở được một cảnh báo ở xã Than Uyên, Lai Châu, từ 09:00 ngày 23/11 (mã ${bad}). Không ai được nhắc về cảnh báo này nữa: mời hỏi cán bộ trực ở đó và báo người phụ trách máy chủ.`,
    );
    expect(new Set(stuck)).toEqual(new Set([`alerts ${bad}: SealError`]));
  });

  test('is told of as soon as an administrator can be reached', async () => {
    await office.worker();
    await spoil(office, 'alerts', await office.alert());
    await climb(5);
    expect(await office.rows('deskStuck')).toEqual([]);
    await admin();
    await climb(6);
    expect(await office.rows('deskStuck')).toHaveLength(1);
  });

  test('keeps no other waiting for somebody to come', async () => {
    const [bad, good] = [await office.alert(), await office.alert()];
    await spoil(office, 'alerts', bad);
    await office.worker();
    await admin();
    expect(await climb(1, 'waiting')).toBe(1);
    expect(await rowsFor(good, 'alert')).toHaveLength(1);
    expect(await office.rows('deskStuck')).toHaveLength(1);
  });

  test('keeps no other from being told of when it lies with its owner', async () => {
    const nurse = await office.worker();
    await admin();
    const [bad, good] = [await office.alert(), await office.alert()];
    for (const id of [bad, good]) await act(nurse, id, 'claim');
    await held(0);
    await spoil(office, 'alerts', bad);
    expect(await held(15)).toBe(1);
    expect(await rowsFor(good, 'alertHeld')).toHaveLength(1);
    expect(await office.rows('deskStuck')).toHaveLength(1);
  });

  test('an owner whose name cannot be read is reminded all the same, and so is their leader', async () => {
    const nurse = await office.worker();
    await office.worker({ role: 'leader', onDuty: false });
    const id = await office.alert();
    await act(nurse, id, 'claim');
    await spoil(office, 'staff', nurse.id);
    for (const minutes of [0, 15, 30]) await held(minutes);
    expect(await rowsFor(id, 'alertHeld')).toHaveLength(3);
    expect(new Set(stuck)).toEqual(new Set([`staff ${nurse.id}: SealError`]));
  });

  test('stands in nobody’s way: the list, a hand-over, and what its person declares', async () => {
    const [nurse, other] = [await office.worker(), await office.worker()];
    const [counter, citizen] = [new Counter(office), office.phone()];
    const { id: declaration } = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    const bad = (await office.collections.alerts.findOne({}))?._id ?? '';
    const good = await office.alert();
    await spoil(office, 'alerts', bad);
    expect(await office.call(nurse, 'inbox')).toMatchObject({ alerts: [{ id: good }], more: 1 });
    expect(await office.call(nurse, 'handOver', { to: other.id })).toMatchObject({ is: 'handed', count: 2 });
    const again = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    expect(again.staff).toBe('told');
    expect(await office.collections.alerts.countDocuments({ subject: again.id })).toBe(1);
    expect(await counter.call<boolean>(citizen, 'withdrawDeclaration', { id: declaration })).toBe(true);
  });
});

test('that the database is away is said, and blamed on no alert', async () => {
  await office.worker();
  await office.alert();
  const { staff } = office.collections;
  const gone = new Proxy(staff, {
    get: (target, name) => {
      if (name === 'find') throw new Unavailable('away');
      return Reflect.get(target, name);
    },
  });
  const broken = { ...parts(), collections: { ...office.collections, staff: gone } };
  await expect(climbAlerts(broken, write, 'due', NOW + 5 * MINUTE)).rejects.toThrow(Unavailable);
  expect(stuck).toEqual([]);
});
