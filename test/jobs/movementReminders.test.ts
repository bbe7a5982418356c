import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { movementReminders } from '../../jobs/movementReminders.ts';
import { beginEpoch } from '../../src/delivery/outboxEpoch.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import { DAY_MS } from '../../src/domain/day.ts';
import { LEVELS, type Level } from '../../src/domain/declaration.ts';
import type { MovementRule } from '../../src/domain/reminders/movement.ts';
import { randomId } from '../../src/security/random.ts';
import { askMovements } from '../../src/services/reminders/movement.ts';
import { reminderWanted } from '../../src/services/reminders/wanted.ts';
import { handOver } from '../../src/services/talks/data.ts';
import { type Case, declaredOf, shippedRules } from '../domain/risk/facts.ts';
import { NOW } from '../harness/talk.ts';
import { Office, type Phone, plain } from '../services/alerts/office.ts';
import { Counter } from '../services/declarations/counter.ts';
import { spoil } from '../services/spoil.ts';
import { jobParts } from './parts.ts';

let office: Office;
let counter: Counter;
let citizen: Phone;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of ['declarations', 'movements', 'deliveries', 'alerts', 'installation'] as const)
    await office.collections[name].deleteMany({});
  office.now = NOW;
  office.ruleSet = shippedRules();
  citizen = office.phone();
});
afterAll(() => office.close());

/** 09:00 in Vietnam, so many days after 23 November. */
const day = (days: number): number => NOW + days * DAY_MS;
const run = async (at: number): Promise<number> => {
  office.now = at;
  return (await movementReminders(jobParts(office)).run(at)) as number;
};
const rows = () => office.collections.deliveries.find().sort({ readyAt: 1 }).toArray();
const asked = async () =>
  Promise.all((await rows()).map(async (row) => plain(await openRow(office.parts.sealer, row))));

/** Ticks every morning; on which days somebody is asked, and what they do then. */
const daysAsked = async (last: number, then: () => Promise<unknown> = async () => undefined) => {
  const found: number[] = [];
  for (let n = 0; n <= last; n += 1) {
    if ((await run(day(n))) === 0) continue;
    found.push(n);
    await then();
  }
  return found;
};
const declareFor = (phone: Phone, name: string, given: Case = {}, phoneNumber?: string) => {
  const declared = declaredOf(given);
  const { phone: _own, ...person } = { ...declared.person, name };
  const args = {
    whom: 'other',
    declared: { ...declared, person: { ...person, ...(phoneNumber && { phone: phoneNumber }) } },
    consent: '2026-11',
  };
  return counter.call(phone, 'submitDeclaration', args);
};

const still = () => counter.call<{ readonly count: number }>(citizen, 'confirmStay');

