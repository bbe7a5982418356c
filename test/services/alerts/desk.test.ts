import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SendError } from '../../../src/delivery/outgoing.ts';
import { line, type Say } from '../../../src/dialogue/say.ts';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { type AlertDesk, createAlertDesk } from '../../../src/services/alerts/desk.ts';
import { tellStaff } from '../../../src/services/alerts/tell.ts';
import { ON_ITS_WAY } from '../../../src/store/deliveries.ts';
import { until } from '../converse/toy.ts';
import { Office, plain, SIN_HO, type Worker } from './office.ts';

let office: Office;
let desks: AlertDesk[] = [];
/** What each chat got, and the chats that take nothing. */
let got: { readonly chat: string; readonly text: string }[] = [];
let dead = new Set<string>();
/** Chats whose platform says to wait an hour. */
let busy = new Set<string>();

beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
    await office.collections[name].deleteMany({});
  office.now = Date.now();
  got = [];
  dead = new Set();
  busy = new Set();
});
afterEach(async () => {
  await Promise.all(desks.map((desk) => desk.stop()));
  desks = [];
});
afterAll(() => office.close());

const send = async (chat: string, { say }: { readonly say: Say }): Promise<undefined> => {
  if (dead.has(chat)) throw new SendError('stopped', 'blocked');
  if (busy.has(chat)) throw new SendError('throttled', '429', 3_600);
  got.push({ chat, text: plain(say) });
};
const openDesk = (sending: typeof send = send): AlertDesk => {
  const now = () => office.now;
  const { database } = office.store;
  const desk = createAlertDesk({ ...office.parts, database, send: sending, sweepEvery: 100, now });
  desks.push(desk);
  desk.start();
  return desk;
};
const chats = () => got.map(({ chat }) => chat).sort();
const chatsOf = (...workers: readonly Worker[]) => workers.map(({ chat }) => chat).sort();

describe('the duty desk', () => {
  test('a restart between commit and send loses nothing', async () => {
    const nurse = await office.worker();
    await office.alert(); // committed; no process sends
    expect(got).toEqual([]);
    openDesk();
    await until(() => got.length === 1);
    expect(got[0]).toMatchObject({ chat: nurse.chat, text: expect.stringContaining('N. V. A.') });
  });

  test('a claim is told to the others; the one who is late gets no question any more', async () => {
    const [a, b] = [await office.worker(), await office.worker()];
    const id = await office.alert();
    await office.call(a, 'alertAct', { id, do: 'claim' });
    const desk = openDesk();
    await until(async () =>
      (await office.rows()).every(({ state }) => !['ready', 'leased', 'submitting'].includes(state)),
    );
    expect(got).toEqual([{ chat: b.chat, text: 'Lò Thị Hoa đã nhận cảnh báo về N. V. A., 1990, Nam.' }]);
    expect((await office.rows('alert')).map(({ state }) => state)).toEqual(['suppressed', 'suppressed']);
    expect(await desk.figures()).toEqual({ open: 0, claimed: 1, called: 0, waiting: 0, failed: 0 });
  });
});

