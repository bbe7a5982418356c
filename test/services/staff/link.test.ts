import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { INVITATION_HOURS } from '../../../src/domain/rosterCode.ts';
import { UNASKED } from '../../../src/domain/unasked.ts';
import { Office, type Phone, SIN_HO, THAN_UYEN, type Worker } from '../alerts/office.ts';

const CODE = 'NV7K3M9PVT';
const HOUR = 3_600_000;

let office: Office;
const began = Date.parse('2026-11-23T02:00:00Z');
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  office.now = began;
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts', 'invitations'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const invite = async (who: Worker, code = CODE): Promise<void> => {
  await office.collections.invitations.insertOne({
    _id: office.parts.index('invitation', code),
    staff: who.id,
    expiresAt: new Date(office.now + INVITATION_HOURS * HOUR),
  });
};
const link = (phone: Phone, code = CODE) => office.call(phone, 'linkStaff', { code });
const staffDoc = (id: string) => office.collections.staff.findOne({ _id: id });
const shifts = () => office.collections.shifts.find().toArray();

describe('linking', () => {
  test('a duty member is on duty at once, and the chat is theirs', async () => {
    const nurse = await office.worker({ name: 'Lò Thị Hoa', chats: 0, onDuty: false });
    await invite(nurse);
    const phone = office.phone();
    expect(await link(phone)).toEqual({
      is: 'linked',
      name: 'Lò Thị Hoa',
      role: 'duty',
      place: '03595',
      onDuty: true,
      open: 0,
    });
    expect(phone.memory).toEqual({ staff: nurse.id });
    expect(await staffDoc(nurse.id)).toMatchObject({ chats: [phone.chat] });
    expect(await shifts()).toMatchObject([{ staff: nurse.id, area: THAN_UYEN, from: new Date(office.now) }]);
    expect(await office.call(phone, 'staffState')).toMatchObject({ is: 'known', since: office.now });
  });

  test('others are not put on duty', async () => {
    const leader = await office.worker({ role: 'leader', area: '12', chats: 0, onDuty: false });
    await invite(leader);
    const phone = office.phone();
    expect(await link(phone)).toMatchObject({ is: 'linked', onDuty: false });
    expect(phone.memory).toEqual({ staff: leader.id, reports: true, campaigns: true });
    expect(await shifts()).toEqual([]);
  });

  test('who had stopped everything as a citizen gets the report of the new duty, and nothing else again', async () => {
    const leader = await office.worker({ role: 'leader', area: '12', chats: 0, onDuty: false });
    await invite(leader);
    const phone = { ...office.phone(), memory: { unwanted: [...UNASKED] } };
    await link(phone);
    expect(phone.memory.unwanted).toEqual(UNASKED.filter((kind) => kind !== 'report'));
  });

  test('the report leaves the menu of a chat with whoever may not see it', async () => {
    const [leader, nurse] = [
      await office.worker({ role: 'leader', chats: 0 }),
      await office.worker({ chats: 0 }),
    ];
    const phone = office.phone();
    await invite(leader);
    await link(phone);
    await invite(nurse, 'NV00000001');
    await link(phone, 'NV00000001');
    expect(phone.memory).toEqual({ staff: nurse.id });
    await office.collections.staff.updateOne({ _id: nurse.id }, { $set: { role: 'leader' } });
    await office.call(phone, 'staffState');
    expect(phone.memory).toEqual({ staff: nurse.id, reports: true });
    await office.collections.staff.updateOne({ _id: nurse.id }, { $set: { role: 'duty' } });
    expect(await office.call(phone, 'showReport')).toEqual({ is: 'notAllowed' });
    expect(phone.memory).toEqual({ staff: nurse.id });
  });

  test.each([
    ['admin', '12', true],
    ['leader', '12', true],
    ['leader', '12/03595', undefined],
    ['duty', '12', undefined],
  ] as const)('campaigns in the menu of %s of %s: %s', async (role, area, campaigns) => {
    const worker = await office.worker({ role, area, chats: 0, onDuty: false });
    const phone = office.phone();
    await invite(worker);
    await link(phone);
    expect(phone.memory.campaigns).toBe(campaigns);
    expect(await office.call(phone, 'campaigns', {})).toMatchObject({
      is: campaigns === true ? 'campaigns' : 'notAllowed',
    });
    await office.collections.staff.updateOne({ _id: worker.id }, { $set: { role: 'duty' } });
    await office.call(phone, 'campaigns', {});
    expect(phone.memory.campaigns).toBeUndefined();
  });

  test('who is on duty already gets no second shift', async () => {
    const nurse = await office.worker({ chats: 0 });
    await invite(nurse);
    await link(office.phone());
    expect(await shifts()).toHaveLength(1);
  });

  test('the code is stored as a blind index only', async () => {
    await invite(await office.worker());
    expect(JSON.stringify(await office.collections.invitations.find().toArray())).not.toContain('7K3M');
  });

  test('a second telephone stands before the first; the fourth pushes the first out', async () => {
    const nurse = await office.worker({ chats: 0 });
    const phones = [1, 2, 3, 4].map(() => office.phone());
    for (const [n, phone] of phones.entries()) {
      await invite(nurse, `NV0000000${n}`);
      await link(phone, `NV0000000${n}`);
    }
    const [first, ...rest] = phones.map(({ chat }) => chat);
    expect((await staffDoc(nurse.id))?.chats).toEqual([...rest].reverse());
    expect((await staffDoc(nurse.id))?.chats).not.toContain(first);
  });

  test("a chat is one person's: linked anew, it leaves the one before", async () => {
    const [a, b] = [await office.worker(), await office.worker({ chats: 0 })];
    await invite(b);
    await link(a);
    expect((await staffDoc(a.id))?.chats).toEqual([]);
    expect((await staffDoc(b.id))?.chats).toEqual([a.chat]);
  });

  test('somebody who links hears how many alerts are open', async () => {
    const nurse = await office.worker({ chats: 0 });
    await office.alert();
    await invite(nurse);
    expect(await link(office.phone())).toMatchObject({ open: 1 });
  });

  test('ten at once with one code: one is linked', async () => {
    const nurse = await office.worker({ chats: 0 });
    await invite(nurse);
    const results = await Promise.all(Array.from({ length: 10 }, () => link(office.phone())));
    expect(results.map(({ is }) => is).sort()).toEqual(['linked', ...Array(9).fill('wrong')]);
    expect((await staffDoc(nurse.id))?.chats).toHaveLength(1);
  });
});