describe('people are asked whether they are still there', () => {
  /** What somebody declares who is at a level by the shipped rules. */
  const AT: Readonly<Record<Level, Case>> = {
    low: {},
    moderate: { exposures: ['sickPerson'] },
    high: { symptoms: ['fever', 'breath'] },
    critical: { symptoms: ['fever', 'bleeding'] },
  };
  const everyDay = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
  type Days = Readonly<Record<Level, readonly number[]>>;

  test.each<[string, MovementRule | undefined, Days]>([
    [
      'as shipped: weekly to daily, for 14 days',
      undefined,
      { low: [7, 14], moderate: [3, 6, 9, 12], high: everyDay, critical: everyDay },
    ],
    [
      'as a province sets it',
      { days: 6, every: { low: 2, moderate: 6, high: 3, critical: 4 } },
      { low: [2, 4, 6], moderate: [6], high: [3, 6], critical: [4] },
    ],
  ])('at the interval of their level, by the rules that are installed: %s', async (_what, movement, days) => {
    if (movement) office.ruleSet = { ...office.ruleSet, movement };
    const phones = new Map<string, Phone>();
    for (const level of LEVELS) {
      const phone = office.phone();
      phones.set(level, phone);
      expect(await counter.declare(phone, AT[level])).toMatchObject({ level });
    }
    await daysAsked(20);
    const asked = await rows();
    const daysOf = (level: Level): readonly number[] =>
      asked
        .filter(({ chat }) => chat === phones.get(level)?.chat)
        .map(({ readyAt }) => (readyAt.getTime() - NOW) / DAY_MS);
    for (const level of LEVELS) expect([level, daysOf(level)]).toEqual([level, days[level]]);
    expect(await daysAsked(20)).toEqual([]); // nothing is left of it
  });

  test('at nine, with buttons that answer it', async () => {
    const { id } = await counter.declare(citizen);
    expect(await run(day(7) - 1)).toBe(0);
    await run(day(7));
    expect(await asked()).toEqual([
      'Hôm nay anh/chị còn ở xã Than Uyên, Lai Châu không?\nGõ: Vẫn ở đó / Đã đi nơi khác / Có dấu hiệu bệnh / Đừng nhắc nữa',
    ]);
    const [row] = await rows();
    expect(row).toMatchObject({ chat: citizen.chat, purpose: 'movementReminder', lane: 'reminder' });
    const { choices = [] } = await openRow(office.parts.sealer, row as never);
    expect(choices.map((choice) => choice.id)).toEqual([
      '/go:stillHere',
      `/go:update:id=${id}&change=place`,
      `/go:update:id=${id}&change=symptoms`,
      '/go:stopReminders:what=movement',
    ]);
  });

  test('a family in one message, and the driver not about his passengers', async () => {
    await counter.declare(citizen);
    await declareFor(citizen, 'Lò Thị Con');
    await declareFor(citizen, 'Vàng A Xa', { stay: '03388' });
    await declareFor(citizen, 'Sùng A Riêng', {}, '+84987654321');
    const driver = office.phone();
    await declareFor(driver, 'Giàng A Khách');
    expect(await run(day(7))).toBe(1);
    expect((await asked())[0]).toContain(
      'Hôm nay Nguyễn Văn An, Lò Thị Con còn ở xã Than Uyên, Lai Châu không?',
    );
  });

  test('one that cannot be opened keeps nobody else from being asked, in its own chat or in another', async () => {
    const bad = await counter.declare(citizen);
    await declareFor(citizen, 'Lò Thị Con');
    const other = office.phone();
    await counter.declare(other);
    await spoil(office, 'declarations', bad.id);
    expect(await run(day(7))).toBe(2);
    expect((await rows()).map(({ chat }) => chat).sort()).toEqual([citizen.chat, other.chat].sort());
    expect((await asked()).filter((text) => text.includes('Lò Thị Con'))).toHaveLength(1);
    expect(await run(day(7) + 60_000)).toBe(0);
  });

  test('a child alone is named: whoever reads it must not answer for themselves', async () => {
    await counter.declare(citizen);
    office.now = day(1);
    await declareFor(citizen, 'Lò Thị Con');
    await run(day(7));
    await still();
    expect(await run(day(8))).toBe(1);
    expect((await asked())[1]).toContain('Hôm nay Lò Thị Con còn ở xã Than Uyên, Lai Châu không?');
  });

  test('of two declarations of one person the newer one', async () => {
    await counter.declare(citizen);
    office.now = day(1);
    await counter.declare(citizen, { stay: '03388' });
    expect(await daysAsked(9)).toEqual([8]);
    expect((await asked())[0]).toContain('Đoàn Kết');
  });

  test('ticks in three processes at once, and again, ask once', async () => {
    await counter.declare(citizen);
    const counts = await Promise.all([run(day(7)), run(day(7)), run(day(7))]);
    expect(counts.reduce((a, b) => a + b)).toBe(1);
    expect(await run(day(7))).toBe(0);
    expect(await rows()).toHaveLength(1);
  });

  test('a morning missed is made up the same day, and not twice the next', async () => {
    await counter.declare(citizen);
    expect(await run(day(7) + 5 * 3_600_000)).toBe(1);
    expect(await run(day(8))).toBe(0);
  });
});

