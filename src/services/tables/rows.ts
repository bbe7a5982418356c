import { csvRows } from './csv.ts';
import { TABLE_MOST, type TableFile, TableProblem, type TableRow } from './table.ts';
import { xlsxRows } from './xlsx.ts';

const startsWith = (bytes: Buffer, ...head: readonly number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);

/**
 * The rows of a CSV or Excel file, one at a time: what is held is the file and one piece of it unpacked. A row that
 * holds nothing is none. Throws TableProblem.
 */
export const rowsOf = ({ bytes }: TableFile, most = TABLE_MOST): AsyncGenerator<TableRow> => {
  if (bytes.length > most.bytes) throw new TableProblem('list.tooLarge');
  // Excel before 2007, and every workbook with a password.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new TableProblem('list.oldExcel');
  // A PDF is text in part: read as a CSV, every line of it would be a row that is wrong.
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new TableProblem('list.notATable');
  return startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) ? xlsxRows(bytes, most.unpacked) : csvRows(bytes);
};
