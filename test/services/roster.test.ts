import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../src/delivery/outboxRow.ts';
import { climbAlerts } from '../../src/services/alerts/climb.ts';
import { NOW } from '../harness/talk.ts';
import { Office, plain, SIN_HO, THAN_UYEN, type Worker } from './alerts/office.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });
const claim = (who: Worker, id: string) => office.call(who, 'alertAct', { id, do: 'claim' });
const onDuty = async (): Promise<readonly string[]> => {
  const running = { $or: [{ until: { $exists: false } }, { until: { $gt: new Date(office.now) } }] };
  return (await office.collections.shifts.find(running).toArray()).map(
    ({ staff, area }) => `${staff} ${area}`,
  );
};
const told = async (who: Worker, purpose: string): Promise<readonly string[]> => {
  const rows = await office.collections.deliveries.find({ staff: who.id, purpose }).toArray();
  return Promise.all(rows.map(async (row) => plain(await openRow(office.parts.sealer, row))));
};

describe('handing a shift over', () => {
  test('the shift, a note and the alerts go to the other, who is told', async () => {
    const [hoa, dem] = [await office.worker(), await office.worker({ area: '12', onDuty: false })];
    const [held, open] = [await office.alert(), await office.alert()];
    await claim(hoa, held);
    await office.collections.deliveries.deleteMany({});
    office.now = NOW + MINUTE;
    const result = await office.call(hoa, 'handOver', { to: dem.id, note: 'một ca sốt chờ xét nghiệm' });
    expect(result).toEqual({ is: 'handed', name: 'Lò Thị Hoa', count: 2 });
    expect(await onDuty()).toEqual([`${dem.id} ${THAN_UYEN}`]);
    expect((await told(dem, 'shiftNews'))[0]).toContain('Ghi chú: một ca sốt chờ xét nghiệm');
    expect(await told(dem, 'alert')).toHaveLength(2);
    for (const id of [held, open]) {
      const doc = await alertDoc(id);
      expect(doc).toMatchObject({ state: 'open', asked: expect.arrayContaining([dem.id]) });
      expect(doc?.owner).toBeUndefined();
    }
    await claim(dem, held);
    expect(await alertDoc(held)).toMatchObject({ owner: dem.id });
  });

  test('to somebody who sleeps: what was in hand climbs like any other', async () => {
    const hoa = await office.worker();
    const dem = await office.worker({ onDuty: false });
    const chief = await office.worker({ role: 'leader', area: '12', onDuty: false });
    const held = await office.alert();
    await claim(hoa, held);
    office.now = NOW + 30 * MINUTE;
    await office.call(hoa, 'handOver', { to: dem.id });
    office.now += 5 * MINUTE;
    await climbAlerts(office.parts, (effects) => office.write(effects), 'due', office.now);
    expect((await told(dem, 'alert')).at(-1)).toContain('Chưa ai nhận sau 5 phút');
    expect(await told(chief, 'alert')).toHaveLength(1);
  });

  test.each([
    ['oneself', (hoa: Worker) => hoa.id],
    ['nobody', () => 'no-such-id'],
  ])('to %s it is refused, and nothing changes', async (_name, to) => {
    const hoa = await office.worker();
    expect(await office.call(hoa, 'handOver', { to: to(hoa) })).toEqual({ is: 'gone' });
    expect(await onDuty()).toEqual([`${hoa.id} ${THAN_UYEN}`]);
  });

  test('nor to a checkpoint officer, or to another province', async () => {
    const hoa = await office.worker();
    const officer = await office.worker({ role: 'officer', onDuty: false });
    const far = await office.worker({ area: '01', onDuty: false });
    for (const { id } of [officer, far])
      expect(await office.call(hoa, 'handOver', { to: id })).toEqual({ is: 'gone' });
  });
});

