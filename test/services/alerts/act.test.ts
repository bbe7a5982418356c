import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Line, Say } from '../../../src/dialogue/say.ts';
import type { Json } from '../../../src/domain/json.ts';
import { openAlert } from '../../../src/services/alerts/record.ts';
import { declaredOf } from '../../domain/risk/facts.ts';
import { Office, plain, SIN_HO, type Worker } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const doc = (id: string) => office.collections.alerts.findOne({ _id: id });
const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });
const text = (result: Record<string, Json>): string =>
  plain({
    notes: result.lines as unknown as Line[],
    choices: result.choices as unknown as Say['choices'] & {},
    turn: 1,
  });

describe('claiming', () => {
  test('twenty at once: exactly one has it, the others see who', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => office.worker({ name: `Cán Bộ ${'ABCDEFGHIKLMNOPQRSTU'[n]}` })),
    );
    const id = await office.alert();
    const results = await Promise.all(all.map((who) => act(who, id, 'claim')));
    const won = results.filter((result) => text(result).startsWith('Anh/chị đã nhận'));
    const lost = results.filter((result) => /đã có Cán Bộ [A-U] nhận/.test(text(result)));
    expect([won.length, lost.length]).toEqual([1, 19]);
    const stored = await doc(id);
    expect(stored).toMatchObject({ state: 'claimed', rev: 2 });
    expect(stored?.history.map(({ what }) => what)).toEqual(['opened', 'claimed']);
    const owner = all.find((worker) => worker.id === stored?.owner);
    expect(all.indexOf(owner as Worker)).toBe(results.indexOf(won[0] as Record<string, Json>));
    expect(new Set((await office.rows('alertTaken')).map(({ chat }) => chat))).toEqual(
      new Set(all.filter((worker) => worker !== owner).map(({ chat }) => chat)),
    );
  });

  test('shows everything to the one who has it', async () => {
    const who = await office.worker();
    const id = await office.alert();
    expect(text(await act(who, id, 'claim'))).toBe(
      [
        'Anh/chị đã nhận cảnh báo này. Mời gọi và ghi kết quả.',
        '🔔 Nguy cơ cao: Nguyễn Văn An, sinh 1990, Nam',
        'Điện thoại: 0912345678',
        'Nơi ở: xã Than Uyên, Lai Châu',
        'Đi từ thành phố Hà Nội đến xã Than Uyên, Lai Châu, 23/11/2026: Xe khách',
        'Xe, chuyến: 29B-123.45',
        'Ở lại: xã Than Uyên, Lai Châu',
        'Tiếp xúc: Không',
        'Lý do: sốt kèm khó thở',
        'Dấu hiệu: Sốt, Khó thở',
        'Khai lúc 09:00 ngày 23/11',
        'Báo cáo cấp trên trước 10:00 ngày 23/11 (còn 60 phút).',
        '1. Gọi',
        '2. Đóng',
        '3. Đã báo cáo',
      ].join('\n'),
    );
  });

  test('of somebody ill at home no way is told from a place to itself', async () => {
    const [who, other] = [await office.worker(), await office.worker()];
    const declared = declaredOf({ symptoms: ['fever', 'breath'], from: '03595' });
    const trip = {
      from: declared.trip.from,
      to: declared.trip.to,
      day: declared.trip.day,
      means: 'none',
    } as const;
    const id = await office.alert({ declared: { ...declared, trip } });
    expect(
      text(await act(who, id, 'claim'))
        .split('\n')
        .slice(3, 6),
    ).toEqual([
      'Nơi ở: xã Than Uyên, Lai Châu',
      'Không đi lại, đang ở xã Than Uyên, Lai Châu',
      'Tiếp xúc: Không',
    ]);
    expect(
      text(await act(other, id, 'show'))
        .split('\n')
        .slice(0, 3),
    ).toEqual([
      '🔔 Nguy cơ cao: N. V. A., 1990, Nam',
      'Không đi lại, đang ở xã Than Uyên, Lai Châu',
      'Lý do: sốt kèm khó thở',
    ]);
  });

  test('a second press changes nothing', async () => {
    const who = await office.worker();
    const id = await office.alert();
    await act(who, id, 'claim');
    await act(who, id, 'claim');
    expect(await doc(id)).toMatchObject({ rev: 2 });
    expect((await doc(id))?.history).toHaveLength(2);
  });

  test('others stay with the mask, and learn who has it', async () => {
    const [who, other] = [await office.worker({ name: 'Lò Thị Hoa' }), await office.worker()];
    const id = await office.alert();
    await act(who, id, 'claim');
    const seen = text(await act(other, id, 'claim'));
    expect(seen).toContain('N. V. A., 1990, Nam');
    expect(seen).toContain('Cảnh báo này đã có Lò Thị Hoa nhận.');
    expect(seen).not.toMatch(/Nguyễn|0912345678|1\. /);
  });
});

describe('calling', () => {
  test('claims what is open, and each call is recorded', async () => {
    const who = await office.worker();
    const id = await office.alert();
    expect(text(await act(who, id, 'call'))).toContain('Điện thoại: 0912345678');
    await act(who, id, 'call');
    const stored = await doc(id);
    expect(stored).toMatchObject({ state: 'called', owner: who.id });
    expect(stored?.history.map(({ what, by }) => `${what} ${by ?? ''}`.trim())).toEqual([
      'opened',
      `claimed ${who.id}`,
      `called ${who.id}`,
      `called ${who.id}`,
    ]);
  });
});

