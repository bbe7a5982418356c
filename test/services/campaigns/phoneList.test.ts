import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CATALOGUES } from '../../../locales/index.ts';
import { readPhoneList } from '../../../src/services/campaigns/phoneList.ts';
import { workbook } from '../../harness/workbook.ts';

const csv = (text: string) => readPhoneList({ name: 'list.csv', bytes: Buffer.from(text) });
const xlsx = (...sheets: Parameters<typeof workbook>[0]) =>
  readPhoneList({ name: 'list.xlsx', bytes: workbook(sheets) });

const phones = ({ accepted }: Awaited<ReturnType<typeof csv>>) => accepted.map(({ phone }) => phone);

describe('the column', () => {
  test.each([
    ['a heading', 'Họ tên,Năm sinh,Số điện thoại\nLò A,1980,0912345678'],
    ['a heading in capitals without marks', 'HO TEN;SDT;GHI CHU\nLò A;0912345678;'],
    ['an English one with an underscore', 'id,phone_number\n1,0912345678'],
    ['the mobile beside the landline', 'Điện thoại cố định,Di động\n02133876543,0912345678'],
    ['one’s own beside a relative’s', 'SĐT người thân,SĐT\n0987654321,0912345678'],
    [
      'below title, date and office',
      'SỞ Y TẾ,,\nDANH SÁCH,,\n"Ngày 23/11/2026",,\nSTT,Tên,ĐT\n1,Lò A,0912345678',
    ],
    ['none, one column', '0912345678'],
    ['none, several columns', 'Lò A,120345678901,0912345678,xã Bum Tở'],
    ['none, with a number that is no mobile in another', '1,02133876543,0912345678'],
  ])('%s', async (_, text) => {
    expect(phones(await csv(text))).toEqual(['+84912345678']);
  });

  test('a first row with a number is no heading, whatever it says beside', async () => {
    expect(phones(await csv('Mobile Shop,0912345678\nLò A,0987654321'))).toEqual([
      '+84912345678',
      '+84987654321',
    ]);
  });

  test('where there is none, every row says so', async () => {
    const { accepted, rejected } = await csv('tên,tuổi\nLò A,30\nLò B,40');
    expect(accepted).toEqual([]);
    expect(rejected).toEqual([1, 2, 3].map((row) => ({ row, reason: 'noColumn' })));
  });
});

test('a quantity with decimals is no phone number, though its digits would make one', async () => {
  const { accepted, rejected } = await xlsx({ name: 'A', rows: [['SĐT'], [9771234.57], [977123457]] });
  expect(accepted).toEqual([{ sheet: 'A', row: 3, phone: '+84977123457' }]);
  expect(rejected).toEqual([{ sheet: 'A', row: 2, reason: 'notAPhone' }]);
});

test('each row that is not taken says why, and the second time says where the first was', async () => {
  const lines = [
    'SĐT',
    '0912345678',
    '',
    '912 345 678',
    '02133876543',
    '"a\nb"',
    ',x',
    '9.1E+08',
    '01681234567',
    '0381234567',
  ];
  const { accepted, rejected } = await csv(lines.join('\n'));
  expect(accepted).toEqual([
    { row: 2, phone: '+84912345678' },
    { row: 9, phone: '+84381234567' },
  ]);
  expect(rejected).toEqual([
    { row: 4, reason: 'twice', values: { row: 2 } },
    { row: 5, reason: 'landline' },
    { row: 6, reason: 'notAPhone' },
    { row: 7, reason: 'empty' },
    { row: 8, reason: 'rounded' },
    { row: 10, reason: 'twice', values: { row: 9 } },
  ]);
});

