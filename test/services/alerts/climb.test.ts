import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { onLost, stillWanted } from '../../../src/services/alerts/lost.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, plain, SIN_HO, THAN_UYEN, type Worker } from './office.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const climb = (minutes: number, which: 'due' | 'waiting' = 'due'): Promise<number> => {
  office.now = NOW + minutes * MINUTE;
  return climbAlerts(office.parts, (effects) => office.write(effects), which, office.now);
};
/** Who was asked at a minute, by name. */
const askedAt = async (minutes: number, who: Readonly<Record<string, Worker>>): Promise<string> => {
  const rows = await office.collections.deliveries
    .find({ purpose: 'alert', readyAt: new Date(NOW + minutes * MINUTE) })
    .toArray();
  const ids = new Set(rows.map(({ staff }) => staff));
  const names = Object.entries(who).filter(([, { id }]) => ids.has(id));
  expect(names.length).toBe(rows.length);
  return names.map(([name]) => name).join(' ');
};
const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });

const everybody = async () => ({
  nurse: await office.worker(),
  cdc: await office.worker({ area: '12' }),
  head: await office.worker({ role: 'leader', onDuty: false }),
  chief: await office.worker({ role: 'leader', area: '12', onDuty: false }),
  admin: await office.worker({ role: 'admin', area: '12', onDuty: false }),
  far: await office.worker({ area: SIN_HO }),
});

describe('an alert that nobody claims', () => {
  test('climbs at 5, 10 and 15 minutes, and every 5 from then on', async () => {
    const who = await everybody();
    const id = await office.alert();
    const told: string[] = [await askedAt(0, who)];
    for (let minutes = 1; minutes <= 26; minutes += 1) {
      const sent = await climb(minutes);
      if (sent > 0) told.push(`${minutes}: ${await askedAt(minutes, who)}`);
    }
    expect(told).toEqual([
      'nurse',
      '5: nurse cdc',
      '10: nurse cdc head',
      '15: nurse cdc head chief admin',
      '20: nurse cdc head chief admin',
      '25: nurse cdc head chief admin',
    ]);
    expect(await alertDoc(id)).toMatchObject({ rung: 3, rev: 6, climbAt: new Date(NOW + 30 * MINUTE) });
  });

  test('climbs by the minutes of its level in the rules that are installed, from the first turn to the report', async () => {
    const clock = {
      high: { next: 2, leader: 7, province: 11, again: 4, report: 30 },
      critical: { next: 1, leader: 2, province: 3, again: 6, report: 90 },
    };
    office.ruleSet = { ...office.ruleSet, clock };
    const who = await everybody();
    const alerts = { high: await office.alert(), critical: await office.alert({ level: 'critical' }) };
    const turns: Record<string, number[]> = { high: [], critical: [] };
    for (let minutes = 1; minutes <= 15; minutes += 1) {
      await climb(minutes);
      for (const [level, about] of Object.entries(alerts))
        if (
          (await office.collections.deliveries.countDocuments({ about, readyAt: new Date(office.now) })) > 0
        )
          turns[level]?.push(minutes);
    }
    expect(turns).toEqual({ high: [2, 7, 11, 15], critical: [1, 2, 3, 9, 15] });
    const first = await office.collections.deliveries.findOne({ about: alerts.high, staff: who.nurse.id });
    expect(first && plain(await openRow(office.parts.sealer, first))).toContain('trước 09:30 ngày 23/11');
    const id = alerts.high;
    await office.call(who.nurse, 'alertAct', { id, do: 'claim' });
    await office.call(who.nurse, 'handOver', { to: who.cdc.id });
    expect(await alertDoc(id)).toMatchObject({ state: 'open', climbAt: new Date(NOW + 17 * MINUTE) });
  });

  test('a claim ends it', async () => {
    const who = await everybody();
    const id = await office.alert();
    await climb(5);
    await office.call(who.cdc, 'alertAct', { id, do: 'claim' });
    expect(await climb(10)).toBe(0);
    expect(await climb(60)).toBe(0);
    expect(await alertDoc(id)).toMatchObject({ owner: who.cdc.id });
  });

  test('a tick that comes twice, late, or in three processes sends nothing twice', async () => {
    const who = await everybody();
    await office.alert();
    const at = NOW + 5 * MINUTE;
    const tick = () => climbAlerts(office.parts, (effects) => office.write(effects), 'due', at);
    const sent = await Promise.all([tick(), tick(), tick()]);
    expect(sent.reduce((a, b) => a + b)).toBe(1);
    expect(await tick()).toBe(0);
    expect(await askedAt(5, who)).toBe('nurse cdc');
  });

  test('ticks missed for 22 minutes are made up by one message to everybody it would have gone to', async () => {
    const who = await everybody();
    await office.alert();
    expect(await climb(22)).toBe(1);
    expect(await askedAt(22, who)).toBe('nurse cdc head chief admin');
    expect(await climb(24)).toBe(0);
    expect(await climb(25)).toBe(1);
  });

  test('released again it begins anew', async () => {
    const who = await everybody();
    const id = await office.alert();
    await office.call(who.nurse, 'alertAct', { id, do: 'claim' });
    office.now = NOW + 40 * MINUTE;
    await office.call(who.nurse, 'closeAlert', { id, outcome: 'unreachable', note: 'không nghe máy' });
    expect(await climb(40, 'waiting')).toBe(1);
    expect(await askedAt(40, who)).toBe('nurse');
    expect(await climb(44)).toBe(0);
    expect(await climb(45)).toBe(1);
    expect(await askedAt(45, who)).toBe('nurse cdc');
  });

  test('of an older release, without a clock, it is due at once', async () => {
    await everybody();
    const id = await office.alert();
    await office.collections.alerts.updateOne(
      { _id: id },
      { $unset: { climbAt: '', nobodySince: '', rung: '' } },
    );
    expect(await climb(1)).toBe(1);
  });

  test('what the repeat says', async () => {
    await everybody();
    await office.alert();
    await climb(5);
    const row = await office.collections.deliveries.findOne({ readyAt: new Date(office.now) });
    expect(row && plain(await openRow(office.parts.sealer, row))).toBe(
      [
        '⏰ Chưa ai nhận sau 5 phút. Mời anh/chị nhận ngay.',
        '🔔 Nguy cơ cao: N. V. A., 1990, Nam',
        'Từ thành phố Hà Nội, ở lại xã Than Uyên, Lai Châu',
        'Lý do: sốt kèm khó thở',
        'Dấu hiệu: Sốt, Khó thở',
        'Khai lúc 09:00 ngày 23/11',
        'Báo cáo cấp trên trước 10:00 ngày 23/11 (còn 55 phút).',
        'Gõ: Nhận / Gọi / Đóng',
      ].join('\n'),
    );
  });
});

