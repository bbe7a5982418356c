import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderBook } from '../../../src/services/operatorOrders/book.ts';
import { readFigures } from '../../../src/services/operatorOrders/figureFile.ts';
import { workbook } from '../../harness/workbook.ts';

const book = orderBook();
const today = '2026-11-27';
const ORDERED = ['viettel', 'vinaphone'];
const read = (bytes: Buffer, operator?: string) =>
  readFigures(
    { name: 'figures', bytes },
    { book, today, operators: ORDERED, ...(operator === undefined ? {} : { operator }) },
  );
const csv = (text: string, operator?: string) => read(Buffer.from(text), operator);

const HEAD = 'Ngày,Nhà mạng,Đã gửi,Thành công,Thất bại,Đang chờ';
const VIETTEL = {
  operator: 'viettel',
  day: '2026-11-24',
  sent: 1000,
  delivered: 900,
  failed: 70,
  pending: 30,
};

describe('one row', () => {
  test.each([
    ['as the letter asks for it', `${HEAD}\n24/11/2026,Viettel,1000,900,70,30`],
    ['grouped numbers', `${HEAD.replace(/,/g, ';')}\n24/11/2026;Viettel;1.000;900;70;30`],
    ['numbers in quotes, the day as ISO', `${HEAD}\n2026-11-24,VIETTEL,"1,000",900,70,30`],
    ['the day with a time', `${HEAD}\n24/11/2026 00:00:00,viettel,1 000,900,70,30`],
    [
      'another order of columns',
      'Nhà mạng;Ngày gửi;Số tin gửi;Số tin lỗi;Tỷ lệ thành công (%);Số tin gửi thành công;Số tin chờ\nVTL;24/11;1000;70;90;900;30',
    ],
    ['English', 'Date,Operator,Sent,Delivered,Failed,Pending\n24/11/2026,Viettel,1000,900,70,30'],
    ['below a title', `BÁO CÁO\nTháng 11,,,,,\n${HEAD}\n24/11/2026,Viettel,1000,900,70,30`],
  ])('%s', async (_, text) => {
    expect(await csv(text)).toEqual({
      figures: [VIETTEL],
      rejected: expect.any(Array),
      doubts: [],
    });
  });

  test('the operator said by whoever brings it, or by the name of the sheet; days of Excel', async () => {
    expect((await csv('Ngày,Đã gửi,Thành công\n24/11/2026,5,5', 'Viettel')).figures).toEqual([
      { operator: 'viettel', day: '2026-11-24', sent: 5, delivered: 5, failed: 0, pending: 0 },
    ]);
    const rows = [
      ['Ngày', 'Đã gửi', 'Thành công'],
      [46350, 7, 7],
    ];
    expect((await read(workbook([{ name: 'VNPT', rows }]))).figures).toMatchObject([
      { operator: 'vinaphone', day: '2026-11-24', sent: 7 },
    ]);
  });

  test.each([
    ['order.row.operator', '24/11/2026,Orange,1,1,0,0'],
    ['order.row.operator', '24/11/2026,,1,1,0,0'],
    ['order.row.notOrdered', '24/11/2026,MobiFone,1,1,0,0'],
    ['order.row.day', '31/11/2026,Viettel,1,1,0,0'],
    ['order.row.day', ',Viettel,1,1,0,0'],
    ['order.row.future', '28/11/2026,Viettel,1,1,0,0'],
    ['order.row.count', '24/11/2026,Viettel,-1,1,0,0'],
    ['order.row.count', '24/11/2026,Viettel,1.5,1,0,0'],
    ['order.row.count', '24/11/2026,Viettel,#N/A,1,0,0'],
    ['order.row.count', '24/11/2026,Viettel,"1.00,0",1,0,0'],
  ])('%s: %s', async (key, line) => {
    expect(await csv(`${HEAD}\n${line}`)).toMatchObject({
      figures: [],
      rejected: [{ row: 2, why: { key } }],
    });
  });
});

test('a day twice: the same is left out, different figures are neither believed', async () => {
  const lines = [
    '24/11/2026,Viettel,1000,900,70,30',
    '24/11/2026,VinaPhone,10,10,0,0',
    '24/11/2026,Viettel,1000,900,70,30',
    '24/11/2026,VNPT,11,11,0,0',
  ];
  expect(await csv([HEAD, ...lines].join('\n'))).toEqual({
    figures: [VIETTEL],
    rejected: [
      { row: 4, why: { key: 'order.row.twice', values: { row: 2 } } },
      { row: 3, why: { key: 'order.row.differs', values: { row: 5 } } },
      { row: 5, why: { key: 'order.row.differs', values: { row: 3 } } },
    ],
    doubts: [],
  });
});

test('a row of totals is compared, not taken', async () => {
  const lines = `${HEAD}\n24/11/2026,Viettel,1000,900,70,30\n25/11/2026,Viettel,10,10,0,0\n`;
  expect(await csv(`${lines}Tổng cộng,,1010,910,70,30`)).toMatchObject({ rejected: [], doubts: [] });
  expect(await csv(`${lines},Tổng,1011,910,70,30`)).toMatchObject({
    figures: [{ sent: 1000 }, { sent: 10 }],
    rejected: [],
    doubts: [{ row: 4, why: { key: 'order.row.total', values: { said: 1011, sum: 1010 } } }],
  });
});

test('a sheet without a heading, and a hidden row, are said', async () => {
  const head = HEAD.split(',');
  const bytes = workbook([
    {
      name: 'Viettel',
      rows: [head, [46350, undefined, 1, 1, 0, 0], [46351, undefined, 2, 2, 0, 0]],
      hiddenRows: [3],
    },
    { name: 'Khác', rows: [[46350, 'Viettel', 1, 1]] },
  ]);
  expect(await read(bytes)).toMatchObject({
    figures: [{ operator: 'viettel', day: '2026-11-24', sent: 1 }],
    rejected: [
      { sheet: 'Viettel', row: 3, why: { key: 'list.reason.hidden' } },
      { sheet: 'Khác', row: 1, why: { key: 'order.row.noHeading' } },
    ],
  });
});

test('rows in are figures, totals and rejected ones; the figures are of different days', async () => {
  const row = fc.tuple(
    fc.constantFrom('24/11/2026', '25/11/2026', '2026-11-26', '28/11/2026', 'hôm nào', ''),
    fc.constantFrom('Viettel', 'VNPT', 'MobiFone', 'Orange', ''),
    fc.constantFrom('1', '2', '1.000', '-5', 'x'),
    fc.constantFrom('0', '1', ''),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      const lines = rows.map((cells) => [...cells, '0', '0'].join(','));
      const { figures, rejected, doubts } = await csv([HEAD, ...lines, 'Tổng,,9,9,9,9'].join('\n'));
      expect(figures.length + rejected.length).toBe(rows.length);
      expect(new Set(figures.map(({ operator, day }) => `${operator} ${day}`)).size).toBe(figures.length);
      expect(doubts.length).toBeLessThanOrEqual(1);
    }),
  );
});
