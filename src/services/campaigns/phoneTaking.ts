import { type NotMobile, readMobile } from '../../domain/mobile.ts';
import { TableProblem, type TableRow } from '../tables/table.ts';
import type { PhoneColumn } from './phoneColumn.ts';

export interface AcceptedRow {
  readonly sheet?: string;
  readonly row: number;
  /** E.164. */
  readonly phone: string;
}

export interface RejectedRow {
  readonly sheet?: string;
  readonly row: number;
  /** A sentence of the catalogue: `list.reason.<reason>`, with `values`. */
  readonly reason: NotMobile | 'twice' | 'twiceElsewhere' | 'before' | 'hidden' | 'noColumn';
  /** Where the number stood first: `twice` has the row of the same sheet, `twiceElsewhere` its sheet too. */
  readonly values?: { readonly row: number; readonly sheet?: string };
  /** The beginning of what was typed, where there are no rows that could be counted. */
  readonly said?: string;
}

export interface PhoneList {
  readonly accepted: readonly AcceptedRow[];
  readonly rejected: readonly RejectedRow[];
}

/** More rows than `rows`, with those of `before`, are a mistake. `before`: numbers that were taken already. */
export interface TakingOptions {
  readonly rows: number;
  readonly before?: ReadonlySet<string>;
}

/** What of a text that was typed is told again: enough to find it by. */
const SAID = 24;

const placeOf = ({ sheet, row }: TableRow) => (sheet === undefined ? { row } : { sheet, row });

const twice = (row: AcceptedRow, first: AcceptedRow): Pick<RejectedRow, 'reason' | 'values'> =>
  first.sheet === undefined || first.sheet === row.sheet
    ? { reason: 'twice', values: { row: first.row } }
    : { reason: 'twiceElsewhere', values: { row: first.row, sheet: first.sheet } };

/** Takes the rows of one list; every one ends in one of two lists. */
export class PhoneTaking {
  readonly accepted: AcceptedRow[] = [];
  readonly rejected: RejectedRow[] = [];
  readonly #first = new Map<string, AcceptedRow>();
  readonly #before: ReadonlySet<string>;
  readonly #rows: number;

  constructor({ rows, before = new Set() }: TakingOptions) {
    this.#before = before;
    this.#rows = rows - before.size;
  }

  take(row: TableRow, column: PhoneColumn | undefined): void {
    if (column?.head !== undefined && row.row <= column.head) return;
    if (this.accepted.length + this.rejected.length >= this.#rows) throw new TableProblem('list.tooManyRows');
    const place = placeOf(row);
    const mobile = this.#read(row, column);
    if ('phone' in mobile && this.#before.has(mobile.phone))
      this.rejected.push({ ...place, reason: 'before' });
    else if ('phone' in mobile) this.#accept({ ...place, phone: mobile.phone });
    else this.rejected.push({ ...place, reason: mobile.reason });
  }

  /** Numbers as somebody typed or pasted them: one a line, or with commas between; each by itself. */
  takeText(text: string): void {
    const cells = text.split(/[\n,;\t]/).map((cell) => cell.trim());
    for (const [at, cell] of cells.entries()) {
      const known = this.rejected.length;
      if (cell !== '') this.take({ row: at + 1, cells: [cell] }, { column: 0 });
      const rejected = this.rejected[known];
      if (rejected !== undefined) this.rejected[known] = { ...rejected, said: cell.slice(0, SAID) };
    }
  }

  #read(row: TableRow, column: PhoneColumn | undefined): { phone: string } | Pick<RejectedRow, 'reason'> {
    if (row.hidden) return { reason: 'hidden' };
    return column === undefined ? { reason: 'noColumn' } : readMobile(row.cells[column.column] ?? '');
  }

  #accept(row: AcceptedRow): void {
    const first = this.#first.get(row.phone);
    if (first === undefined) {
      this.#first.set(row.phone, row);
      this.accepted.push(row);
    } else {
      const { phone: _, ...place } = row;
      this.rejected.push({ ...place, ...twice(row, first) });
    }
  }
}
