import { describe, expect, test } from '@jest/globals';
import { currentFigures, type Figure, reconcile, totalOf } from '../../src/domain/operatorFigures.ts';
import { daysFrom, type OrderTerms, orderProblems, plainDay } from '../../src/domain/operatorOrder.ts';

const TODAY = '2026-11-23';
const TERMS: OrderTerms = {
  text: 'So Y te: nguoi tu vung dich ve xin khai bao y te.',
  sender: 'SYT LAICHAU',
  areas: ['12'],
  days: daysFrom('2026-11-24', 5),
  from: '08:00',
  to: '20:00',
  operators: ['viettel', 'vinaphone'],
};
const KNOWN = ['viettel', 'vinaphone', 'mobifone'];
const problems = (more: Partial<OrderTerms>) =>
  orderProblems({ ...TERMS, ...more }, TODAY, KNOWN).map(({ key }) => key);

describe('an order', () => {
  test('five days in a row, over the end of a month', () => {
    expect(daysFrom('2026-11-28', 5).map(plainDay)).toEqual([
      '28/11/2026',
      '29/11/2026',
      '30/11/2026',
      '01/12/2026',
      '02/12/2026',
    ]);
  });

  test.each<[string, Partial<OrderTerms>]>([
    ['as it is', {}],
    ['one day, today', { days: [TODAY] }],
    ['of the whole time that is allowed', { from: '07:00', to: '22:00' }],
    ['a text of three segments', { text: 'a'.repeat(459) }],
    ['a short sender with digits', { sender: 'BYT1' }],
  ])('may be placed: %s', (_, more) => {
    expect(problems(more)).toEqual([]);
  });

  test.each<[string, Partial<OrderTerms>]>([
    ['order.text.empty', { text: ' \n' }],
    ['order.text.long', { text: 'a'.repeat(460) }],
    ['order.text.long', { text: 'ă'.repeat(202) }],
    ['order.sender.wrong', { sender: 'SOYTELAICHAU' }],
    ['order.sender.wrong', { sender: 'SỞ Y TẾ' }],
    ['order.sender.wrong', { sender: '0912345678' }],
    ['order.sender.wrong', { sender: '' }],
    ['order.sender.wrong', { sender: 'SYT ' }],
    ['order.area.none', { areas: [] }],
    ['order.days.wrong', { days: [] }],
    ['order.days.wrong', { days: ['2026-11-24', '2026-11-26'] }],
    ['order.days.wrong', { days: daysFrom('2026-11-24', 11) }],
    ['order.days.wrong', { days: ['2026-02-30'] }],
    ['order.days.past', { days: ['2026-11-22', '2026-11-23'] }],
    ['order.hours.wrong', { from: '06:59' }],
    ['order.hours.wrong', { to: '22:01' }],
    ['order.hours.wrong', { from: '20:00', to: '08:00' }],
    ['order.hours.wrong', { from: '8:00' }],
    ['order.operators.none', { operators: [] }],
    ['order.operators.none', { operators: ['viettel', 'viettel'] }],
    ['order.operators.strange', { operators: ['viettel', 'orange'] }],
  ])('%s: %j', (key, more) => {
    expect(problems(more)).toEqual([key]);
  });

  test('everything that is wrong is said at once', () => {
    expect(problems({ text: '', areas: [], operators: [] })).toHaveLength(3);
  });
});

const figure = (more: Partial<Figure> = {}): Figure => ({
  operator: 'viettel',
  day: '2026-11-24',
  sent: 100,
  delivered: 90,
  failed: 7,
  pending: 3,
  ...more,
});

describe('the figures that come back', () => {
  const name = (operator: string) => operator.toUpperCase();
  const found = (history: readonly Figure[], today: string) => reconcile(TERMS, history, today, name);

  test('a day that is over and was not reported is missing, of each operator', () => {
    expect(found([], '2026-11-24')).toEqual([]);
    expect(found([figure()], '2026-11-26')).toEqual([
      { key: 'order.figures.missing', values: { operator: 'VIETTEL', day: '25/11/2026' } },
      { key: 'order.figures.missing', values: { operator: 'VINAPHONE', day: '24/11/2026' } },
      { key: 'order.figures.missing', values: { operator: 'VINAPHONE', day: '25/11/2026' } },
    ]);
    expect(found([], '2027-01-01')).toHaveLength(10);
  });

  test('a sum that does not add up, and a day that was not ordered', () => {
    expect(found([figure({ sent: 101 })], '2026-11-24')).toEqual([
      {
        key: 'order.figures.sum',
        values: { operator: 'VIETTEL', day: '24/11/2026', sent: 101, sum: 100 },
      },
    ]);
    expect(found([figure({ day: '2026-11-29' })], '2026-11-24')).toEqual([
      { key: 'order.figures.outside', values: { operator: 'VIETTEL', day: '29/11/2026' } },
    ]);
  });

  test('a correction holds, and what it corrects is no finding any more', () => {
    const history = [figure({ sent: 500 }), figure({ day: '2026-11-25' }), figure()];
    expect(found(history, '2026-11-24')).toEqual([]);
    expect([...currentFigures(history).values()]).toContain(history[2]);
    expect(totalOf(currentFigures(history).values())).toEqual({
      sent: 200,
      delivered: 180,
      failed: 14,
      pending: 6,
    });
  });
});
