import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { alertsClimb } from '../../../jobs/alertsClimb.ts';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import type { Line } from '../../../src/dialogue/say.ts';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import { stillWanted } from '../../../src/services/alerts/lost.ts';
import { remindOfReports } from '../../../src/services/alerts/reportDue.ts';
import { NOW } from '../../harness/talk.ts';
import { jobParts } from '../../jobs/parts.ts';
import { Office, plain, type Worker } from './office.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const act = async (who: Worker, id: string, does: string): Promise<string> => {
  const { lines, choices } = await office.call(who, 'alertAct', { id, do: does });
  return plain({
    turn: 1,
    notes: (lines ?? []) as unknown as readonly Line[],
    choices: (choices ?? []) as never,
  });
};
const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });
const entries = async (id: string, what: string) =>
  ((await alertDoc(id))?.history ?? []).filter((one) => one.what === what);
const look = (minutes: number): Promise<number> => {
  office.now = NOW + minutes * MINUTE;
  return remindOfReports(office.parts, (effects) => office.write(effects), office.now);
};
const rows = (purpose: string) => office.collections.deliveries.find({ purpose }).toArray();
const claimed = async (who: Worker): Promise<string> => {
  const id = await office.alert();
  await act(who, id, 'claim');
  return id;
};

describe('the report to the authority', () => {
  test('is noted with who and when, stands in place of the countdown, and a second press changes nothing', async () => {
    const nurse = await office.worker();
    const id = await claimed(nurse);
    expect(await act(nurse, id, 'show')).toMatch(/còn 60 phút.*3\. Đã báo cáo$/s);
    const climbAt = (await alertDoc(id))?.climbAt;
    office.now = NOW + 12 * MINUTE;
    const first = await act(nurse, id, 'report');
    expect(first).toContain('Đã ghi nhận là anh/chị đã báo cáo cấp trên.');
    expect(first).toContain('Lò Thị Hoa đã báo cáo cấp trên lúc 09:12 ngày 23/11.');
    expect(first).not.toMatch(/còn \d+ phút|\d\. Đã báo cáo/);
    const doc = await alertDoc(id);
    expect(doc).toMatchObject({ state: 'claimed', owner: nurse.id, climbAt });
    expect(await entries(id, 'reported')).toEqual([
      { what: 'reported', at: new Date(office.now), by: nurse.id },
    ]);
    office.now = NOW + 80 * MINUTE;
    expect(await act(nurse, id, 'report')).toContain('Lò Thị Hoa đã báo cáo cấp trên lúc 09:12 ngày 23/11.');
    expect(await alertDoc(id)).toEqual(doc);
    expect(JSON.stringify(doc)).not.toContain('Lò Thị Hoa');
  });

  test('late, it says how late', async () => {
    const nurse = await office.worker();
    const id = await claimed(nurse);
    office.now = NOW + 71.5 * MINUTE;
    expect(await act(nurse, id, 'report')).toContain(
      'Lò Thị Hoa đã báo cáo cấp trên lúc 10:11 ngày 23/11 (quá hạn 12 phút).',
    );
  });

  test('nobody notes it but who has the alert, while they have it, and they read why', async () => {
    const [nurse, other] = [await office.worker(), await office.worker()];
    const id = await office.alert();
    const refused = async (who: Worker): Promise<void> => {
      const before = await alertDoc(id);
      expect(await act(who, id, 'report')).toContain('Chưa ghi được: chỉ người đang xử lý');
      expect(await alertDoc(id)).toEqual(before);
    };
    await refused(nurse);
    await act(nurse, id, 'call');
    await refused(other);
    await office.call(nurse, 'closeAlert', { id, outcome: 'cleared', note: 'khỏe' });
    await refused(nurse);
  });

  test('it holds whoever has the alert next, closed and opened again too; the reminder of what lies says it', async () => {
    const [nurse, other] = [await office.worker(), await office.worker({ name: 'Vàng A Sĩ' })];
    const id = await claimed(nurse);
    await act(nurse, id, 'report');
    const said = 'Lò Thị Hoa đã báo cáo cấp trên lúc 09:00 ngày 23/11.';
    await act(nurse, id, 'release');
    expect(await act(other, id, 'claim')).toContain(said);
    office.now = NOW + 15 * MINUTE;
    await climbHeld(office.parts, (effects) => office.write(effects), office.now);
    const [row] = await rows('alertHeld');
    expect(row && plain(await openRow(office.parts.sealer, row))).toContain(said);
    await office.call(other, 'closeAlert', { id, outcome: 'cleared', note: 'khỏe' });
    expect(await act(other, id, 'show')).toContain(said);
    const reopened = await act(other, id, 'reopen');
    expect(reopened).toContain(said);
    expect(reopened).not.toMatch(/\d\. Đã báo cáo/);
    expect(await look(50)).toBe(0);
  });
});

