import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import { stillWanted } from '../../../src/services/alerts/lost.ts';
import { planAlert } from '../../../src/services/alerts/plan.ts';
import type { AlertSubject } from '../../../src/services/declarations/index.ts';
import { declaredOf } from '../../domain/risk/facts.ts';
import { NOW } from '../../harness/talk.ts';
import { Counter } from '../declarations/counter.ts';
import { Office, plain, SIN_HO, THAN_UYEN, type Worker } from './office.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const write = (effects: Parameters<Office['write']>[0]) => office.write(effects);
const climb = (minutes: number, which: 'due' | 'waiting' = 'due'): Promise<number> => {
  office.now = NOW + minutes * MINUTE;
  return climbAlerts(office.parts, write, which, office.now);
};
const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });
const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });

/** The same person, now in Sìn Hồ. */
const there = (subject: AlertSubject, more: Partial<AlertSubject> = {}): AlertSubject => ({
  ...subject,
  area: SIN_HO,
  declared: declaredOf({ symptoms: ['fever', 'breath'], stay: '03478' }),
  at: office.now,
  ...more,
});
const move = async (subject: AlertSubject, more: Partial<AlertSubject> = {}): Promise<string> => {
  const { staff, effects } = await planAlert(office.parts)(there(subject, more));
  expect(await office.write(effects)).toBe(true);
  return staff;
};
/** Who got a message since the first one, by name, and what it says. */
const told = async (who: Readonly<Record<string, Worker>>, purpose: string): Promise<readonly string[]> => {
  const rows = await office.collections.deliveries
    .find({ purpose, readyAt: { $gt: new Date(NOW) } })
    .toArray();
  const names = Object.entries(who).filter(([, { id }]) => rows.some(({ staff }) => staff === id));
  expect(names).toHaveLength(rows.length);
  return names.map(([name]) => name);
};
const textOf = async (purpose: string): Promise<string> => {
  const row = await office.collections.deliveries.findOne({ purpose });
  return row === null ? '' : plain(await openRow(office.parts.sealer, row));
};
const everybody = async () => ({
  nurse: await office.worker({ name: 'Lò Thị Hoa' }),
  far: await office.worker({ name: 'Vàng A Páo', area: SIN_HO }),
  cdc: await office.worker({ area: '12' }),
  head: await office.worker({ role: 'leader', onDuty: false }),
  chief: await office.worker({ role: 'leader', area: SIN_HO, onDuty: false }),
  admin: await office.worker({ role: 'admin', area: '12', onDuty: false }),
});

describe('somebody with an open alert moves to another commune', () => {
  test('by an update of their declaration: those on duty there are asked, and those of the old place hear that it went', async () => {
    const who = await everybody();
    const [counter, citizen] = [new Counter(office), office.phone()];
    const { id: declaration } = await counter.declare(citizen, { symptoms: ['fever', 'breath'] });
    office.now = NOW + MINUTE;
    const place = { code: '03478', said: 'Sìn Hồ' };
    const answer = await counter.call(citizen, 'recordMovement', {
      id: declaration,
      change: { day: '2026-11-23', place },
    });
    expect(answer.staff).toBe('told');
    expect(await told(who, 'alert')).toEqual(['far']);
    expect(await told(who, 'alertTaken')).toEqual(['nurse']);
    const [doc] = await office.collections.alerts.find().toArray();
    expect(doc).toMatchObject({ state: 'open', area: SIN_HO, asked: [who.far.id], waiting: false });
    expect(doc?.history.map(({ what }) => what)).toEqual(['opened', 'moved']);
  });

  test('it is no longer to be seen or taken where it was, but where it went', async () => {
    const who = await everybody();
    const subject = office.subject();
    const id = await office.alert(subject);
    const [sent] = await office.collections.deliveries.find({ purpose: 'alert' }).toArray();
    office.now = NOW + MINUTE;
    await move(subject);
    expect(sent && (await stillWanted(office.parts)(sent))).toBe(false);
    expect(await act(who.nurse, id, 'claim')).toEqual({ is: 'gone' });
    expect(await office.call(who.nurse, 'inbox')).toMatchObject({ alerts: [] });
    expect(await office.call(who.far, 'inbox')).toMatchObject({ alerts: [{ id, place: '03478' }] });
    await act(who.far, id, 'claim');
    expect(await alertDoc(id)).toMatchObject({ state: 'claimed', owner: who.far.id });
    expect(await textOf('alertTaken')).toBe(
      'N. V. A., 1990, Nam nay ở xã Sìn Hồ, Lai Châu. Cảnh báo đã chuyển về đó, anh/chị không cần xử lý nữa.',
    );
  });

  test('it is asked there as far up as it had climbed, and climbs on by its own clock', async () => {
    const who = await everybody();
    const subject = office.subject();
    const id = await office.alert(subject);
    await climb(5);
    await climb(10);
    office.now = NOW + 11 * MINUTE;
    await office.collections.deliveries.deleteMany({});
    await move(subject);
    expect(await told(who, 'alert')).toEqual(['far', 'cdc', 'chief']);
    expect(await told(who, 'alertTaken')).toEqual(['nurse', 'head']);
    await office.collections.deliveries.deleteMany({});
    expect(await climb(14)).toBe(0);
    expect(await climb(15)).toBe(1);
    expect(await told(who, 'alert')).toEqual(['far', 'cdc', 'chief', 'admin']);
    expect(await alertDoc(id)).toMatchObject({ nobodySince: new Date(NOW), rung: 3 });
  });

  test('with nobody there it waits, visibly, and nobody says that somebody knows', async () => {
    const nurse = await office.worker();
    const subject = office.subject();
    const id = await office.alert(subject);
    await office.collections.staff.updateOne({ _id: nurse.id }, { $set: { role: 'investigator' } });
    await office.collections.shifts.deleteMany({});
    office.now = NOW + MINUTE;
    expect(await move(subject)).toBe('waiting');
    expect(await alertDoc(id)).toMatchObject({ area: SIN_HO, waiting: true, asked: [] });
    const late = await office.worker({ area: SIN_HO });
    expect(await climb(2, 'waiting')).toBe(1);
    expect((await alertDoc(id))?.asked).toEqual([late.id]);
  });

  test('graver at the same time: it is raised and moved, and told once', async () => {
    const who = await everybody();
    const subject = office.subject();
    const id = await office.alert(subject);
    office.now = NOW + MINUTE;
    await move(subject, { level: 'critical' });
    expect(await told(who, 'alert')).toEqual(['far']);
    const doc = await alertDoc(id);
    expect(doc).toMatchObject({ level: 'critical', area: SIN_HO, rev: 2 });
    expect(doc?.history.map(({ what }) => what)).toEqual(['opened', 'raised', 'moved']);
  });

  test('planned while somebody claims it: stale, to be planned anew', async () => {
    const nurse = await office.worker();
    const subject = office.subject();
    const id = await office.alert(subject);
    const planned = await planAlert(office.parts)(there(subject));
    await act(nurse, id, 'claim');
    expect(await office.write(planned.effects)).toBe(false);
    expect(await alertDoc(id)).toMatchObject({ owner: nurse.id, area: THAN_UYEN });
  });

  test.each([
    ['who leaves the province', { area: '01' }],
    ['where nothing was declared', { toldAt: NOW }],
    ['whose place is said less exactly', { area: '12' }],
  ] as const)('%s: it stays where it was', async (_name, more) => {
    await everybody();
    const subject = office.subject();
    const id = await office.alert(subject);
    await move(subject, more);
    expect(await alertDoc(id)).toMatchObject({ area: THAN_UYEN });
    expect(await office.rows('alert')).toHaveLength(1);
  });
});

