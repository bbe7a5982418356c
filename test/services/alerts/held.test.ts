import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import { onLost, stillWanted } from '../../../src/services/alerts/lost.ts';
import type { DeliveryDoc } from '../../../src/store/deliveries.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, plain, SIN_HO, THAN_UYEN, type Worker } from './office.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const tick = async (minutes: number): Promise<number> => {
  office.now = NOW + minutes * MINUTE;
  return climbHeld(office.parts, (effects) => office.write(effects), office.now);
};
/** Ticks as they come; every minute would say the same. */
const pass = async (from: number, to: number): Promise<void> => {
  for (let at = from; at <= to; at += 1) await tick(at);
};
type Everybody = Readonly<Record<string, Worker>>;
const everybody = async () => ({
  nurse: await office.worker({ name: 'Lò Thị Hoa' }),
  cdc: await office.worker({ area: '12' }),
  head: await office.worker({ name: 'Vàng A Páo', role: 'leader', onDuty: false }),
  chief: await office.worker({ role: 'leader', area: '12', onDuty: false }),
  admin: await office.worker({ role: 'admin', area: '12', onDuty: false }),
  far: await office.worker({ role: 'leader', area: SIN_HO, onDuty: false }),
});
const nameOf = (who: Everybody, id: string | undefined): string =>
  Object.entries(who).find(([, worker]) => worker.id === id)?.[0] ?? '?';
const rowsOf = (purpose: string) =>
  office.collections.deliveries.find({ purpose }).sort({ readyAt: 1 }).toArray();
/** Who was told when: "15: nurse", the names in the order of the roster. */
const told = async (who: Everybody, purpose = 'alertHeld'): Promise<readonly string[]> => {
  const rows = await rowsOf(purpose);
  const minutes = [...new Set(rows.map(({ readyAt }) => (readyAt.getTime() - NOW) / MINUTE))];
  return minutes.map((at) => {
    const those = rows.filter(({ readyAt }) => readyAt.getTime() === NOW + at * MINUTE);
    const names = Object.keys(who).filter((name) => those.some(({ staff }) => nameOf(who, staff) === name));
    expect(names).toHaveLength(those.length);
    return `${at}: ${names.join(' ')}`;
  });
};
const text = async (row: DeliveryDoc | undefined): Promise<string> =>
  row === undefined ? '' : plain(await openRow(office.parts.sealer, row));
const rowFor = async (worker: Worker, purpose: string): Promise<DeliveryDoc> => {
  const row = (await rowsOf(purpose)).findLast(({ staff }) => staff === worker.id);
  if (row === undefined) throw new Error(`no ${purpose} for them`);
  return row;
};
const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });
const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });
const claimed = async (who: Worker): Promise<string> => {
  const id = await office.alert();
  await act(who, id, 'claim');
  return id;
};

