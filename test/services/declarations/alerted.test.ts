import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Case } from '../../domain/risk/facts.ts';
import { Office, type Phone, plain, type Worker } from '../alerts/office.ts';
import { Counter } from './counter.ts';

let office: Office;
let counter: Counter;
let citizen: Phone;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(async () => {
  for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
    await office.collections[name].deleteMany({});
  citizen = office.phone();
});
afterAll(() => office.close());

const SICK: Case = { symptoms: ['fever', 'breath'] };
const alerts = () => office.collections.alerts.find().toArray();

/** What a nurse reads who opens the only alert. */
const card = async (nurse: Worker): Promise<string> => {
  const [doc] = await alerts();
  const { lines } = await office.call(nurse, 'alertAct', { id: doc?._id ?? '', do: 'show' });
  return plain({ turn: 0, notes: lines, choices: [] } as never);
};

describe('what the person is told of the staff', () => {
  test('nothing when a correction takes the signs away, though an alert is there', async () => {
    const { id, staff } = await counter.declare(citizen, SICK);
    expect(staff).toBe('waiting');
    expect(await counter.correct(citizen, id)).toMatchObject({ level: 'low', staff: 'none' });
  });

  test('that they know, when they were told before and nothing is graver', async () => {
    await office.worker();
    const { id, staff } = await counter.declare(citizen, SICK);
    expect(staff).toBe('told');
    expect(await counter.correct(citizen, id, SICK)).toMatchObject({ level: 'high', staff: 'told' });
  });

  test('that they do not, as long as nobody was asked', async () => {
    const { id } = await counter.declare(citizen, SICK);
    expect(await counter.correct(citizen, id, SICK)).toMatchObject({ level: 'high', staff: 'waiting' });
  });
});

describe('one person is one alert', () => {
  test('whoever declares again has fresh news in the alert that is open', async () => {
    const nurse = await office.worker();
    const first = await counter.declare(citizen, SICK);
    office.now += 60_000;
    const second = await counter.declare(citizen, { symptoms: ['fever', 'breath', 'cough'] });
    expect(await alerts()).toMatchObject([
      { subject: first.id, joined: [second.id], state: 'open', freshAt: new Date(office.now) },
    ]);
    expect(await card(nurse)).toContain('Dấu hiệu: Sốt, Khó thở, Ho');
    await counter.correct(citizen, second.id, SICK);
    expect(await alerts()).toHaveLength(1);
  });

  test('but another place, and another person, is another alert', async () => {
    await counter.declare(citizen, SICK);
    await counter.declare(citizen, { ...SICK, stay: '03388' });
    await counter.declare(office.phone(), SICK);
    expect(await alerts()).toHaveLength(3);
  });
});

describe('an alert whose declaration was withdrawn', () => {
  test('says so, and stays open', async () => {
    const nurse = await office.worker();
    const { id } = await counter.declare(citizen, SICK);
    await counter.call(citizen, 'withdrawDeclaration', { id });
    expect(await alerts()).toMatchObject([{ state: 'open', rev: 2 }]);
    expect(await card(nurse)).toContain('đã được người khai thu hồi lúc');
    await counter.declare(citizen);
    expect(await card(nurse)).toContain('đã được người khai thu hồi lúc');
  });

  test('is told to whoever has it', async () => {
    const nurse = await office.worker();
    const { id } = await counter.declare(citizen, SICK);
    const [doc] = await alerts();
    await office.call(nurse, 'alertAct', { id: doc?._id ?? '', do: 'claim' });
    await counter.call(citizen, 'withdrawDeclaration', { id });
    expect(await office.rows('alertNews')).toMatchObject([{ chat: nurse.chat }]);
  });

  test('and no alert, or one that is over, is left alone', async () => {
    const { id } = await counter.declare(citizen);
    expect(await counter.call<boolean>(citizen, 'withdrawDeclaration', { id })).toBe(true);
    expect(await alerts()).toEqual([]);
  });
});