describe('somebody whose alert is claimed moves', () => {
  const claimed = async (who: Worker) => {
    const subject = office.subject();
    const id = await office.alert(subject);
    await act(who, id, 'claim');
    await office.collections.deliveries.deleteMany({});
    return { subject, id };
  };

  test('its owner keeps it, hears of it, and may still call, close and give it back', async () => {
    const who = await everybody();
    const { subject, id } = await claimed(who.nurse);
    office.now = NOW + MINUTE;
    expect(await move(subject)).toBe('told');
    expect(await office.rows()).toEqual([{ purpose: 'alertNews', chat: who.nurse.chat, state: 'ready' }]);
    const said = await textOf('alertNews');
    expect(said).toContain('nay ở xã Sìn Hồ, Lai Châu. Anh/chị vẫn phụ trách');
    expect(said).toContain('Gõ: Gọi / Đóng / Đã báo cáo / Trả lại');
    expect(await alertDoc(id)).toMatchObject({ owner: who.nurse.id, area: SIN_HO, asked: [] });
    await act(who.nurse, id, 'call');
    expect((await alertDoc(id))?.history.at(-1)).toMatchObject({ what: 'called', by: who.nurse.id });
  });

  test('given back it goes to those on duty at the new place', async () => {
    const who = await everybody();
    const { subject, id } = await claimed(who.nurse);
    office.now = NOW + MINUTE;
    await move(subject);
    await act(who.nurse, id, 'release');
    expect(await climb(2, 'waiting')).toBe(1);
    expect(await told(who, 'alert')).toEqual(['far', 'cdc']);
    expect(await act(who.nurse, id, 'claim')).toEqual({ is: 'gone' });
  });

  test('left lying it is told of to its owner, and then to the leader of the new place', async () => {
    const who = await everybody();
    const { subject } = await claimed(who.nurse);
    office.now = NOW + MINUTE;
    await move(subject);
    for (const minutes of [15, 30]) await climbHeld(office.parts, write, NOW + minutes * MINUTE);
    const rows = await office.collections.deliveries
      .find({ purpose: 'alertHeld' })
      .sort({ readyAt: 1 })
      .toArray();
    const names = Object.entries(who);
    expect(rows.map(({ staff }) => names.find(([, { id }]) => id === staff)?.[0]).sort()).toEqual([
      'chief',
      'nurse',
      'nurse',
    ]);
  });

  test('graver at the same time: its owner hears both in one message', async () => {
    const who = await everybody();
    const { subject, id } = await claimed(who.nurse);
    await act(who.nurse, id, 'call');
    await office.collections.deliveries.deleteMany({});
    office.now = NOW + MINUTE;
    await move(subject, { level: 'critical' });
    expect(await office.rows()).toHaveLength(1);
    expect(await textOf('alertNews')).toContain('nghiêm trọng hơn');
    expect(await alertDoc(id)).toMatchObject({ climbAt: new Date(office.now), level: 'critical' });
  });
});