describe('an alert that is claimed, and nothing more', () => {
  test('is told of to its owner at 15 minutes, the leader at 30, the province at 45, and every 30', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    await pass(0, 106);
    expect(await told(who)).toEqual([
      '15: nurse',
      '30: nurse head',
      '45: nurse cdc head chief admin',
      '75: nurse cdc head chief admin',
      '105: nurse cdc head chief admin',
    ]);
  });

  test('graver, it is told of sooner', async () => {
    const who = await everybody();
    const id = await office.alert({ level: 'critical' });
    await act(who.nurse, id, 'claim');
    await pass(0, 31);
    expect(await told(who)).toEqual(['10: nurse', '20: nurse head', '30: nurse cdc head chief admin']);
  });

  test('what its owner and what the leader read', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    await pass(0, 30);
    const card = [
      '🔔 Nguy cơ cao: N. V. A., 1990, Nam',
      'Từ thành phố Hà Nội, ở lại xã Than Uyên, Lai Châu',
      'Lý do: sốt kèm khó thở',
      'Dấu hiệu: Sốt, Khó thở',
      'Khai lúc 09:00 ngày 23/11',
      'Báo cáo cấp trên trước 10:00 ngày 23/11 (còn 30 phút).',
    ];
    expect((await text(await rowFor(who.nurse, 'alertHeld'))).split('\n')).toEqual([
      '⏰ Anh/chị nhận cảnh báo này từ 09:00 ngày 23/11 mà chưa gọi. Mời gọi ngay; bận việc khác thì bấm "Trả lại".',
      ...card,
      'Gõ: Gọi / Đóng / Đã báo cáo / Trả lại',
    ]);
    expect((await text(await rowFor(who.head, 'alertHeld'))).split('\n')).toEqual([
      '⏰ Lò Thị Hoa nhận cảnh báo này từ 09:00 ngày 23/11 mà chưa gọi. Mời anh/chị nhận thay, hoặc gửi lại cho cán bộ trực.',
      ...card,
      'Gõ: Nhận thay / Gửi lại',
    ]);
  });

  test('a tick that comes twice, late, or in three processes tells nothing twice', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    office.now = NOW + 40 * MINUTE;
    const look = () => climbHeld(office.parts, (effects) => office.write(effects), office.now);
    const sent = await Promise.all([look(), look(), look()]);
    expect(sent.reduce((a, b) => a + b)).toBe(1);
    expect(await look()).toBe(0);
    expect(await told(who)).toEqual(['40: nurse head']);
  });

  test('of a process of an older release, which set no clock, it is looked at all the same', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    await office.collections.alerts.updateOne({ _id: id }, { $unset: { climbAt: '' } });
    expect(await tick(16)).toBe(1);
  });

  test('in an exercise that was left behind nobody is told any more', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    office.now = NOW + 60 * MINUTE;
    const look = (life: number) =>
      climbHeld(office.parts, (effects) => office.write(effects), office.now, life);
    expect(await look(59 * MINUTE)).toBe(0);
    expect(await look(61 * MINUTE)).toBe(1);
  });
});

describe('it stops as soon as something happens', () => {
  test('a call gives hours; those who were told hear of it, and their buttons say who has it', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    await pass(0, 31);
    await act(who.nurse, id, 'call');
    await pass(32, 270);
    expect(await told(who)).toEqual(['15: nurse', '30: nurse head']);
    expect(await told(who, 'alertNews')).toEqual(['31: head']);
    expect(await text(await rowFor(who.head, 'alertNews'))).toContain(
      'Lò Thị Hoa đã gọi người khai, cảnh báo về N. V. A.',
    );
    expect(JSON.stringify(await act(who.head, id, 'stepIn'))).toContain('alert.owner.called');
    expect(await alertDoc(id)).toMatchObject({ owner: who.nurse.id });
    await pass(271, 392);
    expect((await told(who)).slice(2)).toEqual(['271: nurse', '391: nurse head']);
    expect(await text(await rowFor(who.head, 'alertHeld'))).toContain('Lò Thị Hoa đã gọi lúc 09:31');
  });

  test('closed: nobody is told, and nothing that was not sent yet leaves', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    await pass(0, 30);
    const row = await rowFor(who.head, 'alertHeld');
    expect(await stillWanted(office.parts)(row)).toBe(true);
    await office.call(who.nurse, 'closeAlert', { id, outcome: 'cleared', note: 'đã gọi' });
    expect(await stillWanted(office.parts)(row)).toBe(false);
    await pass(31, 60);
    expect(await told(who)).toHaveLength(2);
    expect(await told(who, 'alertNews')).toEqual(['30: head']);
  });

  test('graver news after a call ask for another call, without waiting hours', async () => {
    const who = await everybody();
    const subject = office.subject();
    const id = await office.alert(subject);
    await act(who.nurse, id, 'call');
    await pass(0, 20);
    await office.alert({ ...subject, at: office.now, level: 'critical' });
    await pass(20, 31);
    expect(await told(who)).toEqual(['30: nurse']);
  });
});

