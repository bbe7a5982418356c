import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { planAlert } from '../../../src/services/alerts/plan.ts';
import { declaredOf } from '../../domain/risk/facts.ts';
import { Office, plain, SIN_HO } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const chatsOf = async (purpose = 'alert') => (await office.rows(purpose)).map(({ chat }) => chat);
const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });

describe('whom an alert is sent to', () => {
  test('those on duty for the place', async () => {
    const [a, b] = [await office.worker(), await office.worker()];
    await office.worker({ area: SIN_HO });
    await office.worker({ area: '12' });
    const id = await office.alert();
    expect((await chatsOf()).sort()).toEqual([a.chat, b.chat].sort());
    expect(await alertDoc(id)).toMatchObject({ state: 'open', rev: 1, waiting: false, area: '12/03595' });
    expect((await alertDoc(id))?.asked.sort()).toEqual([a.id, b.id].sort());
  });

  test('else those on duty for the province', async () => {
    const b = await office.worker({ area: '12' });
    await office.worker({ onDuty: false });
    await office.alert();
    expect(await chatsOf()).toEqual([b.chat]);
  });

  test('else every duty member of the province, off shift too', async () => {
    const [a, c] = [
      await office.worker({ onDuty: false }),
      await office.worker({ area: SIN_HO, onDuty: false }),
    ];
    await office.worker({ role: 'leader', area: '12', onDuty: false });
    await office.alert();
    expect((await chatsOf()).sort()).toEqual([a.chat, c.chat].sort());
  });

  test('with nobody at all it waits, visibly', async () => {
    await office.worker({ chats: 0 });
    const id = await office.alert();
    expect(await alertDoc(id)).toMatchObject({ state: 'open', waiting: true, asked: [] });
    expect(await office.rows()).toEqual([]);
  });

  test('a shift that is over or has not begun does not count', async () => {
    const a = await office.worker({ onDuty: false });
    const b = await office.worker({ area: '12' });
    const hour = 3_600_000;
    const shift = (from: number, until: number) => ({
      _id: `${from}`,
      staff: a.id,
      area: '12/03595',
      from: new Date(office.now + from),
      until: new Date(office.now + until),
    });
    await office.collections.shifts.insertMany([shift(-9 * hour, 0), shift(hour, 9 * hour)]);
    await office.alert();
    expect(await chatsOf()).toEqual([b.chat]);
  });

  test('a traveller who leaves the province is told to those of the place they leave', async () => {
    const a = await office.worker();
    const id = await office.alert({
      area: '01',
      declared: declaredOf({ from: '03595', to: '01', stay: '01', home: '01' }),
    });
    expect(await alertDoc(id)).toMatchObject({ area: '12/03595' });
    expect(await chatsOf()).toEqual([a.chat]);
  });

  test('below the alerting level there is nothing to write', async () => {
    const planned = await planAlert(office.parts)(office.subject({ level: 'moderate' }));
    expect(planned).toEqual({ staff: 'none', effects: [] });
  });
});