describe('a code that is not good', () => {
  test.each<readonly [string, (who: Worker) => Promise<unknown>]>([
    ['unknown', async () => undefined],
    [
      'used',
      async (who) => {
        await invite(who);
        await link(office.phone());
      },
    ],
    [
      'ended',
      async (who) => {
        await invite(who);
        office.now += INVITATION_HOURS * HOUR;
      },
    ],
    [
      'of somebody who left',
      async (who) => {
        await invite(who);
        await office.collections.staff.updateOne({ _id: who.id }, { $set: { active: false } });
      },
    ],
  ])('%s: looks like any other wrong one', async (_name, arrange) => {
    await arrange(await office.worker({ chats: 0 }));
    const phone = office.phone();
    expect(await link(phone)).toEqual({ is: 'wrong', left: 4 });
    expect(phone.memory.staff).toBeUndefined();
  });

  test('five wrong ones in an hour are enough, also for the right one; then it goes on', async () => {
    await invite(await office.worker({ chats: 0 }));
    const phone = office.phone();
    const left: unknown[] = [];
    for (let n = 0; n < 5; n += 1) {
      left.push((await link(phone, `NV1111111${n}`)).left);
      office.now += 60_000;
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect(await link(phone)).toEqual({ is: 'tooMany', minutes: 55 });
    office.now += 55 * 60_000;
    expect(await link(phone)).toMatchObject({ is: 'linked' });
    expect(phone.memory.linkTries).toBeUndefined();
  });
});

describe('unlinking', () => {
  test('the chat forgets, the shift ends, and alerts in hand are open again for somebody else', async () => {
    const nurse = await office.worker();
    const id = await office.alert();
    await office.call(nurse, 'alertAct', { id, do: 'claim' });
    office.now += 60_000;
    expect(await office.call(nurse, 'unlinkStaff')).toEqual({ is: 'unlinked' });
    expect(nurse.memory).toEqual({});
    expect(await shifts()).toMatchObject([{ until: new Date(office.now) }]);
    const alert = await office.collections.alerts.findOne({ _id: id });
    expect(alert).toMatchObject({ state: 'open', waiting: true });
    expect(alert?.owner).toBeUndefined();
    expect(await office.call(nurse, 'unlinkStaff')).toEqual({ is: 'stranger' });
  });

  test('one of two telephones: the other stays, and so does the shift', async () => {
    const nurse = await office.worker({ chats: 2 });
    await office.call(nurse, 'unlinkStaff');
    expect((await staffDoc(nurse.id))?.chats).toHaveLength(1);
    expect((await shifts())[0]?.until).toBeUndefined();
  });
});

describe('duty', () => {
  test('on and off', async () => {
    const nurse = await office.worker({ onDuty: false });
    expect(await office.call(nurse, 'setDuty', { on: true })).toMatchObject({ is: 'on', place: '03595' });
    await office.call(nurse, 'setDuty', { on: true });
    expect(await shifts()).toHaveLength(1);
    office.now += HOUR;
    expect(await office.call(nurse, 'setDuty', { on: false })).toMatchObject({ is: 'off', mine: 0 });
    expect(await shifts()).toMatchObject([{ until: new Date(office.now) }]);
    expect(await office.call(nurse, 'staffState')).toMatchObject({ since: null });
  });

  test('off with alerts in hand: they are counted', async () => {
    const nurse = await office.worker();
    const id = await office.alert();
    await office.call(nurse, 'alertAct', { id, do: 'claim' });
    expect(await office.call(nurse, 'setDuty', { on: false })).toMatchObject({ is: 'off', mine: 1 });
  });

  test('an officer does not stand on duty for alerts; a stranger not at all', async () => {
    const officer = await office.worker({ role: 'officer', area: SIN_HO, onDuty: false });
    expect(await office.call(officer, 'setDuty', { on: true })).toEqual({ is: 'notAllowed' });
    expect(await office.call(office.phone(), 'setDuty', { on: true })).toEqual({ is: 'stranger' });
    expect(await shifts()).toEqual([]);
  });
});
