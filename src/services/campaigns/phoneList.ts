import { rowsOf } from '../tables/rows.ts';
import { TABLE_MOST, type TableFile, type TableMost, type TableRow } from '../tables/table.ts';
import { type PhoneColumn, phoneColumn } from './phoneColumn.ts';
import { type PhoneList, PhoneTaking } from './phoneTaking.ts';

/** So many rows of a sheet are looked at to find the column. */
const LOOKED_AT = 100;

/** The province has 480,000 inhabitants. */
const MAX_ROWS = 600_000;

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
 * Takes the rows of a file, CSV or Excel. Throws TableProblem when it cannot be read as a whole. @param sheet What rows
 * that are on no sheet are told by, where there are several files.
 */
export const takeFile = async (
  taking: PhoneTaking,
  file: TableFile,
  most: TableMost,
  sheet?: string,
): Promise<void> => {
  for await (const [row, column] of withColumn(rowsOf(file, most)))
    taking.take({ ...(sheet && { sheet }), ...row }, column);
};

/**
 * A list of phone numbers as somebody sent it, CSV or Excel. Every row below the heading is accepted or rejected with its
 * reason; a row that holds nothing at all is none. Hidden rows and sheets are rejected: who sent the file does not see
 * them. Throws TableProblem when the file as a whole cannot be read.
 */
export const readPhoneList = async (file: TableFile): Promise<PhoneList> => {
  const taking = new PhoneTaking({ rows: MAX_ROWS });
  await takeFile(taking, file, TABLE_MOST);
  const { accepted, rejected } = taking;
  return { accepted, rejected };
};