test('a workbook: every sheet has its own column, numbers without their zero, merged and hidden cells', async () => {
  const formula = { xml: '<f>VLOOKUP(A2,X:Y,2)</f>' };
  const { accepted, rejected } = await xlsx(
    {
      name: 'Bum Tở',
      rows: [
        ['DANH SÁCH NHẬN TIN'],
        ['TT', 'SĐT'],
        [1, 912345678],
        [2, '0987654321'],
        [3],
        [4, formula],
        [5, 961234567],
      ],
      hiddenRows: [7],
      after: '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B4:B5"/></mergeCells>',
    },
    { name: 'Trống', rows: [] },
    {
      name: 'Mường Tè',
      rows: [
        ['Điện thoại', 'Tên'],
        [84912345678, 'Lò A'],
        ['+84 352 345 678', 'Lò B'],
      ],
    },
    { name: 'Cũ', rows: [[931234567]], hidden: true },
    { name: 'Ghi chú', rows: [['in ngày 23/11']] },
  );
  expect(accepted).toEqual([
    { sheet: 'Bum Tở', row: 3, phone: '+84912345678' },
    { sheet: 'Bum Tở', row: 4, phone: '+84987654321' },
    { sheet: 'Mường Tè', row: 3, phone: '+84352345678' },
  ]);
  expect(rejected).toEqual([
    { sheet: 'Bum Tở', row: 5, reason: 'empty' },
    { sheet: 'Bum Tở', row: 6, reason: 'formula' },
    { sheet: 'Bum Tở', row: 7, reason: 'hidden' },
    { sheet: 'Mường Tè', row: 2, reason: 'twiceElsewhere', values: { row: 3, sheet: 'Bum Tở' } },
    { sheet: 'Cũ', row: 1, reason: 'hidden' },
    { sheet: 'Ghi chú', row: 1, reason: 'noColumn' },
  ]);
});

describe('rows in are rows accepted and rejected', () => {
  const cell = fc.oneof(
    fc.stringMatching(/^0[35789]\d{8}$/),
    fc.constantFrom(
      '0912345678',
      '912345678',
      '02133876543',
      '19009095',
      '#N/A',
      '9.1E+08',
      '0912345678/0987654321',
    ),
    fc.string({ maxLength: 20 }).map((text) => text.replace(/[\p{Cc}"=]/gu, '')),
  );
  const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }).map(String), cell), { maxLength: 150 });

  const check = (
    { accepted, rejected }: Awaited<ReturnType<typeof csv>>,
    count: number,
    head: number,
  ): void => {
    const numbers = [...accepted, ...rejected].map(({ row }) => row).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: count }, (_, at) => at + 1 + head));
    expect(new Set(accepted.map(({ phone }) => phone)).size).toBe(accepted.length);
  };

  test('of a CSV in every dialect', async () => {
    const dialect = fc.record({
      separator: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\ufeff'),
      wide: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(rows, dialect, async (list, { separator, end, mark, wide }) => {
        const lines = [['n', 'sdt'], ...list].map((cells) => cells.map((one) => `"${one}"`).join(separator));
        const text = mark + lines.join(end);
        // UTF-16 is told by its mark when there is little text.
        const bytes = Buffer.from(
          wide ? `\ufeff${text.replace('\ufeff', '')}` : text,
          wide ? 'utf16le' : 'utf8',
        );
        check(await readPhoneList({ name: '', bytes }), list.length, 1);
      }),
      { numRuns: 100 },
    );
  });

  test('of a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const all = [['n', 'sdt'], ...list.map(([n, one]) => [Number(n), one])];
        check(await xlsx({ name: 'A', rows: all }), list.length, 1);
      }),
      { numRuns: 50 },
    );
  });

  const MANY = 70_000;
  const many = Array.from({ length: MANY }, (_, at) => [
    at,
    `Lò Văn ${at}`,
    at % 7 === 0 ? 'x' : 300_000_000 + at,
  ]);

  test.each([
    ['CSV', Buffer.from(`TT;Tên;SĐT\r\n${many.map((cells) => cells.join(';')).join('\r\n')}`)],
    ['Excel', workbook([{ name: 'DS', rows: [['TT', 'Tên', 'SĐT'], ...many] }])],
  ])('of 70,000 of %s', async (_, bytes) => {
    const list = await readPhoneList({ name: '', bytes });
    check(list, MANY, 1);
    expect(list.rejected).toHaveLength(MANY / 7);
  });
});

test('there is a sentence for every reason and every problem of a file', () => {
  const reasons = [
    'empty',
    'formula',
    'rounded',
    'several',
    'landline',
    'hotline',
    'foreign',
    'tooShort',
    'tooLong',
  ];
  const keys = [...reasons, 'notAPhone', 'twice', 'twiceElsewhere', 'before', 'hidden', 'noColumn'].map(
    (reason) => `list.reason.${reason}`,
  );
  const files = ['notATable', 'broken', 'locked', 'oldExcel', 'tooLarge', 'tooManyRows'].map(
    (key) => `list.${key}`,
  );
  for (const key of [...keys, ...files]) expect(Object.keys(CATALOGUES.vi)).toContain(key);
});
