import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { rowsOf } from '../../../src/services/tables/rows.ts';
import { MAX_BYTES, type TableRow } from '../../../src/services/tables/table.ts';
import { openZip, textOf } from '../../../src/services/tables/zip.ts';
import { workbook } from '../../harness/workbook.ts';

const read = async (bytes: Buffer): Promise<readonly TableRow[]> => {
  const rows: TableRow[] = [];
  for await (const row of rowsOf({ name: 'a file', bytes })) rows.push(row);
  return rows;
};
const cells = async (bytes: Buffer) =>
  (await read(bytes)).map((row) => Array.from(row.cells, (one) => one ?? ''));
const utf16 = (text: string, big = false): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('CSV', () => {
  const PLAIN = 'Tên,SĐT\r\nLò Thị Mẩy,0912345678\r\n';
  const EXPECTED = [
    ['Tên', 'SĐT'],
    ['Lò Thị Mẩy', '0912345678'],
  ];
  test.each([
    ['commas', Buffer.from(PLAIN)],
    ['semicolons', Buffer.from(PLAIN.replace(/,/g, ';'))],
    ['tabs', Buffer.from(PLAIN.replace(/,/g, '\t'))],
    ['bars', Buffer.from(PLAIN.replace(/,/g, '|'))],
    ['lines ended as on Unix', Buffer.from(PLAIN.replace(/\r/g, ''))],
    ['lines ended as on an old Mac', Buffer.from(PLAIN.replace(/\n/g, ''))],
    ['no end of the last line', Buffer.from(PLAIN.trim())],
    ['quotes', Buffer.from('"Tên","SĐT"\n"Lò Thị Mẩy","0912345678"\n')],
    ['a byte order mark', Buffer.from(`\ufeff${PLAIN}`)],
    ['UTF-16, as Excel calls Unicode text', utf16(`\ufeff${PLAIN.replace(/,/g, '\t')}`)],
    ['UTF-16, big end first', utf16(`\ufeff${PLAIN}`, true)],
    ['UTF-16 without a mark', utf16(PLAIN)],
  ])('%s', async (_, bytes) => {
    expect(await cells(bytes)).toEqual(EXPECTED);
  });

  test('a separator, a line break and a quote within quotes are part of the cell', async () => {
    expect(await cells(Buffer.from('"a,b";"c\nd";"e ""f"""\n1;2;3'))).toEqual([
      ['a,b', 'c\nd', 'e "f"'],
      ['1', '2', '3'],
    ]);
  });

  test('rows are numbered as a spreadsheet numbers them, blank ones counted and not given', async () => {
    const rows = await read(Buffer.from('sep=;\na;b\n\n;\n1;2\n'));
    expect(rows.map(({ row }) => row)).toEqual([2, 5]);
  });

  test('what an old Vietnamese program wrote keeps its digits', async () => {
    expect(await cells(Buffer.from([0xd0, 0x2c, 0x30, 0x39, 0x0a]))).toEqual([['Đ', '09']]);
  });

  test('a file that is no table says so', async () => {
    await expect(read(Buffer.from([1, 0, 0, 0, 7, 7, 7, 7]))).rejects.toMatchObject({
      key: 'list.notATable',
    });
    await expect(read(Buffer.alloc(MAX_BYTES + 1, 'a'))).rejects.toMatchObject({ key: 'list.tooLarge' });
  });
});

