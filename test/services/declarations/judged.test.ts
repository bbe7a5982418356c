import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Office, type Phone } from '../alerts/office.ts';
import { Counter } from './counter.ts';

let office: Office;
let counter: Counter;
let citizen: Phone;
beforeAll(async () => {
  office = await Office.open();
  counter = new Counter(office);
});
beforeEach(() => {
  citizen = office.phone();
});
afterAll(() => office.close());

const SICK = { symptoms: ['fever', 'breath'] } as const;

describe('what was reported in 14 days counts', () => {
  test('in the correction of another declaration', async () => {
    const other = await counter.declare(citizen);
    await counter.declare(citizen, SICK);
    expect(await counter.correct(citizen, other.id)).toMatchObject({ level: 'high' });
  });

  test('and is told with its day to whoever says they are well', async () => {
    await counter.declare(citizen, SICK);
    const { level, reasons } = await counter.declare(citizen);
    expect(level).toBe('high');
    expect(reasons).toContainEqual({
      key: 'risk.reason.feverBreath',
      values: { count: 2 },
      said: '2026-11-23',
    });
  });

  test('in the update of another declaration', async () => {
    const other = await counter.declare(citizen);
    await counter.declare(citizen, SICK);
    const place = { code: '03388', said: 'Sìn Hồ' };
    const change = { day: '2026-11-23', place };
    expect(await counter.call(citizen, 'recordMovement', { id: other.id, change })).toMatchObject({
      level: 'high',
    });
  });

  test('unless that very declaration is corrected', async () => {
    const { id } = await counter.declare(citizen, SICK);
    expect(await counter.correct(citizen, id)).toMatchObject({ level: 'low', reasons: [] });
    expect(await counter.declare(citizen)).toMatchObject({ level: 'low' });
  });

  test('but not what was withdrawn, nor what another person of the chat reported', async () => {
    const { id } = await counter.declare(citizen, SICK);
    await counter.call(citizen, 'withdrawDeclaration', { id });
    expect(await counter.declare(citizen)).toMatchObject({ level: 'low' });
    expect(await counter.declare(office.phone())).toMatchObject({ level: 'low' });
  });
});
