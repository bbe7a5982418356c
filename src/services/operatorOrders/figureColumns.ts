import type { COUNTS } from '../../domain/operatorFigures.ts';
import { fold } from '../../domain/text.ts';
import type { TableRow } from '../tables/table.ts';

export type Field = 'day' | 'operator' | (typeof COUNTS)[number];

/** What each column is called. The first that fits names it: "không thành công" is no "thành công". */
const NAMES: readonly (readonly [Field | undefined, RegExp])[] = [
  [undefined, /%|\b(?:ty le|ti le|rate|percent|noi dung|content|brandname|nguoi gui|sender)\b/],
  ['failed', /\b(?:that bai|khong thanh cong|loi|fail(?:ed|ure)?|error)\b/],
  ['pending', /\b(?:cho|pending|queued)\b/],
  ['delivered', /\b(?:thanh cong|da nhan|den may|delivered|success(?:ful)?)\b/],
  ['sent', /\b(?:gui|sent|submitted|tong|total|san luong)\b/],
  ['operator', /\b(?:nha mang|mang|operator|telco|carrier)\b/],
  ['day', /\b(?:ngay|day|date)\b/],
];

/** "Ngày gửi" is a day, though it has the word for sent. */
const fieldOf = (cell: string | undefined): Field | undefined => {
  if (cell === undefined || cell.length > 60) return undefined;
  const name = fold(cell).replace(/[_-]/g, ' ');
  if (/^(?:ngay|date|day)\b/.test(name)) return 'day';
  return NAMES.find(([, words]) => words.test(name))?.[0];
};

export type Columns = Partial<Readonly<Record<Field, number>>>;

/** The columns a row names when it is a heading: at least the day, what was sent and what arrived. */
export const columnsOf = ({ cells }: TableRow): Columns | undefined => {
  const columns: Partial<Record<Field, number>> = {};
  for (const [at, cell] of cells.entries()) {
    const field = fieldOf(cell);
    if (field !== undefined) columns[field] ??= at;
  }
  const { day, sent, delivered } = columns;
  return day === undefined || sent === undefined || delivered === undefined ? undefined : columns;
};

/** A row that adds up what stands above it. */
export const isTotal = ({ cells }: TableRow): boolean =>
  cells.some((cell) => cell !== undefined && /^(?:tong(?: cong| so)?|cong|total|sum)$/.test(fold(cell)));