describe('the message', () => {
  test('says who (masked), where, why, how fresh, and has three buttons', async () => {
    await office.worker();
    const id = await office.alert();
    const [row] = await office.collections.deliveries.find().toArray();
    const say = row && (await openRow(office.parts.sealer, row));
    expect(say && plain(say)).toBe(
      [
        '🔔 Nguy cơ cao: N. V. A., 1990, Nam',
        'Từ thành phố Hà Nội, ở lại xã Than Uyên, Lai Châu',
        'Lý do: sốt kèm khó thở',
        'Dấu hiệu: Sốt, Khó thở',
        'Khai lúc 09:00 ngày 23/11',
        'Báo cáo cấp trên trước 10:00 ngày 23/11 (còn 60 phút).',
        'Gõ: Nhận / Gọi / Đóng',
      ].join('\n'),
    );
    const ids = say?.choices?.map((choice) => choice.id) ?? [];
    expect(ids).toEqual([
      `/go:alert:do=claim&id=${id}`,
      `/go:alert:do=call&id=${id}`,
      `/go:closeAlert:id=${id}`,
    ]);
    // Telegram's limit for a button is 64 bytes, and the turn goes with it.
    for (const button of ids) expect(Buffer.byteLength(button)).toBeLessThanOrEqual(60);
  });

  test('nothing of it can be read in the database', async () => {
    await office.worker();
    await office.alert();
    const docs = [
      await office.collections.alerts.find().toArray(),
      await office.collections.deliveries.find().toArray(),
      await office.collections.staff.find().toArray(),
    ];
    const dump = JSON.stringify(docs, (_key, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    // With its blank: three letters may stand in an id by chance.
    for (const secret of ['Nguyễn', 'N. V. A.', '912345678', 'feverBreath', 'symptom', ' Hoa'])
      expect(dump).not.toContain(secret);
  });
});

describe('a later declaration of the same subject', () => {
  const subject = () => office.subject();

  test('no graver: brought up to date, not told again', async () => {
    await office.worker();
    const first = subject();
    const id = await office.alert(first);
    await office.alert({ ...first, at: office.now + 60_000 });
    const doc = await alertDoc(id);
    expect(await chatsOf()).toHaveLength(1);
    expect(doc).toMatchObject({ rev: 2, level: 'high', freshAt: new Date(office.now + 60_000) });
    expect(doc?.history.map(({ what }) => what)).toEqual(['opened', 'updated']);
  });

  test('graver while open: everybody is asked again, also who came on duty meanwhile', async () => {
    const a = await office.worker();
    const first = subject();
    const id = await office.alert(first);
    const b = await office.worker();
    await office.alert({ ...first, level: 'critical' });
    expect((await chatsOf()).sort()).toEqual([a.chat, a.chat, b.chat].sort());
    expect(await alertDoc(id)).toMatchObject({ rev: 2, level: 'critical' });
    expect((await alertDoc(id))?.asked.sort()).toEqual([a.id, b.id].sort());
  });

  test('graver while somebody has it: they are told, nobody else', async () => {
    const [a] = [await office.worker(), await office.worker()];
    const first = subject();
    const id = await office.alert(first);
    await office.call(a, 'alertAct', { id, do: 'claim' });
    await office.collections.deliveries.deleteMany({});
    await office.alert({ ...first, level: 'critical' });
    expect(await office.rows()).toEqual([{ purpose: 'alertNews', chat: a.chat, state: 'ready' }]);
    expect(await alertDoc(id)).toMatchObject({ state: 'claimed', owner: a.id, level: 'critical' });
  });

  test('milder: the alert stays what it was', async () => {
    await office.worker();
    const first = subject();
    const id = await office.alert(first);
    await office.alert({ ...first, level: 'low', reasons: [] });
    expect(await alertDoc(id)).toMatchObject({ level: 'high', state: 'open' });
    expect(await chatsOf()).toHaveLength(1);
  });

  test('after it was closed: only what is new opens another one', async () => {
    const a = await office.worker();
    const first = subject();
    const id = await office.alert(first);
    await office.call(a, 'alertAct', { id, do: 'claim' });
    await office.call(a, 'closeAlert', { id, outcome: 'cleared', note: 'đã gọi' });
    expect(await office.alert(first)).toBe(id);
    const next = await office.alert({ ...first, level: 'critical', at: office.now + 1 });
    expect(next).not.toBe(id);
    expect(await alertDoc(next)).toMatchObject({ state: 'open', rev: 1 });
  });

  test('planned while somebody claims it: stale, to be planned anew', async () => {
    const a = await office.worker();
    const first = subject();
    const id = await office.alert(first);
    const planned = await planAlert(office.parts)({ ...first, level: 'critical' });
    await office.call(a, 'alertAct', { id, do: 'claim' });
    expect(await office.write(planned.effects)).toBe(false);
    expect(await office.collections.deliveries.countDocuments({ purpose: 'alert' })).toBe(1);
  });
});
