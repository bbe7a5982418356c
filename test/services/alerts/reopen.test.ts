import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import type { Line, Say } from '../../../src/dialogue/say.ts';
import type { Json } from '../../../src/domain/json.ts';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import { findAlert } from '../../../src/services/alerts/record.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, plain, SIN_HO, THAN_UYEN, type Worker } from './office.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const doc = (id: string) => office.collections.alerts.findOne({ _id: id });
const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });
const text = (result: Record<string, Json>): string =>
  plain({
    notes: result.lines as unknown as Line[],
    choices: result.choices as unknown as Say['choices'] & {},
    turn: 1,
  });
/** What each was told about an alert at this moment, by their chats. */
const toldNow = async () => {
  const rows = await office.collections.deliveries
    .find({ purpose: 'alertNews', readyAt: new Date(office.now) })
    .toArray();
  const texts = await Promise.all(rows.map((row) => openRow(office.parts.sealer, row)));
  return new Map(rows.map(({ staff }, n) => [staff, plain(texts[n] as Say)]));
};

/** An alert that a nurse has claimed, called about and closed, for the wrong reason. */
const closedBy = async (nurse: Worker, outcome = 'cleared', more = {}): Promise<string> => {
  const id = await office.alert(more);
  await act(nurse, id, 'claim');
  await act(nurse, id, 'call');
  await office.call(nurse, 'closeAlert', { id, outcome, note: 'nhầm người' });
  office.now += 10 * MINUTE;
  return id;
};