describe('somebody who was told', () => {
  test('takes it over: one owner, the old one hears of it, and the clock begins anew', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    await pass(0, 45);
    const [one, two] = await Promise.all([act(who.head, id, 'stepIn'), act(who.chief, id, 'stepIn')]);
    const doc = await alertDoc(id);
    const [by, late] = doc?.owner === who.head.id ? [one, two] : [two, one];
    expect([who.head.id, who.chief.id]).toContain(doc?.owner);
    expect(JSON.stringify(by)).toContain('alert.phone');
    expect(JSON.stringify(late)).toContain('alert.owner.claimed');
    expect(JSON.stringify(late)).not.toContain('alert.phone');
    expect(doc?.stalled).toBeUndefined();
    const owner = nameOf(who, doc?.owner);
    expect((await told(who, 'alertNews')).join()).toBe(
      `45: ${Object.keys(who)
        .filter((name) => name !== owner && name !== 'far')
        .join(' ')}`,
    );
    expect(await text(await rowFor(who.nurse, 'alertNews'))).toContain(
      'đã nhận thay anh/chị cảnh báo về N. V. A.',
    );
    await pass(46, 60);
    expect((await told(who)).at(-1)).toBe(`60: ${owner}`);
  });

  test('sends it out again: open, the old owner hears of it, and the ladder has it', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    await pass(0, 30);
    expect(await act(who.head, id, 'release')).toEqual({ is: 'released' });
    const doc = await alertDoc(id);
    expect([doc?.state, doc?.owner, doc?.stalled]).toEqual(['open', undefined, undefined]);
    expect(await text(await rowFor(who.nurse, 'alertNews'))).toContain(
      'Vàng A Páo đã gửi lại cho cán bộ trực cảnh báo của anh/chị về N. V. A., 1990, Nam.',
    );
    const write = (effects: Parameters<Office['write']>[0]) => office.write(effects);
    expect(await climbAlerts(office.parts, write, 'waiting', office.now)).toBe(1);
    expect((await told(who, 'alert')).at(-1)).toBe('30: nurse cdc');
    await pass(31, 60);
    expect(await told(who)).toHaveLength(2);
  });

  test('nobody else may: not before they are told, and nobody who was not', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    await pass(0, 29);
    for (const one of [who.head, who.chief, who.cdc])
      for (const does of ['stepIn', 'release'])
        expect(JSON.stringify(await act(one, id, does))).toContain('alert.owner.claimed');
    expect(await act(who.far, id, 'stepIn')).toEqual({ is: 'gone' });
    await tick(30);
    expect(JSON.stringify(await act(who.chief, id, 'release'))).toContain('alert.owner.claimed');
    expect(await alertDoc(id)).toMatchObject({ owner: who.nurse.id, state: 'claimed' });
  });

  test('finds it in the list, with what may be done about it', async () => {
    const who = await everybody();
    const id = await claimed(who.nurse);
    const list = async (one: Worker) => (await office.call(one, 'inbox')).alerts;
    await pass(0, 29);
    expect(await list(who.head)).toEqual([]);
    await tick(30);
    expect(await list(who.head)).toEqual([expect.objectContaining({ id, mine: false, stalled: true })]);
    expect(await list(who.nurse)).toEqual([expect.objectContaining({ id, mine: true, stalled: false })]);
    const { choices } = await act(who.head, id, 'show');
    expect(JSON.stringify(choices)).toMatch(/alert\.do\.stepIn.*alert\.do\.sendOut/);
  });
});

test('its owner gives it back: open, and the ladder has it', async () => {
  const who = await everybody();
  const id = await claimed(who.nurse);
  await tick(15);
  expect(await act(who.nurse, id, 'release')).toEqual({ is: 'released' });
  expect(await alertDoc(id)).toMatchObject({ state: 'open', waiting: true });
  expect(await told(who, 'alertNews')).toEqual([]);
});