describe('never silent', () => {
  test('with nobody to ask it waits, is counted, and goes out to the next who comes on duty', async () => {
    const desk = openDesk();
    const id = await office.alert();
    await until(async () => (await desk.figures()).waiting === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await desk.figures()).toEqual({ open: 1, claimed: 0, called: 0, waiting: 1, failed: 0 });
    const nurse = await office.worker();
    await until(() => got.length === 1);
    expect(chats()).toEqual([nurse.chat]);
    const alert = await office.collections.alerts.findOne({ _id: id });
    expect(alert).toMatchObject({ waiting: false, asked: [nurse.id], rev: 2 });
    expect(alert?.history.map(({ what }) => what)).toEqual(['opened', 'asked']);
  });

  test('two processes look at once: it is sent once', async () => {
    await office.alert();
    openDesk();
    openDesk();
    await office.worker();
    await until(() => got.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(got).toHaveLength(1);
  });

  test('somebody with a dead telephone: their next one, then the next people up', async () => {
    const nurse = await office.worker({ chats: 2 });
    const doc = await office.collections.staff.findOne({ _id: nurse.id });
    const [first = '', second = ''] = doc?.chats ?? [];
    dead = new Set([first]);
    openDesk();
    await office.alert();
    await until(() => got.length === 1);
    expect(chats()).toEqual([second]);

    dead = new Set([first, second]);
    got = [];
    const province = await office.worker({ area: '12' });
    const id = await office.alert();
    await until(() => got.length === 1);
    expect(chats()).toEqual([province.chat]);
    expect((await office.collections.alerts.findOne({ _id: id }))?.unreached.sort()).toEqual(
      [first, second].sort(),
    );
  });

  test('every telephone dead: it waits and is counted; a new one that is linked gets it', async () => {
    const nurse = await office.worker();
    dead = new Set([nurse.chat]);
    const desk = openDesk();
    await office.alert();
    await until(async () => {
      const { waiting, failed } = await desk.figures();
      return waiting === 1 && failed === 1;
    });
    expect(await desk.figures()).toMatchObject({ open: 1, waiting: 1, failed: 1 });
    await office.collections.staff.updateOne({ _id: nurse.id }, { $set: { chats: ['new', nurse.chat] } });
    await until(() => got.length === 1);
    expect(chats()).toEqual(['new']);
  });

  test('one of two cannot be reached: the other has it, nobody else is woken', async () => {
    const [a, b] = [await office.worker(), await office.worker()];
    await office.worker({ area: '12' });
    dead = new Set([a.chat]);
    const desk = openDesk();
    await office.alert();
    await until(async () => (await desk.figures()).failed === 1 && got.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(chats()).toEqual(chatsOf(b));
    expect(await desk.figures()).toMatchObject({ waiting: 0 });
  });

  test('whoever left before it was sent gets nothing; it climbs', async () => {
    const nurse = await office.worker();
    await office.worker({ area: '12', onDuty: false });
    await office.alert();
    await office.collections.staff.updateOne({ _id: nurse.id }, { $set: { active: false, chats: [] } });
    const province = await office.worker({ area: '12' });
    openDesk();
    await until(() => got.length === 1);
    expect(chats()).toEqual([province.chat]);
  });

  test.each([
    ['an alert', 'alert', 'had not been sent'],
    ['news of an alert', 'alertNews', 'had not been sent'],
    ['news of an alert', 'alertNews', 'waited for both chats'],
  ] as const)(
    '%s (%s) that %s when its chat was unlinked goes to their next one',
    async (_what, purpose, when) => {
      const nurse = await office.worker({ chats: 2 });
      await office.worker({ area: '12' });
      const [first = '', second = ''] =
        (await office.collections.staff.findOne({ _id: nurse.id }))?.chats ?? [];
      if (when === 'waited for both chats') busy = new Set([first, second]);
      const news = { purpose, rev: 1, at: office.now, notes: [line('alert.news.raised')] } as const;
      if (purpose === 'alert') await office.alert();
      else await office.write(await tellStaff(office.parts, [nurse.id], { ...news, about: 'an alert' }));
      const row = () => office.collections.deliveries.findOne({ purpose, staff: nurse.id });
      const desk = busy.size > 0 ? openDesk() : undefined;
      if (busy.size > 0) await until(async () => (await row())?.waits?.length === 2);
      await office.collections.staff.updateOne({ _id: nurse.id }, { $pull: { chats: first } });
      busy = new Set();
      office.now += desk === undefined ? 0 : 61 * 60_000;
      (desk ?? openDesk()).nudge();
      await until(() => got.length > 0);
      await until(async () => (await row())?.state === 'sent');
      expect(chats()).toEqual([second]);
      expect(await row()).toMatchObject({ chat: second });
      expect(await office.collections.alerts.countDocuments({ waiting: true })).toBe(0);
    },
  );

  test('whoever leaves with an alert in hand: it is asked about again', async () => {
    const [a, b] = [await office.worker(), await office.worker({ area: SIN_HO, onDuty: false })];
    const id = await office.alert();
    await office.call(a, 'alertAct', { id, do: 'claim' });
    await office.call(a, 'unlinkStaff');
    openDesk();
    await until(() => got.length === 1);
    expect(chats()).toEqual([b.chat]);
  });
});

describe('a platform that takes nothing for a while', () => {
  const MINUTE = 60_000;

  test('says to wait an hour: the next chat of the nurse has it at once, and nobody else is woken', async () => {
    const nurse = await office.worker({ chats: 2 });
    await office.worker({ area: '12' });
    busy = new Set([nurse.chat]);
    openDesk();
    await office.alert();
    await until(() => got.length === 1);
    const doc = await office.collections.staff.findOne({ _id: nurse.id });
    expect(chats()).toEqual([doc?.chats[1]]);
    expect(await office.collections.alerts.countDocuments({ waiting: true })).toBe(0);
  });

  test('says so to the only chat there is: the next on the ladder hears at once, not after five minutes', async () => {
    const nurse = await office.worker();
    const province = await office.worker({ area: '12' });
    busy = new Set([nurse.chat]);
    openDesk();
    const id = await office.alert();
    await until(() => got.length === 1);
    expect(chats()).toEqual([province.chat]);
    expect(await office.collections.alerts.findOne({ _id: id })).toMatchObject({ unreached: [nurse.chat] });
    expect(await office.collections.deliveries.findOne({ staff: nurse.id })).toMatchObject({
      state: 'ready',
    });
  });

  test('says so to two nurses in the same moment: neither takes the other for told', async () => {
    const nurses = [await office.worker(), await office.worker()];
    const province = await office.worker({ area: '12' });
    busy = new Set(nurses.map(({ chat }) => chat));
    let both = (): void => undefined;
    const met = new Promise<void>((resolve) => {
      both = resolve;
    });
    let sending = 0;
    openDesk(async (chat, message) => {
      sending += 1;
      if (sending === 2) both();
      await met; // both are on their way now
      return send(chat, message);
    });
    await office.alert();
    await until(() => got.length === 1);
    expect(chats()).toEqual([province.chat]);
  });

  test('down as a whole for an hour: it climbs to everybody, and is told to each once when it is back', async () => {
    const all = [
      await office.worker({ chats: 2 }),
      await office.worker({ area: '12' }),
      await office.worker({ role: 'leader', onDuty: false }),
      await office.worker({ role: 'admin', area: '12', onDuty: false }),
    ];
    let down = true;
    const desk = openDesk(async (chat, message) => {
      if (down) throw new SendError('temporary', 'http.502');
      return send(chat, message);
    });
    const due = async () => {
      const { deliveries } = office.collections;
      return deliveries.countDocuments({
        $or: [
          { state: { $in: ['leased', 'submitting'] } },
          { state: 'ready', readyAt: { $lte: new Date(office.now) } },
        ],
      });
    };
    const id = await office.alert();
    for (let minute = 0; minute < 60; minute += 1) {
      await until(async () => (await due()) === 0);
      office.now += MINUTE;
      await climbAlerts(office.parts, (effects) => office.write(effects), 'due', office.now);
      desk.nudge();
    }
    await until(async () => (await due()) === 0);
    const asked = (await office.collections.alerts.findOne({ _id: id }))?.asked ?? [];
    expect([...asked].sort()).toEqual(all.map((worker) => worker.id).sort());
    expect(got).toEqual([]);
    down = false;
    office.now += 2 * MINUTE;
    desk.nudge();
    const owed = () => office.collections.deliveries.countDocuments({ state: { $in: [...ON_ITS_WAY] } });
    await until(async () => (await owed()) === 0);
    const sent = await office.collections.deliveries.find({ state: 'sent' }).toArray();
    expect(sent.map(({ staff }) => staff).sort()).toEqual(all.map((worker) => worker.id).sort());
    expect(new Set(chats()).size).toBe(got.length);
    expect(got).toHaveLength(all.length);
  });

  test('is back when somebody has the alert: those who were not told of it are not asked any more', async () => {
    const nurse = await office.worker();
    const province = await office.worker({ area: '12' });
    busy = new Set([nurse.chat]);
    const desk = openDesk();
    const id = await office.alert();
    await until(() => got.length === 1);
    await office.call(province, 'alertAct', { id, do: 'claim' });
    busy = new Set();
    office.now += 61 * MINUTE;
    desk.nudge();
    const owed = { state: { $in: [...ON_ITS_WAY] } };
    await until(async () => (await office.collections.deliveries.countDocuments(owed)) === 0);
    expect(got.filter(({ chat }) => chat === nurse.chat).map(({ text }) => text)).toEqual([
      'Lò Thị Hoa đã nhận cảnh báo về N. V. A., 1990, Nam.',
    ]);
  });
});