describe('a closed alert', () => {
  test('is reopened by who closed it: theirs, with the note on the card, and who and when in its history', async () => {
    const nurse = await office.worker();
    const id = await closedBy(nurse);
    const shown = text(await act(nurse, id, 'show'));
    expect(shown).toContain('Anh/chị đã đóng cảnh báo này.');
    expect(shown).toContain('1. Mở lại');
    const result = text(await act(nurse, id, 'reopen'));
    expect(result.split('\n')[0]).toBe('Cảnh báo đã mở lại, anh/chị đang xử lý. Mời gọi và ghi kết quả.');
    expect(result).toContain('Điện thoại: 0912345678');
    expect(result).toContain(
      'Trước đó Lò Thị Hoa ghi lúc 09:00 ngày 23/11: Không có nguy cơ. Ghi chú: nhầm người',
    );
    expect(result).toMatch(/1\. Gọi\n2\. Đóng\n3\. Đã báo cáo$/);
    const stored = await doc(id);
    expect(stored).toMatchObject({ state: 'claimed', owner: nurse.id, waiting: false });
    expect(stored?.outcome).toBeUndefined();
    expect(stored?.history.at(-1)).toEqual({ what: 'reopened', at: new Date(office.now), by: nurse.id });
    expect((await findAlert(office.parts, id))?.body.closing).toBeUndefined();
    expect((await toldNow()).size).toBe(0);
  });

  test('its clock begins anew: with its owner doing nothing, they and the leader hear', async () => {
    const nurse = await office.worker();
    const head = await office.worker({ role: 'leader', onDuty: false });
    const id = await closedBy(nurse);
    await act(nurse, id, 'reopen');
    const from = office.now;
    const told = async (minutes: number) => {
      office.now = from + minutes * MINUTE;
      await climbHeld(office.parts, (effects) => office.write(effects), office.now);
      const rows = await office.collections.deliveries
        .find({ purpose: 'alertHeld', readyAt: new Date(office.now) })
        .toArray();
      return rows.map(({ staff }) => staff).sort();
    };
    expect(await told(14)).toEqual([]);
    expect(await told(15)).toEqual([nurse.id]);
    expect(await told(30)).toEqual([nurse.id, head.id].sort());
  });

  test('is reopened by somebody on duty there: who closed it hears who has it now', async () => {
    const nurse = await office.worker();
    const id = await closedBy(nurse);
    const next = await office.worker({ name: 'Vàng A Sĩ' });
    await act(next, id, 'reopen');
    expect(await doc(id)).toMatchObject({ state: 'claimed', owner: next.id });
    expect(await toldNow()).toEqual(
      new Map([[nurse.id, 'Vàng A Sĩ đã mở lại cảnh báo về N. V. A., 1990, Nam và đang xử lý.']]),
    );
  });

  test.each([
    ['on duty there, with another area of their own', 'duty', true],
    ['on duty nowhere', 'duty', false],
    ['of a role that hears of no alerts', 'officer', false],
  ] as const)('somebody %s sees, lists and reopens it: %s, %s', async (who, role, may) => {
    const id = await closedBy(await office.worker());
    const helper = await office.worker({ area: SIN_HO, role, onDuty: false });
    const shift = { _id: helper.id, staff: helper.id, area: THAN_UYEN, from: new Date(office.now) };
    if (who !== 'on duty nowhere') await office.collections.shifts.insertOne(shift);
    const { alerts = [] } = await office.call(helper, 'recentlyClosed');
    expect((alerts as { id: string }[]).map((one) => one.id)).toEqual(may ? [id] : []);
    const shown = await act(helper, id, 'show');
    if (!may) expect(shown).toEqual({ is: 'gone' });
    else expect(text(shown)).toMatch(/N\. V\. A\.(.|\n)*1\. Mở lại/);
    // Under an old message there may still be its button.
    const refused = may ? { is: 'refused', line: { key: 'alert.refused.closed' } } : { is: 'gone' };
    for (const name of ['mayCloseAlert', 'closeAlert'])
      expect(await office.call(helper, name, { id, outcome: 'cleared', note: 'khỏe' })).toEqual(refused);
    await act(helper, id, 'reopen');
    expect(await doc(id)).toMatchObject(may ? { state: 'claimed', owner: helper.id } : { state: 'closed' });
  });

  test('that an admin closed for a slow nurse: all who were told so hear that it is open again', async () => {
    const nurse = await office.worker();
    const head = await office.worker({ role: 'leader', onDuty: false });
    const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
    const other = await office.worker();
    const id = await office.alert();
    await act(nurse, id, 'claim');
    for (const minutes of [15, 30]) {
      office.now = NOW + minutes * MINUTE;
      await climbHeld(office.parts, (effects) => office.write(effects), office.now);
    }
    await office.call(admin, 'closeAlert', { id, outcome: 'cleared', note: 'xong' });
    expect([...(await toldNow()).keys()].sort()).toEqual([nurse.id, head.id].sort());
    office.now += MINUTE;
    await act(other, id, 'reopen');
    expect([...(await toldNow()).keys()].sort()).toEqual([nurse.id, head.id, admin.id].sort());
  });

  test('ten press at once: exactly one has it, the others see who', async () => {
    const nurse = await office.worker();
    const id = await closedBy(nurse);
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, n) => office.worker({ name: `Cán Bộ ${'ABCDEFGHIK'[n]}` })),
    );
    const results = await Promise.all(all.map((who) => act(who, id, 'reopen')));
    const won = results.filter((result) => text(result).startsWith('Cảnh báo đã mở lại'));
    const late = results.filter((result) => /đã có Cán Bộ [A-K] nhận/.test(text(result)));
    expect([won.length, late.length]).toEqual([1, 9]);
    const stored = await doc(id);
    expect(stored?.history.filter(({ what }) => what === 'reopened')).toHaveLength(1);
    expect(all.findIndex((who) => who.id === stored?.owner)).toBe(results.indexOf(won[0] as never));
  });

  test('nobody else may, and nobody after a day', async () => {
    const nurse = await office.worker({ onDuty: false });
    const id = await closedBy(nurse);
    const [idle, far] = [await office.worker({ onDuty: false }), await office.worker({ area: SIN_HO })];
    const before = await doc(id);
    const refused = text(await act(idle, id, 'reopen'));
    expect(refused.split('\n')[0]).toBe(
      'Chỉ người đã nhận hoặc đã đóng, người đang trực, lãnh đạo địa bàn hoặc quản trị mới mở lại được, trong vòng 24 giờ.',
    );
    expect(refused).not.toContain('Mở lại\n');
    expect(await act(far, id, 'reopen')).toEqual({ is: 'gone' });
    office.now += 24 * HOUR;
    expect(text(await act(nurse, id, 'show'))).not.toContain('Mở lại');
    await act(nurse, id, 'reopen');
    expect(await doc(id)).toEqual(before);
  });

  test('a monitoring that began with the closing goes on', async () => {
    const nurse = await office.worker();
    const { followUps } = office.collections;
    const id = await closedBy(nurse);
    await followUps.insertOne({
      _id: 'f1',
      person: 'p1',
      declaration: 'd1',
      chat: 'c1',
      area: '12',
      by: nurse.id,
      alert: id,
      from: new Date(office.now),
      until: new Date(office.now + 24 * HOUR),
      askAt: new Date(office.now),
      lastAt: new Date(office.now),
      state: 'active',
      rev: 1,
      answers: [],
      deleteAt: new Date(office.now + 24 * HOUR),
    });
    const before = await followUps.findOne({ _id: 'f1' });
    await act(nurse, id, 'reopen');
    expect(await followUps.findOne({ _id: 'f1' })).toEqual(before);
    await followUps.deleteOne({ _id: 'f1' });
  });

  test('closed once more it can be reopened once more, and the card names both notes', async () => {
    const nurse = await office.worker();
    const id = await closedBy(nurse);
    await act(nurse, id, 'reopen');
    await office.call(nurse, 'closeAlert', { id, outcome: 'referred', note: 'đưa đi viện' });
    office.now += MINUTE;
    const result = text(await act(nurse, id, 'reopen'));
    expect(result).toContain('Ghi chú: nhầm người');
    expect(result).toContain('Ghi chú: đưa đi viện');
  });
});