describe('a reminder that is not brought', () => {
  const lose = async (worker: Worker): Promise<void> => {
    const row = await rowFor(worker, 'alertHeld');
    await onLost(office.parts)(row);
    await office.collections.deliveries.updateOne({ _id: row._id }, { $set: { state: 'failed' } });
  };

  test('to its owner: the leader at once; to the leader too: the province; and then at its turn', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    await pass(0, 15);
    await lose(who.nurse);
    await tick(16);
    await lose(who.head);
    await tick(17);
    expect(await told(who)).toEqual(['15: nurse', '16: head', '17: cdc chief admin']);
    for (const one of [who.cdc, who.chief, who.admin]) await lose(one);
    await pass(18, 29);
    expect(await told(who)).toHaveLength(3);
    await tick(30);
    expect((await told(who)).at(-1)).toBe('30: nurse cdc head chief admin');
  });

  test('where the leader was told as well, nothing is hurried', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    await pass(0, 30);
    await lose(who.nurse);
    await pass(31, 44);
    expect(await told(who)).toEqual(['15: nurse', '30: nurse head']);
  });

  test('to somebody who has left: it is not sent, and goes up', async () => {
    const who = await everybody();
    await claimed(who.nurse);
    await pass(0, 15);
    await office.collections.staff.updateOne({ _id: who.nurse.id }, { $set: { chats: [] } });
    const row = await rowFor(who.nurse, 'alertHeld');
    expect(await stillWanted(office.parts)(row)).toBe(false);
    await office.collections.deliveries.updateOne({ _id: row._id }, { $set: { state: 'failed' } });
    await tick(16);
    expect((await told(who)).at(-1)).toBe('16: head');
  });
});

describe('many at once', () => {
  const several = async (owner: Worker, count: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await office.alert({ at: NOW + n }));
    for (const id of ids) await act(owner, id, 'claim');
    return ids;
  };

  test('one person gets one message that names them, owner and leader alike', async () => {
    const who = await everybody();
    await several(who.nurse, 12);
    await pass(0, 30);
    expect(await told(who)).toEqual([]);
    expect(await told(who, 'alertHeldBundle')).toEqual(['15: nurse', '30: nurse head']);
    const lines = (await text(await rowFor(who.head, 'alertHeldBundle'))).split('\n');
    expect(lines).toHaveLength(1 + 10 + 1 + 1);
    expect(lines[0]).toBe('⏰ 12 cảnh báo đã có người nhận mà chưa xong. Mời anh/chị mở danh sách và xử lý.');
    expect(lines[1]).toContain(
      'Nguy cơ cao: N. V. A., 1990, Nam, xã Than Uyên, Lai Châu, Lò Thị Hoa nhận từ 09:00 ngày 23/11, chưa gọi',
    );
  });

  test('a bundle that is not brought makes each of them go up; one of them called meanwhile does not', async () => {
    const who = await everybody();
    const [first = ''] = await several(who.nurse, 3);
    await pass(0, 15);
    const row = await rowFor(who.nurse, 'alertHeldBundle');
    await act(who.nurse, first, 'call');
    await onLost(office.parts)(row);
    await office.collections.deliveries.updateOne({ _id: row._id }, { $set: { state: 'failed' } });
    expect(await tick(16)).toBe(2);
    expect((await rowsOf('alertHeld')).map(({ staff }) => nameOf(who, staff))).toEqual(['head', 'head']);
  });

  test('one of them is called in that very moment: the others are not held up', async () => {
    const who = await everybody();
    const [, second = ''] = await several(who.nurse, 3);
    await tick(0);
    let first = true;
    office.now = NOW + 15 * MINUTE;
    const sent = await climbHeld(
      office.parts,
      async (effects) => {
        if (first) {
          first = false;
          await act(who.nurse, second, 'call');
        }
        return office.write(effects);
      },
      office.now,
    );
    expect(sent).toBe(2);
    expect((await alertDoc(second))?.stalled).toBeUndefined();
  });
});

test('handed over or taken over with the shift, nothing of it is left', async () => {
  const who = await everybody();
  const id = await claimed(who.nurse);
  await pass(0, 15);
  await office.call(who.head, 'takeOver', { from: who.nurse.id });
  expect((await alertDoc(id))?.stalled).toBeUndefined();
  expect(await alertDoc(id)).toMatchObject({ owner: who.head.id, area: THAN_UYEN });
  await pass(16, 30);
  expect((await told(who)).at(-1)).toBe('30: head');
  await office.call(who.head, 'handOver', { to: who.cdc.id });
  expect((await alertDoc(id))?.stalled).toBeUndefined();
  await pass(31, 90);
  expect(await told(who)).toHaveLength(2);
});