describe('it ends', () => {
  const wanted = async () => {
    const [row] = await rows();
    return reminderWanted(office.parts)(row as never);
  };
  beforeEach(async () => {
    await counter.declare(citizen);
    await run(day(7));
    expect(await wanted()).toBe(true);
  });

  test('when it is answered: kept as a movement, and a late message is not sent any more', async () => {
    expect(await still()).toEqual({ count: 1 });
    expect(await still()).toEqual({ count: 0 });
    expect(await wanted()).toBe(false);
    expect(await office.collections.movements.find().toArray()).toMatchObject([
      { placeCode: '03595', at: new Date(day(7)) },
    ]);
  });

  test('when they moved: the next question is about the new place', async () => {
    const place = { code: '03388', said: 'Đoàn Kết' };
    const id = String(citizen.memory.lastDeclared);
    await counter.call(citizen, 'recordMovement', { id, change: { day: '2026-11-30', place } });
    expect(await wanted()).toBe(false);
    expect(await daysAsked(14)).toEqual([14]);
    expect((await asked())[1]).toContain('Đoàn Kết');
  });

  test.each(['withdrawn', 'erased'])('when it is %s', async (how) => {
    const id = String(citizen.memory.lastDeclared);
    if (how === 'withdrawn') await counter.call(citizen, 'withdrawDeclaration', { id });
    else await office.collections.declarations.deleteOne({ _id: id });
    expect(await wanted()).toBe(false);
    expect(await daysAsked(20)).toEqual([]);
  });

  test('graver from now on: asked at the interval of the new level', async () => {
    const id = String(citizen.memory.lastDeclared);
    const change = { day: '2026-11-30', symptoms: ['fever', 'breath'] };
    await counter.call(citizen, 'recordMovement', { id, change });
    expect(await run(day(8))).toBe(1);
  });
});

describe('where the chat that declared was connected with another', () => {
  let talk: string;
  const connect = async () => office.write(await handOver(office.parts, [citizen.chat], talk));
  beforeEach(async () => {
    talk = randomId();
    await counter.declare(citizen);
  });

  test('the talk has the declaration, and is asked', async () => {
    await connect();
    expect(await counter.call(citizen, 'ownDeclarations')).toEqual([]);
    expect(await counter.call({ ...citizen, chat: talk }, 'ownDeclarations')).toHaveLength(1);
    expect(await run(day(7))).toBe(1);
    expect(await rows()).toMatchObject([{ chat: talk }]);
  });

  test('one that an older release left to the chat that declared is answered in the talk', async () => {
    const _id = String(citizen.memory.lastDeclared);
    await office.collections.declarations.updateOne({ _id }, { $set: { chats: [talk] } });
    const alias = { _id: citizen.chat, talk } as never;
    await office.collections.conversations.insertOne(alias);
    await run(day(7));
    expect(await counter.call({ ...citizen, chat: talk }, 'confirmStay')).toEqual({ count: 1 });
  });

  test('a question on its way is asked there', async () => {
    await run(day(7));
    await connect();
    const [row] = await rows();
    expect(row).toMatchObject({ chat: talk });
    expect(await reminderWanted(office.parts)(row as never)).toBe(true);
  });

  test('in the moment in which it is asked, it is asked in the talk by the next tick', async () => {
    const write: Office['write'] = async (effects) => {
      await connect();
      return office.write(effects);
    };
    expect(await askMovements({ staff: office.parts, write }, day(7))).toBe(0);
    expect(await rows()).toEqual([]);
    expect(await run(day(7))).toBe(1);
    expect(await rows()).toMatchObject([{ chat: talk }]);
  });
});

test('who was due before a backup was restored may have been asked: held, an answer counts, and they are asked at the next turn', async () => {
  await counter.declare(citizen);
  await beginEpoch(office.collections, 'Lò Thị Hoa', day(7) + 5 * 3_600_000);
  await run(day(7) + 6 * 3_600_000);
  expect(await rows()).toMatchObject([{ state: 'held', heldBy: 2 }]);
  expect(await still()).toEqual({ count: 1 });
  await run(day(14));
  expect((await rows()).map(({ state }) => state)).toEqual(['held', 'ready']);
});
