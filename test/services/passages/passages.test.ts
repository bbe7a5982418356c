import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Line } from '../../../src/dialogue/say.ts';
import { DAY_MS } from '../../../src/domain/day.ts';
import { RETENTION_DAYS } from '../../../src/domain/declaration.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Role } from '../../../src/domain/roster.ts';
import { sealContext } from '../../../src/security/sealer.ts';
import { NOW, renderer } from '../../harness/talk.ts';
import { Office, type Phone, SIN_HO, type Worker } from '../alerts/office.ts';
import { Counter } from '../declarations/counter.ts';

const BINH_LU = '12/03390';
const UNTIL = '23:59 ngày 26/11';

let office: Office;
let counter: Counter;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of ['passages', 'declarations'] as const) await office.collections[name].deleteMany({});
  await office.begin();
});
afterAll(() => office.close());

const officer = (role: Role = 'officer', area = '12'): Promise<Worker> =>
  office.worker({ role, area, onDuty: false });
const look = async (who: Phone, code: string | null): Promise<readonly string[]> => {
  const { lines } = await office.call(who, 'lookAtCode', { code });
  return (lines as unknown as Line[]).map((each) => renderer.line('vi', each));
};
const record = (who: Phone, code: string | null, more: Record<string, Json> = {}) =>
  office.call(who, 'recordPassage', { checkpoint: 'son-binh', code, decision: 'passed', ...more });
const passages = () => office.collections.passages.find().sort({ at: 1, _id: 1 }).toArray();
const declared = async (given: Parameters<Counter['declare']>[1] = {}) => {
  const phone = office.phone();
  return { phone, ...(await counter.declare(phone, given)) };
};

describe('who is at a checkpoint', () => {
  test.each<[Role, string, Json]>([
    ['officer', '12', ['son-binh', 'muong-kim']],
    ['admin', '12', ['son-binh', 'muong-kim']],
    ['officer', BINH_LU, ['son-binh']],
    ['officer', SIN_HO, []],
    ['officer', '01', []],
    ['duty', '12', 'notAllowed'],
    ['leader', '12', 'notAllowed'],
    ['investigator', '12', 'notAllowed'],
  ])('%s of %s: %j', async (role, area, may) => {
    const who = await officer(role, area);
    const { is, all } = await office.call(who, 'standAtCheckpoint');
    expect(is === 'checkpoints' ? (all as { code: string }[]).map(({ code }) => code) : is).toEqual(may);
    if (is === 'notAllowed')
      for (const service of ['lookAtCode', 'recordPassage'])
        expect(await office.call(who, service, { code: null })).toEqual({ is: 'notAllowed' });
  });

  test('the chat keeps where they stand until they go; where there is one checkpoint nobody is asked', async () => {
    const who = await officer();
    expect((await office.call(who, 'standAtCheckpoint')).here).toBeNull();
    await office.call(who, 'standAtCheckpoint', { checkpoint: 'muong-kim' });
    expect(who.memory).toMatchObject({ checkpoint: 'muong-kim', checkpoints: true });
    expect((await office.call(who, 'standAtCheckpoint')).here).toBe('muong-kim');
    await office.call(who, 'standAtCheckpoint', { checkpoint: 'none' });
    expect(who.memory).not.toHaveProperty('checkpoint');
    const near = await officer('officer', BINH_LU);
    expect((await office.call(near, 'standAtCheckpoint')).here).toBe('son-binh');
  });

  test('a chat that is nobody’s any more, or of another role, forgets its checkpoint', async () => {
    const [left, moved, unlinked] = [await officer(), await officer(), await officer()];
    for (const who of [left, moved, unlinked])
      await office.call(who, 'standAtCheckpoint', { checkpoint: 'son-binh' });
    await office.collections.staff.updateOne({ _id: left.id }, { $set: { active: false } });
    await office.collections.staff.updateOne({ _id: moved.id }, { $set: { role: 'duty' } });
    expect(await look(left, null).catch(() => 'stranger')).toBe('stranger');
    expect(await record(moved, null)).toEqual({ is: 'notAllowed' });
    await office.call(unlinked, 'unlinkStaff');
    expect([left, moved, unlinked].map(({ memory }) => memory)).toEqual([{}, { staff: moved.id }, {}]);
    expect(await passages()).toEqual([]);
  });
});

