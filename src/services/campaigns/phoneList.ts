import { type NotMobile, readMobile } from '../../domain/mobile.ts';
import { rowsOf } from '../tables/rows.ts';
import { type TableFile, TableProblem, type TableRow } from '../tables/table.ts';
import { type PhoneColumn, phoneColumn } from './phoneColumn.ts';

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
  readonly reason: NotMobile | 'twice' | 'twiceElsewhere' | 'hidden' | 'noColumn';
  /** Where the number stood first: `twice` has the row of the same sheet, `twiceElsewhere` its sheet too. */
  readonly values?: { readonly row: number; readonly sheet?: string };
}

export interface PhoneList {
  readonly accepted: readonly AcceptedRow[];
  readonly rejected: readonly RejectedRow[];
}

/** So many rows of a sheet are looked at to find the column. */
const LOOKED_AT = 100;

/** The province has 480,000 inhabitants. */
const MAX_ROWS = 600_000;

const placeOf = ({ sheet, row }: TableRow) => (sheet === undefined ? { row } : { sheet, row });

const twice = (row: AcceptedRow, first: AcceptedRow): Pick<RejectedRow, 'reason' | 'values'> =>
  first.sheet === undefined || first.sheet === row.sheet
    ? { reason: 'twice', values: { row: first.row } }
    : { reason: 'twiceElsewhere', values: { row: first.row, sheet: first.sheet } };

/** Takes the rows of one file; every one ends in one of two lists. */
class Taking {
  readonly accepted: AcceptedRow[] = [];
  readonly rejected: RejectedRow[] = [];
  readonly #first = new Map<string, AcceptedRow>();

  take(row: TableRow, column: PhoneColumn | undefined): void {
    if (column?.head !== undefined && row.row <= column.head) return;
    if (this.accepted.length + this.rejected.length >= MAX_ROWS) throw new TableProblem('list.tooManyRows');
    const place = placeOf(row);
    const mobile = this.#read(row, column);
    if ('phone' in mobile) this.#accept({ ...place, phone: mobile.phone });
    else this.rejected.push({ ...place, reason: mobile.reason });
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

/** The rows of one sheet after the other, with what its first rows say about the column. */
async function* withColumn(
  rows: AsyncIterable<TableRow>,
): AsyncGenerator<readonly [TableRow, PhoneColumn | undefined]> {
  let first: TableRow[] = [];
  let column: PhoneColumn | undefined;
  let sheet: string | undefined;
  let seen = 0;
  function* settle() {
    if (first.length === 0) return;
    column = phoneColumn(first);
    for (const row of first) yield [row, column] as const;
    first = [];
  }
  for await (const row of rows) {
    if (row.sheet !== sheet) {
      yield* settle();
      [sheet, seen] = [row.sheet, 0];
    }
    seen += 1;
    if (seen <= LOOKED_AT) first.push(row);
    if (seen === LOOKED_AT) yield* settle();
    if (seen > LOOKED_AT) yield [row, column];
  }
  yield* settle();
}

/**
 * A list of phone numbers as somebody sent it, CSV or Excel. Every row below the heading is accepted or rejected with its
 * reason; a row that holds nothing at all is none. Hidden rows and sheets are rejected: who sent the file does not see
 * them. Throws TableProblem when the file as a whole cannot be read.
 */
export const readPhoneList = async (file: TableFile): Promise<PhoneList> => {
  const taking = new Taking();
  for await (const [row, column] of withColumn(rowsOf(file))) taking.take(row, column);
  const { accepted, rejected } = taking;
  return { accepted, rejected };
};