describe('closing', () => {
  const closing = { outcome: 'referred', note: 'Đã gọi, trạm y tế đón lúc 10 giờ.' };

  test('takes an outcome and a note, sealed', async () => {
    const who = await office.worker();
    const id = await office.alert();
    await act(who, id, 'claim');
    expect(await office.call(who, 'mayCloseAlert', { id })).toMatchObject({ is: 'yes' });
    expect(await office.call(who, 'closeAlert', { id, ...closing })).toEqual({ is: 'closed' });
    const stored = await doc(id);
    expect(stored).toMatchObject({ state: 'closed', outcome: 'referred', owner: who.id });
    expect(stored && (await openAlert(office.parts, stored)).body.closing).toEqual(closing);
    expect(text(await act(who, id, 'claim'))).toContain('Anh/chị đã đóng cảnh báo này.');
  });

  test('only of its owner, or of an admin, who tells the owner', async () => {
    const [who, other] = [await office.worker(), await office.worker()];
    const admin = await office.worker({ role: 'admin', area: '12', onDuty: false });
    const id = await office.alert();
    expect(await office.call(other, 'mayCloseAlert', { id })).toMatchObject({
      is: 'refused',
      line: { key: 'alert.refused.claimFirst' },
    });
    await act(who, id, 'claim');
    for (const service of ['mayCloseAlert', 'closeAlert'])
      expect(await office.call(other, service, { id, ...closing })).toMatchObject({
        is: 'refused',
        line: { key: 'alert.refused.notYours' },
      });
    await office.collections.deliveries.deleteMany({});
    expect(await office.call(admin, 'closeAlert', { id, ...closing })).toEqual({ is: 'closed' });
    expect(await doc(id)).toMatchObject({ state: 'closed', owner: who.id });
    expect(await office.rows()).toEqual([{ purpose: 'alertNews', chat: who.chat, state: 'ready' }]);
  });
});

describe('who may', () => {
  const SERVICES = ['alertAct', 'mayCloseAlert', 'closeAlert'] as const;
  const ask = async (who: Worker, id: string) =>
    Promise.all(
      SERVICES.map(async (name) => {
        const args = { id, do: 'claim', outcome: 'cleared', note: 'thử' };
        return (await office.call(who, name, args)).is;
      }),
    );

  test('somebody of another area sees nothing, as if there were no alert', async () => {
    await office.worker();
    const far = await office.worker({ area: SIN_HO });
    const id = await office.alert();
    expect(await ask(far, id)).toEqual(['gone', 'gone', 'gone']);
    expect((await office.call(far, 'inbox')).alerts).toEqual([]);
  });

  test('somebody of another area who was asked may take it', async () => {
    const far = await office.worker({ area: SIN_HO, onDuty: false });
    const id = await office.alert();
    expect((await office.call(far, 'inbox')).alerts).toHaveLength(1);
    expect(text(await act(far, id, 'claim'))).toContain('Nguyễn Văn An');
  });

  test('an officer sees nothing', async () => {
    await office.worker();
    const officer = await office.worker({ role: 'officer', area: '12' });
    expect(await ask(officer, await office.alert())).toEqual(['gone', 'gone', 'gone']);
  });

  test.each<readonly [string, (who: Worker) => Promise<unknown>]>([
    [
      'whose service ended',
      (who) => office.collections.staff.updateOne({ _id: who.id }, { $set: { active: false } }),
    ],
    [
      'whose chat was unlinked elsewhere',
      (who) => office.collections.staff.updateOne({ _id: who.id }, { $set: { chats: [] } }),
    ],
  ])('somebody %s sees nothing at that very moment, and the chat forgets', async (_name, leave) => {
    const who = await office.worker();
    const id = await office.alert();
    await act(who, id, 'claim');
    await leave(who);
    expect(await ask({ ...who }, id)).toEqual(['stranger', 'stranger', 'stranger']);
    expect(await office.call(who, 'inbox')).toEqual({ is: 'stranger' });
    expect(who.memory).toEqual({});
  });

  test('a chat that only claims to be of staff sees nothing', async () => {
    const who = await office.worker();
    const liar = { ...office.phone(), id: who.id, memory: { staff: who.id } };
    expect(await ask(liar, await office.alert())).toEqual(['stranger', 'stranger', 'stranger']);
  });

  test('an alert that does not exist', async () => {
    expect(await ask(await office.worker(), 'no-such-alert')).toEqual(['gone', 'gone', 'gone']);
  });
});

describe('the inbox', () => {
  test("has the gravest first, then the oldest, and one's own", async () => {
    const [who, other] = [await office.worker(), await office.worker()];
    const at = (minutes: number) => office.now + minutes * 60_000;
    const old = await office.alert({ at: at(0) });
    const young = await office.alert({ at: at(1) });
    const grave = await office.alert({ at: at(2), level: 'critical' });
    const others = await office.alert({ at: at(3) });
    await act(other, others, 'claim');
    await act(who, young, 'claim');
    const { alerts, more } = await office.call(who, 'inbox');
    expect((alerts as { id: string; mine: boolean }[]).map(({ id, mine }) => [id, mine])).toEqual([
      [grave, false],
      [old, false],
      [young, true],
    ]);
    expect(more).toBe(0);
    expect(await office.call(who, 'staffState')).toMatchObject({ open: 2, mine: 1 });
  });

  test('names nobody whom one has not taken on', async () => {
    const who = await office.worker();
    await office.alert();
    expect(JSON.stringify(await office.call(who, 'inbox'))).not.toMatch(/Nguyễn|912345678/);
  });

  test('of more than fit, the rest is counted', async () => {
    const who = await office.worker();
    for (let n = 0; n < 23; n += 1) await office.alert({ at: office.now + n });
    const { alerts, more } = await office.call(who, 'inbox');
    expect([(alerts as Json[]).length, more]).toEqual([20, 3]);
  });
});