describe('taking a shift over', () => {
  test('the alerts in hand are at once those of whoever takes it; the other is told', async () => {
    const [hoa, si] = [await office.worker(), await office.worker({ onDuty: false })];
    const id = await office.alert();
    await claim(hoa, id);
    expect(await office.call(si, 'takeOver', { from: hoa.id })).toMatchObject({ is: 'taken', count: 1 });
    expect(await onDuty()).toEqual([`${si.id} ${THAN_UYEN}`]);
    expect(await alertDoc(id)).toMatchObject({ state: 'claimed', owner: si.id });
    expect((await told(hoa, 'shiftNews'))[0]).toContain('đã thay ca cho anh/chị, kèm 1 cảnh báo');
  });

  test('alerts the other was asked about are asked of whoever takes it, at once and not at the next climb', async () => {
    const hoa = await office.worker();
    const ids = [await office.alert(), await office.alert()];
    const clocks = await Promise.all(ids.map(async (id) => (await alertDoc(id))?.climbAt));
    const si = await office.worker({ onDuty: false });
    expect(await office.call(si, 'takeOver', { from: hoa.id })).toMatchObject({
      is: 'taken',
      count: 2,
      open: 2,
    });
    expect(await told(si, 'alert')).toHaveLength(2);
    expect((await told(hoa, 'shiftNews'))[0]).toContain('kèm 2 cảnh báo');
    for (const [n, id] of ids.entries())
      expect(await alertDoc(id)).toMatchObject({ state: 'open', asked: [hoa.id, si.id], climbAt: clocks[n] });
    expect((await alertDoc(ids[0] ?? ''))?.history.at(-1)).toMatchObject({ what: 'asked', by: hoa.id });
  });

  test('not what they were asked about as well, and nothing outside of their area', async () => {
    const hoa = await office.worker({ area: '12' });
    await office.collections.shifts.insertOne({
      _id: 'second',
      staff: hoa.id,
      area: THAN_UYEN,
      from: new Date(office.now),
    });
    const both = await office.alert();
    const away = await office.alert({ area: SIN_HO });
    const si = await office.worker({ onDuty: false });
    await office.collections.alerts.updateOne({ _id: both }, { $addToSet: { asked: si.id } });
    expect(await office.call(si, 'takeOver', { from: hoa.id })).toMatchObject({
      is: 'taken',
      count: 0,
      open: 0,
    });
    expect(await told(si, 'alert')).toEqual([]);
    expect((await alertDoc(away))?.asked).toEqual([hoa.id]);
  });

  test('three at once: the alert is exactly one of theirs', async () => {
    const hoa = await office.worker();
    const others = await Promise.all([1, 2, 3].map(() => office.worker({ onDuty: false })));
    const id = await office.alert();
    await claim(hoa, id);
    const results = await Promise.all(others.map((one) => office.call(one, 'takeOver', { from: hoa.id })));
    const won = others.filter((_, at) => results[at]?.is === 'taken');
    expect(won.map((one) => one.id)).toContain((await alertDoc(id))?.owner);
    expect((await alertDoc(id))?.history.filter(({ what }) => what === 'released')).toHaveLength(1);
  });

  test('not of a place outside of one’s area', async () => {
    const hoa = await office.worker();
    const far = await office.worker({ area: SIN_HO });
    expect(await office.call(far, 'takeOver', { from: hoa.id })).toEqual({ is: 'gone' });
  });
});

describe('a shift for a facility', () => {
  const facility = 'Trạm y tế xã Than Uyên';
  const posts = async () =>
    (await office.collections.shifts.find({ until: { $exists: false } }).toArray()).map((shift) => [
      shift.staff,
      shift.area,
      shift.facility,
    ]);

  test('begins with whoever belongs to one, in the chat; it is shown, and goes with the shift', async () => {
    const hoa = await office.worker({ facility, onDuty: false });
    const si = await office.worker({ onDuty: false });
    const dem = await office.worker({ facility: 'Trạm y tế xã Mường Than', onDuty: false });
    expect(await office.call(hoa, 'setDuty', { on: true })).toMatchObject({ place: '03595', facility });
    expect(await office.call(hoa, 'staffState')).toMatchObject({ place: '03595', facility, since: NOW });
    expect(await posts()).toEqual([[hoa.id, THAN_UYEN, facility]]);
    await office.call(si, 'takeOver', { from: hoa.id });
    expect(await posts()).toEqual([[si.id, THAN_UYEN, facility]]);
    const { all } = await office.call(si, 'colleagues');
    expect(all).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: si.id, facility, mine: true }),
        expect.objectContaining({ id: dem.id, facility: 'Trạm y tế xã Mường Than', since: null }),
      ]),
    );
    await office.call(si, 'handOver', { to: dem.id });
    expect(await posts()).toEqual([[dem.id, THAN_UYEN, facility]]);
  });

  test('is there beside a shift of theirs for the area; the same one is not there twice', async () => {
    const [hoa, si] = [await office.worker({ facility }), await office.worker()];
    await office.call(si, 'takeOver', { from: hoa.id });
    expect(await posts()).toEqual([
      [si.id, THAN_UYEN, undefined],
      [si.id, THAN_UYEN, facility],
    ]);
    const again = await office.worker({ facility });
    await office.call(si, 'takeOver', { from: again.id });
    expect(await posts()).toHaveLength(2);
  });

  test('nobody takes the alert: after ten minutes it goes to the leader of the facility, not of the commune', async () => {
    await office.worker({ facility });
    const head = await office.worker({ role: 'leader', onDuty: false });
    const own = await office.worker({ role: 'leader', facility, onDuty: false });
    await office.alert();
    for (const minutes of [5, 10]) {
      office.now = NOW + minutes * MINUTE;
      await climbAlerts(office.parts, (effects) => office.write(effects), 'due', office.now);
      // Nobody else is on duty: at five minutes it goes on to the next rung, as ever.
      expect([await told(own, 'alert'), await told(head, 'alert')].map(({ length }) => length > 0)).toEqual([
        true,
        false,
      ]);
    }
  });
});

test('who is on duty: names and places, those on duty first; nobody without a chat', async () => {
  const off = await office.worker({ name: 'Lý Thị Đêm', onDuty: false });
  const hoa = await office.worker();
  await office.worker({ chats: 0 });
  const { all } = await office.call(off, 'colleagues');
  expect(all).toMatchObject([
    { id: hoa.id, name: 'Lò Thị Hoa', place: '03595', since: NOW, mine: false, takes: true },
    { id: off.id, since: null, mine: true, takes: false },
  ]);
});
