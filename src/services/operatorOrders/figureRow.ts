import { parseDay } from '../../dialogue/parse/date.ts';
import { addDays, isDay } from '../../domain/day.ts';
import { COUNTS, type Counts, type Figure } from '../../domain/operatorFigures.ts';
import { plainDay } from '../../domain/operatorOrder.ts';
import type { Problem } from '../../domain/parsed.ts';
import type { TableRow } from '../tables/table.ts';
import { type OrderBook, operatorCalled, operatorName } from './book.ts';
import type { Columns } from './figureColumns.ts';

export interface Reading {
  readonly book: OrderBook;
  /** 'YYYY-MM-DD' in Vietnam. */
  readonly today: string;
  /** Ids of those the order was placed with. */
  readonly operators: readonly string[];
  /** Whose figures they are, when the file does not say. */
  readonly operator?: string;
}

/** Day 0 of Excel: it believes that 1900 was a leap year, so days since then count from 30 December 1899. */
const EXCEL_EPOCH = '1899-12-30';

const readDay = (cell: string, today: string): string | null => {
  const text = cell.replace(/[T ]\d{1,2}:\d{2}.*$/, '').trim();
  if (isDay(text)) return text;
  return /^[45]\d{4}$/.test(text) ? addDays(EXCEL_EPOCH, Number(text)) : parseDay(text, today, 'near');
};

/** "1.234.567", "1,234", "1 234" and "1234"; an empty cell is none. */
const readCount = (cell: string): number | undefined => {
  if (/^-?$/.test(cell)) return 0;
  const grouped = /^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$/.test(cell) ? cell.replace(/[., ]/g, '') : cell;
  return /^\d{1,10}$/.test(grouped) ? Number(grouped) : undefined;
};

type Read = { readonly figure: Figure } | { readonly why: Problem };

const cellOf = ({ cells }: TableRow, column: number | undefined): string =>
  column === undefined ? '' : (cells[column] ?? '').replace(/\u00a0/g, ' ').trim();

/** None when a cell is no whole number. */
export const countsOf = (row: TableRow, columns: Columns): Counts | undefined => {
  const [sent, delivered, failed, pending] = COUNTS.map((count) => readCount(cellOf(row, columns[count])));
  if (sent === undefined || delivered === undefined || failed === undefined || pending === undefined)
    return undefined;
  return { sent, delivered, failed, pending };
};

/** One row of figures, or why it is none. */
export const readRow = (row: TableRow, columns: Columns, reading: Reading): Read => {
  const said = cellOf(row, columns.operator) || reading.operator || row.sheet || '';
  const operator = operatorCalled(reading.book, said)?.id;
  if (operator === undefined) return { why: { key: 'order.row.operator', values: { said } } };
  if (!reading.operators.includes(operator))
    return {
      why: { key: 'order.row.notOrdered', values: { operator: operatorName(reading.book)(operator) } },
    };
  const written = cellOf(row, columns.day);
  const day = readDay(written, reading.today);
  if (day === null) return { why: { key: 'order.row.day', values: { said: written } } };
  if (day > reading.today) return { why: { key: 'order.row.future', values: { day: plainDay(day) } } };
  const counts = countsOf(row, columns);
  return counts === undefined
    ? { why: { key: 'order.row.count' } }
    : { figure: { operator, day, ...counts } };
};