describe('the list of what was closed', () => {
  const listed = async (who: Worker) =>
    ((await office.call(who, 'recentlyClosed')).alerts as { id: string; at: number }[]).map(({ id }) => id);

  test('is of the last day, the newest first, of what one may reopen', async () => {
    const nurse = await office.worker();
    const first = await closedBy(nurse);
    const second = await closedBy(nurse);
    const elsewhere = await closedBy(await office.worker({ area: SIN_HO }), 'cleared', { area: SIN_HO });
    await office.alert();
    expect(await listed(nurse)).toEqual([second, first]);
    expect(await listed(await office.worker({ onDuty: false }))).toEqual([]);
    const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
    expect(await listed(admin)).toEqual([elsewhere, second, first]);
    await act(nurse, second, 'reopen');
    expect(await listed(nurse)).toEqual([first]);
    office.now += 24 * HOUR;
    expect(await listed(nurse)).toEqual([]);
  });

  test('is not used up by what others closed', async () => {
    const nurse = await office.worker();
    const own = await closedBy(nurse);
    const other = await office.worker();
    for (let n = 0; n < 21; n += 1) {
      office.now += 1_000;
      await closedBy(other);
    }
    await office.collections.shifts.deleteMany({ staff: nurse.id });
    expect(await listed(nurse)).toEqual([own]);
  });

  test('holds also what one closed and is not of one’s area', async () => {
    const admin = await office.worker({ role: 'leader', area: SIN_HO, onDuty: false });
    const id = await office.alert();
    await office.collections.alerts.updateOne({ _id: id }, { $addToSet: { asked: admin.id } });
    await act(admin, id, 'claim');
    await office.call(admin, 'closeAlert', { id, outcome: 'cleared', note: 'xong' });
    expect(await listed(admin)).toEqual([id]);
  });
});