describe('what an officer sees of a code', () => {
  test('that it is good, until when, and a masked name; nothing of the risk', async () => {
    const { code } = await declared({ symptoms: ['fever', 'breath'] });
    expect(await look(await officer(), code)).toEqual([
      `✅ Tờ khai còn giá trị đến ${UNTIL}: N. V. A., 1990, Nam.`,
    ]);
  });

  test('the risk too, who has alerts of the place', async () => {
    const { code } = await declared({ symptoms: ['fever', 'breath'] });
    const elsewhere = await declared({ to: '01', stay: '01', symptoms: ['fever', 'breath'] });
    const admin = await officer('admin');
    expect(await look(admin, code)).toContain('Nguy cơ cao.');
    expect(await look(admin, elsewhere.code)).toHaveLength(1);
  });

  test('an ended one, a withdrawn one without a name, one that is not there, and none', async () => {
    const [{ code }, taken] = [await declared(), await declared()];
    const who = await officer();
    await counter.call(taken.phone, 'withdrawDeclaration', { id: taken.id });
    expect(await look(who, taken.code)).toEqual(['⛔ Tờ khai đã được thu hồi.']);
    expect(await look(who, '2C9T4KX7MBS')).toEqual(['❓ Không có tờ khai nào mang mã này.']);
    expect(await look(who, null)).toEqual(['Người qua chốt không có mã.']);
    office.now = NOW + 5 * DAY_MS;
    expect(await look(who, code)).toEqual([`⌛ Tờ khai đã hết giá trị lúc ${UNTIL}: N. V. A., 1990, Nam.`]);
  });

  test('what was noted of it in the last day, in their area', async () => {
    const { code } = await declared();
    await record(await officer(), code);
    office.now += 60_000;
    const noted = 'Đã ghi lúc 09:00 ngày 23/11 tại chốt số 1 Sơn Bình: Cho qua.';
    expect(await look(await officer(), code)).toContain(noted);
    expect(await look(await officer('officer', SIN_HO), code)).not.toContain(noted);
    office.now += DAY_MS;
    expect(await look(await officer(), code)).not.toContain(noted);
  });
});

describe('a passage', () => {
  test('is kept with who decided, whose it is and their vehicle, the reason sealed', async () => {
    const { code, id, phone } = await declared();
    const who = await officer();
    expect(await record(who, code, { decision: 'handedOver', reason: 'symptoms' })).toEqual({
      is: 'recorded',
    });
    const [passage, ...more] = await passages();
    expect(more).toEqual([]);
    expect(passage).toMatchObject({
      version: 1,
      checkpoint: 'son-binh',
      area: BINH_LU,
      officer: who.id,
      at: new Date(NOW),
      decision: 'handedOver',
      standing: 'valid',
      declaration: id,
      person: phone.memory.person,
      plateIndex: office.parts.index('plate', '29B-123.45'),
    });
    expect(JSON.stringify(passage)).not.toMatch(/symptoms|29B|Nguyễn/);
    const context = sealContext('passages', 'sealed', passage?._id ?? '');
    expect(await office.parts.sealer.open(context, passage?.sealed as Buffer)).toEqual({
      reason: 'symptoms',
    });
  });

  test('without a code, or of a declaration that was taken back, is nobody’s', async () => {
    const taken = await declared();
    await counter.call(taken.phone, 'withdrawDeclaration', { id: taken.id });
    const who = await officer();
    await record(who, null, { reason: 'onPaper' });
    await record(who, taken.code, { decision: 'sentBack', reason: 'notDeclared' });
    await record(who, '2C9T4KX7MBS', { reason: 'emergency' });
    const found = await passages();
    expect(found.map(({ standing }) => standing).sort()).toEqual(['none', 'unknown', 'withdrawn']);
    for (const passage of found)
      for (const field of ['declaration', 'person', 'plateIndex']) expect(passage).not.toHaveProperty(field);
  });

  test('is erased with its declaration: the consent promised a day', async () => {
    const { code, id } = await declared();
    office.now += 2 * DAY_MS;
    const who = await officer();
    await record(who, code);
    await record(who, null, { reason: 'emergency' });
    const kept = await office.collections.declarations.findOne({ _id: id });
    const [own, nobodys] = [
      await office.collections.passages.findOne({ declaration: id }),
      await office.collections.passages.findOne({ standing: 'none' }),
    ];
    expect(own?.deleteAt).toEqual(kept?.deleteAt);
    expect(own?.deleteAt).toEqual(new Date(NOW + RETENTION_DAYS * DAY_MS));
    expect(nobodys?.deleteAt).toEqual(new Date(office.now + RETENTION_DAYS * DAY_MS));
  });

  test('is seen by who declared, with all that is kept: when, where and what, the newest first', async () => {
    const { code, id, phone } = await declared();
    const who = await officer();
    for (const decision of ['handedOver', 'passed']) {
      const reason = decision === 'passed' ? {} : { reason: 'symptoms' };
      await record(who, code, { decision, ...reason });
      office.now += 60_000;
    }
    const own = await counter.call<{ passages: unknown }>(phone, 'showDeclaration', { id });
    const checkpoint = { vi: 'chốt số 1 Sơn Bình', en: 'checkpoint 1 Sơn Bình' };
    expect(own.passages).toEqual([
      { at: NOW + 60_000, checkpoint, decision: 'passed' },
      { at: NOW, checkpoint, decision: 'handedOver' },
    ]);
  });

  test.each<[string, Record<string, Json>, string]>([
    ['at a checkpoint that is none', { checkpoint: 'x' }, 'moved'],
    ['at one outside the area', { checkpoint: 'muong-kim' }, 'moved'],
    ['with a reason it has not', { reason: 'symptoms' }, 'changed'],
    ['sent back without a reason', { decision: 'sentBack' }, 'changed'],
  ])('is not noted %s', async (_what, more, is) => {
    const { code } = await declared();
    expect(await record(await officer('officer', BINH_LU), code, more)).toEqual({ is });
    expect(await passages()).toEqual([]);
  });

  test('is not noted when the declaration was taken back between the look and the tap', async () => {
    const { code, id, phone } = await declared();
    const who = await officer();
    await look(who, code);
    await counter.call(phone, 'withdrawDeclaration', { id });
    expect(await record(who, code)).toEqual({ is: 'changed' });
    expect(await passages()).toEqual([]);
  });
});