describe('a message that is not brought', () => {
  const lose = async (worker: Worker, at: number): Promise<void> => {
    const readyAt = new Date(NOW + at * MINUTE);
    const row = await office.collections.deliveries.findOne({ staff: worker.id, readyAt });
    if (row === null) throw new Error('nothing was sent');
    await onLost(office.parts)(row);
    await office.collections.deliveries.updateOne({ _id: row._id }, { $set: { state: 'failed' } });
  };

  test('to the only one who was asked: the next at once, without waiting', async () => {
    const who = await everybody();
    await office.alert();
    await lose(who.nurse, 0);
    expect(await climb(1, 'waiting')).toBe(1);
    expect(await askedAt(1, who)).toBe('cdc');
  });

  test('to everybody of a later turn: it climbs at once too, though the first was once told', async () => {
    const who = await everybody();
    await office.alert();
    await climb(5);
    await lose(who.nurse, 5);
    expect(await climb(6, 'waiting')).toBe(0);
    await lose(who.cdc, 5);
    expect(await climb(6, 'waiting')).toBe(1);
    expect(await askedAt(6, who)).toBe('far'); // on duty elsewhere in the province
  });

  test('every telephone in the province dead: visible, and tried again at each turn', async () => {
    const nurse = await office.worker();
    const id = await office.alert();
    await lose(nurse, 0);
    expect(await climb(1, 'waiting')).toBe(0);
    expect(await alertDoc(id)).toMatchObject({ waiting: true });
    expect(await climb(5)).toBe(1);
    expect(await askedAt(5, { nurse })).toBe('nurse');
  });
});

test('in an exercise that was left behind nothing climbs any more', async () => {
  await everybody();
  await office.alert();
  office.now = NOW + 60 * MINUTE;
  const tick = (life: number) =>
    climbAlerts(office.parts, (effects) => office.write(effects), 'due', office.now, life);
  expect(await tick(59 * MINUTE)).toBe(0);
  expect(await tick(61 * MINUTE)).toBe(1);
});

