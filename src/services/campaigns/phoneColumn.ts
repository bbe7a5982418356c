import { readMobile } from '../../domain/mobile.ts';
import { fold } from '../../domain/text.ts';
import type { TableRow } from '../tables/table.ts';

/** What the column with the mobile numbers is called, the surest first. */
const NAMES = [
  /\b(?:di dong|dtdd|sddd|mobile|cell|msisdn)\b/,
  /\b(?:sdt|so ?dt|(?:so )?dien thoai|so phone|phone|zalo|thue bao|tel(?:ephone)?|dt)\b/,
];
/** A number, but not the person's own mobile. */
const OTHERS = /\b(?:co dinh|ban|co quan|fax|nha|nguoi than|lien he khan|emergency|landline|bao cao)\b/;

/** How far down a heading may stand: below the name of the office, the title and the date. */
const HEAD_ROWS = 20;

export interface PhoneColumn {
  readonly column: number;
  /** The row with the names of the columns: it and what stands above it are no rows of the list. */
  readonly head?: number;
}

const isMobile = (cell: string | undefined): boolean => cell !== undefined && 'phone' in readMobile(cell);

const rank = (cell: string | undefined): number => {
  if (cell === undefined || cell.length > 60 || /\d{6}/.test(cell)) return 0;
  const name = fold(cell).replace(/[_-]/g, ' ');
  const at = NAMES.findIndex((one) => one.test(name));
  if (at < 0) return 0;
  return (NAMES.length - at) * 2 - (OTHERS.test(name) ? 3 : 0);
};

/** The column a heading names; none when a number stands beside or above it, for then it is no heading. */
const named = (rows: readonly TableRow[]): PhoneColumn | undefined => {
  for (const { row, cells } of rows.slice(0, HEAD_ROWS)) {
    if (cells.some(isMobile)) return undefined;
    const ranks = Array.from(cells, rank);
    const best = Math.max(0, ...ranks);
    if (best > 0) return { column: ranks.indexOf(best), head: row };
  }
  return undefined;
};

/** Without a heading: the column where most mobile numbers stand, the first of equals. */
const counted = (rows: readonly TableRow[]): PhoneColumn | undefined => {
  const counts: number[] = [];
  for (const { cells } of rows)
    for (const [at, cell] of cells.entries()) if (isMobile(cell)) counts[at] = (counts[at] ?? 0) + 1;
  const most = Math.max(0, ...Array.from(counts, (count) => count ?? 0));
  return most === 0 ? undefined : { column: counts.indexOf(most) };
};

/** Where the mobile numbers stand, seen from the first rows of a sheet. */
export const phoneColumn = (rows: readonly TableRow[]): PhoneColumn | undefined =>
  named(rows) ?? counted(rows);