describe('Excel', () => {
  test('texts, numbers, formulas with and without a result, errors, inline and rich texts', async () => {
    const rows = [
      [
        'Tên',
        912345678,
        { xml: '<v>8.4912345678E10</v>' },
        { type: 'str', xml: '<f>A1&amp;B1</f><v>0987654321</v>' },
        { xml: '<f>VLOOKUP(A1,B:C,2)</f>' },
        { type: 'e', xml: '<f>1/0</f><v>#DIV/0!</v>' },
        { type: 'inlineStr', xml: '<is><r><t>09</t></r><r><t>12</t></r></is>' },
        { type: 'b', xml: '<v>1</v>' },
        { xml: '<v>0.5</v>' },
      ],
    ];
    expect(await cells(workbook([{ name: 'DS', rows }]))).toEqual([
      ['Tên', '912345678', '84912345678', '0987654321', '=VLOOKUP(A1,B:C,2)', '#DIV/0!', '0912', '1', '0.5'],
    ]);
  });

  test('gaps, far columns, merged cells, several sheets, hidden ones, rows left out', async () => {
    const far = Array.from({ length: 28 }, (_, at) => (at === 27 ? 'AB' : undefined));
    const bytes = workbook([
      { name: 'Xã 1', rows: [[undefined, 'b'], [], far], hiddenRows: [3] },
      { name: 'Trống', rows: [[]] },
      {
        name: 'Ẩn & "khác"',
        rows: [['Danh sách', undefined], ['x']],
        hidden: true,
        after: '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
      },
    ]);
    expect(await read(bytes)).toEqual([
      { sheet: 'Xã 1', row: 1, cells: [undefined, 'b'] },
      { sheet: 'Xã 1', row: 3, cells: far, hidden: true },
      { sheet: 'Ẩn & "khác"', row: 1, cells: ['Danh sách'], hidden: true },
      { sheet: 'Ẩn & "khác"', row: 2, cells: ['x'], hidden: true },
    ]);
  });

  test('prefixed tags and cells without an address, as other programs write them', async () => {
    const files = {
      'xl/workbook.xml': strToU8(
        '<x:workbook xmlns:x="m" xmlns:rel="r"><x:sheets><x:sheet name="A" sheetId="1" rel:id="q"/></x:sheets></x:workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="q" Target="/xl/worksheets/s.xml"/></Relationships>',
      ),
      'xl/worksheets/s.xml': strToU8(
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      ),
    };
    expect(await read(Buffer.from(zipSync(files, { level: 0 })))).toEqual([
      { sheet: 'A', row: 1, cells: ['1', '2'] },
    ]);
  });

  const whole = workbook([{ name: 'A', rows: [['a', 1]] }]);
  test.each([
    ['an Excel file of before 2007', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'list.oldExcel'],
    ['a PDF with another ending', Buffer.from('%PDF-1.7\n1 0 obj\n'), 'list.notATable'],
    ['an archive of something else', Buffer.from(zipSync({ 'a.txt': strToU8('a') })), 'list.notATable'],
    ['half a file', whole.subarray(0, whole.length / 2), 'list.broken'],
    ['an end without a beginning', Buffer.concat([whole.subarray(0, 4), whole.subarray(-60)]), 'list.broken'],
    [
      'XML that is none',
      Buffer.from(zipSync({ 'xl/workbook.xml': strToU8('<workbook><sheets>') })),
      'list.broken',
    ],
  ])('%s says so', async (_, bytes, key) => {
    await expect(read(bytes)).rejects.toMatchObject({ key });
  });

  test('a bomb is stopped while it unpacks', async () => {
    const bomb = Buffer.from(
      zipSync({
        'xl/workbook.xml': strToU8('<workbook/>'),
        'xl/sharedStrings.xml': Buffer.concat([Buffer.from('<sst><si><t>'), Buffer.alloc(40_000_000, 'x')]),
      }),
    );
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read(bomb)).rejects.toMatchObject({ key: 'list.tooLarge' });
    const unpack = async () => {
      let all = 0;
      for await (const piece of textOf(openZip(bomb, 1_000_000), 'xl/sharedStrings.xml')) all += piece.length;
      return all;
    };
    await expect(unpack()).rejects.toMatchObject({ key: 'list.tooLarge' });
  });

  test('a bomb in many small pieces is stopped as well', async () => {
    const sheet = `<worksheet><sheetData>${'<row/>'.repeat(50_000)}</sheetData></worksheet>`;
    const sheets = Array.from({ length: 10 }, (_, n) => ({ name: `S${n}`, id: `r${n}` }));
    const named = sheets.map(({ name, id }) => `<sheet name="${name}" r:id="${id}"/>`).join('');
    const targets = sheets
      .map(({ id }) => `<Relationship Id="${id}" Target="worksheets/${id}.xml"/>`)
      .join('');
    const files = {
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${named}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships>${targets}</Relationships>`,
      ...Object.fromEntries(sheets.map(({ id }) => [`xl/worksheets/${id}.xml`, sheet])),
    };
    const bytes = Buffer.from(
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    );
    const most = { bytes: 1_000_000, unpacked: 2 * sheet.length };
    const all = async () => {
      for await (const _ of rowsOf({ name: 'a file', bytes }, most));
    };
    await expect(all()).rejects.toMatchObject({ key: 'list.tooLarge' });
    most.unpacked = 11 * sheet.length;
    await all();
  });
});