describe('many at once', () => {
  test('one person gets one message that names them, and every one of them has climbed', async () => {
    const nurse = await office.worker();
    for (let n = 0; n < 12; n += 1) await office.alert({ at: NOW + n });
    expect(await climb(6)).toBe(12);
    const rows = await office.collections.deliveries.find({ purpose: 'alertBundle' }).toArray();
    expect(rows.map(({ staff }) => staff)).toEqual([nurse.id]);
    const [row] = rows;
    const text = row === undefined ? '' : plain(await openRow(office.parts.sealer, row));
    expect(text.split('\n')).toHaveLength(1 + 10 + 1 + 1);
    expect(text).toContain('⏰ 12 cảnh báo chưa ai nhận.');
    expect(text).toContain('Nguy cơ cao: N. V. A., 1990, Nam, xã Than Uyên, Lai Châu, đã chờ 5 phút');
    expect(text).toContain('Và 2 cảnh báo nữa trong danh sách.');
    expect(await office.collections.deliveries.countDocuments({ readyAt: new Date(office.now) })).toBe(1);
    const rungs = await office.collections.alerts.find({}).toArray();
    expect(rungs.every(({ climbAt }) => climbAt !== undefined && climbAt > new Date(office.now))).toBe(true);
    expect(await climb(6)).toBe(0);
  });

  test('one of them is claimed meanwhile: the others are not held up', async () => {
    const nurse = await office.worker();
    const ids = [await office.alert(), await office.alert(), await office.alert()];
    let first = true;
    office.now = NOW + 6 * MINUTE;
    const sent = await climbAlerts(
      office.parts,
      async (effects) => {
        if (first) {
          first = false;
          await office.call(nurse, 'alertAct', { id: ids[1] ?? '', do: 'claim' });
        }
        return office.write(effects);
      },
      'due',
      office.now,
    );
    expect(sent).toBe(2);
    expect((await alertDoc(ids[1] ?? ''))?.state).toBe('claimed');
  });

  test('a bundle that reaches nobody makes each of its alerts climb', async () => {
    const nurse = await office.worker();
    for (let n = 0; n < 3; n += 1) await office.alert({ at: NOW + n });
    await climb(6);
    const row = await office.collections.deliveries.findOne({ purpose: 'alertBundle', staff: nurse.id });
    if (row !== null) await onLost(office.parts)(row);
    expect(await office.collections.alerts.countDocuments({ waiting: true })).toBe(3);
    const late = await office.worker({ role: 'admin', area: '12', onDuty: false });
    expect(await climb(7, 'waiting')).toBe(3);
    expect(await office.collections.deliveries.countDocuments({ staff: late.id })).toBe(1);
  });
});

describe('a bundle that got stuck, and a newer one of the same first alert', () => {
  /** Of three alerts `left` stay open; the newer bundle names as many of them, and others. Whether the older one is sent. */
  const stillSent = async (left: number, named: number, older: 'says' | 'does not say'): Promise<unknown> => {
    const nurse = await office.worker();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await office.alert({ at: NOW + n }));
    await climb(6);
    for (const id of ids.slice(left)) await office.call(nurse, 'alertAct', { id, do: 'claim' });
    const { deliveries } = office.collections;
    const row = await deliveries.findOne({ purpose: 'alertBundle' });
    if (row === null) throw new Error('there is no bundle');
    expect(row.alerts).toEqual(ids);
    const readyAt = new Date(NOW + 11 * MINUTE);
    await deliveries.insertOne({
      ...row,
      _id: 'newer',
      readyAt,
      alerts: [...ids.slice(0, named), 'another'],
    });
    const { alerts: _unsaid, ...old } = row;
    return stillWanted(office.parts)({ ...(older === 'says' ? row : old), missedAt: new Date(office.now) });
  };

  test.each([
    [3, 3, 'says', false],
    [3, 1, 'says', true],
    [2, 1, 'says', true],
    [1, 1, 'says', false],
    [2, 2, 'says', false],
    [3, 1, 'does not say', false],
  ] as const)(
    '%d left open, %d named by the newer one, the older one %s which: sent is %s',
    async (left, named, older, sent) => {
      expect(await stillSent(left, named, older)).toBe(sent);
    },
  );
});

test.each([
  ['an older word that came late as well', true, -1],
  ['a newer word', false, 1],
])('a word that got stuck, and %s was sent since: it is sent is %s', async (_, sent, later) => {
  const nurse = await office.worker();
  const about = await office.alert();
  const { deliveries } = office.collections;
  const row = await deliveries.findOne({ about, staff: nurse.id });
  if (row === null) throw new Error('nobody was asked');
  const idOf = (rev: number): string => `${about}:alert:${rev}:${nurse.id}`;
  await deliveries.insertOne({
    ...row,
    _id: idOf(5 + later),
    state: 'sent',
    sentAt: new Date(office.now + 1),
  });
  await deliveries.deleteOne({ _id: row._id });
  const stuck = { ...row, _id: idOf(5), missedAt: new Date(office.now) };
  expect(await stillWanted(office.parts)(stuck)).toBe(sent);
});

test('nobody on duty anywhere: a leader hears at once', async () => {
  const head = await office.worker({ role: 'leader', area: THAN_UYEN, onDuty: false });
  await office.alert();
  expect(await askedAt(0, { head })).toBe('head');
});
