import { TableProblem, type TableRow } from './table.ts';
import { isWorkbook, type Sheet, sharedStrings, sheetsOf } from './workbook.ts';
import { hear } from './xml.ts';
import { type Archive, openZip, textOf } from './zip.ts';

/** "AB12" is column 27, counted from 0; undefined without letters. */
const columnOf = (ref: string | undefined): number | undefined => {
  const letters = /^[A-Z]{1,3}/.exec(ref ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
};

interface Cell {
  readonly type: string;
  value: string;
  formula: string;
}

/** What the cell shows. A formula that was never reckoned is given as itself ("=A1"), and so is an error ("#N/A"). */
const shown = ({ type, value, formula }: Cell, strings: readonly string[]): string => {
  if (value === '' && formula !== '') return `=${formula}`;
  if (type === 's') return (strings[Number(value)] ?? '').trim();
  const number = Number(value);
  // 8.4912345678E10 is how a long number is stored; what it is, not how it is shown, is the phone.
  if (type === 'n' && value !== '' && Number.isSafeInteger(number)) return String(number);
  return value.trim();
};

type Unnamed = Omit<TableRow, 'sheet'>;

/** Hears the rows of one sheet; `rows` fills as they end and is emptied by whoever takes them. */
const sheetReader = (strings: readonly string[], rows: Unnamed[]) => {
  let [row, cells, hidden] = [0, [] as string[], false];
  let [column, cell, tag] = [0, undefined as Cell | undefined, ''];
  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    tag = name;
    if (name === 'row') {
      row = Number(attributes.r ?? row + 1);
      [cells, column, hidden] = [[], 0, attributes.hidden === '1' || attributes.hidden === 'true'];
    } else if (name === 'c') {
      column = columnOf(attributes.r) ?? column;
      cell = { type: attributes.t ?? 'n', value: '', formula: '' };
    }
  };
  const text = (part: string): void => {
    if (cell === undefined) return;
    if (tag === 'v' || tag === 't') cell.value += part;
    if (tag === 'f') cell.formula += part;
  };
  const close = (name: string): void => {
    tag = '';
    if (name === 'c' && cell !== undefined) {
      const value = shown(cell, strings);
      if (value !== '') cells[column] = value;
      [cell, column] = [undefined, column + 1];
    }
    if (name === 'row' && cells.length > 0) rows.push({ row, cells, ...(hidden ? { hidden } : {}) });
  };
  return { open, text, close };
};

async function* sheetRows(
  archive: Archive,
  sheet: Sheet,
  strings: readonly string[],
): AsyncGenerator<TableRow> {
  const rows: Unnamed[] = [];
  for await (const _ of hear(textOf(archive, sheet.file), sheetReader(strings, rows))) {
    for (const row of rows)
      yield { sheet: sheet.name, ...row, ...(sheet.hidden ? { hidden: true as const } : {}) };
    rows.length = 0;
  }
}

/** The rows of all sheets of an Excel workbook (ECMA-376, part 1, 18.3), one after the other; blank ones are not given. */
export async function* xlsxRows(bytes: Buffer, unpacked: number): AsyncGenerator<TableRow> {
  const archive = openZip(bytes, unpacked);
  if (!isWorkbook(archive)) throw new TableProblem('list.notATable');
  const strings = await sharedStrings(archive);
  for (const sheet of await sheetsOf(archive)) yield* sheetRows(archive, sheet, strings);
}