describe('the reminder', () => {
  test('comes to the owner a quarter of an hour before the end, once, in however many processes', async () => {
    const nurse = await office.worker();
    await office.worker({ role: 'leader' });
    const id = await claimed(nurse);
    expect(await look(44)).toBe(0);
    office.now = NOW + 45 * MINUTE;
    const sent = await Promise.all([look(45), look(45), look(45)]);
    expect(sent.reduce((a, b) => a + b)).toBe(1);
    expect(await look(46)).toBe(0);
    const [row, ...others] = await rows('alertReport');
    expect([row?.staff, others]).toEqual([nurse.id, []]);
    expect((row && plain(await openRow(office.parts.sealer, row)))?.split('\n')).toEqual([
      '⏰ Cảnh báo anh/chị đang xử lý chưa ghi là đã báo cáo cấp trên. Báo cáo xong thì bấm "Đã báo cáo".',
      '🔔 Nguy cơ cao: N. V. A., 1990, Nam',
      'Từ thành phố Hà Nội, ở lại xã Than Uyên, Lai Châu',
      'Lý do: sốt kèm khó thở',
      'Dấu hiệu: Sốt, Khó thở',
      'Khai lúc 09:00 ngày 23/11',
      'Báo cáo cấp trên trước 10:00 ngày 23/11 (còn 15 phút).',
      'Gõ: Gọi / Đóng / Đã báo cáo',
    ]);
    if (row === undefined) throw new Error('nobody was reminded');
    expect(await stillWanted(office.parts)(row)).toBe(true);
    await act(nurse, id, 'report');
    expect(await stillWanted(office.parts)(row)).toBe(false);
  });

  test('comes to whoever takes the shift over as well, who has seen no card; and no more to who had it', async () => {
    const [nurse, other] = [await office.worker(), await office.worker({ onDuty: false })];
    const id = await claimed(nurse);
    expect(await look(45)).toBe(1);
    office.now = NOW + 50 * MINUTE;
    await office.call(other, 'takeOver', { from: nurse.id });
    expect(await look(51)).toBe(1);
    expect(await look(52)).toBe(0);
    const [first, second] = await rows('alertReport');
    expect([first?.staff, second?.staff]).toEqual([nurse.id, other.id]);
    if (first === undefined || second === undefined) throw new Error('somebody was not reminded');
    const wanted = [await stillWanted(office.parts)(first), await stillWanted(office.parts)(second)];
    expect(wanted).toEqual([false, true]);
    await act(other, id, 'report');
    expect(await look(53)).toBe(0);
  });

  test('comes with the clock of the alerts; in an exercise that was left behind it does not', async () => {
    const nurse = await office.worker();
    await claimed(nurse);
    office.now = NOW + 50 * MINUTE;
    const write = (effects: Parameters<Office['write']>[0]) => office.write(effects);
    expect(await remindOfReports(office.parts, write, office.now, 49 * MINUTE)).toBe(0);
    await alertsClimb(jobParts(office)).run(office.now);
    expect((await rows('alertReport')).map(({ staff }) => staff)).toEqual([nurse.id]);
  });

  test('not of what was noted, closed, or is nobody’s; not to who has just read it', async () => {
    const nurse = await office.worker();
    await act(nurse, await claimed(nurse), 'report');
    await office.call(nurse, 'closeAlert', { id: await claimed(nurse), outcome: 'cleared', note: 'khỏe' });
    await office.alert();
    const late = await office.alert();
    office.now = NOW + 50 * MINUTE;
    await act(nurse, late, 'claim');
    expect(await look(51)).toBe(0);
    expect(await look(70)).toBe(0);
  });

  test('an owner without a telephone hears of it when there is one, as long as it is of use', async () => {
    const nurse = await office.worker();
    await claimed(nurse);
    const chats = (now: readonly string[]) =>
      office.collections.staff.updateOne({ _id: nurse.id }, { $set: { chats: [...now] } });
    await chats([]);
    expect(await look(45)).toBe(0);
    await chats([nurse.chat]);
    expect(await look(61)).toBe(1);
    const [row] = await rows('alertReport');
    expect(row && plain(await openRow(office.parts.sealer, row))).toContain(
      'Đã quá hạn báo cáo cấp trên: 10:00 ngày 23/11.',
    );
  });

  test('many at once are one message', async () => {
    const nurse = await office.worker();
    const ids = [await claimed(nurse), await claimed(nurse), await claimed(nurse)];
    expect(await look(45)).toBe(3);
    expect(await rows('alertReport')).toEqual([]);
    const [row, ...others] = await rows('alertReportBundle');
    if (row === undefined) throw new Error('nobody was reminded');
    expect(others).toEqual([]);
    const lines = plain(await openRow(office.parts.sealer, row)).split('\n');
    expect(lines[0]).toContain('⏰ 3 cảnh báo anh/chị đang xử lý chưa ghi là đã báo cáo cấp trên.');
    expect(lines[1]).toBe(
      'Nguy cơ cao: N. V. A., 1990, Nam, xã Than Uyên, Lai Châu, hạn báo cáo 10:00 ngày 23/11',
    );
    await claimed(nurse); // not among them: it is reminded of by itself
    for (const [n, id] of ids.entries()) {
      expect([n, await stillWanted(office.parts)(row)]).toEqual([n, true]);
      await act(nurse, id, 'report');
    }
    expect(await stillWanted(office.parts)(row)).toBe(false);
  });
});
