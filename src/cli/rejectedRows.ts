import type { Line } from '../dialogue/say.ts';
import { CSV_END, CSV_MARK, csvLine } from '../services/tables/csvLine.ts';
import { inBoth } from './bothLanguages.ts';

/** A row of somebody's table that was not taken. */
export interface RejectedRow {
  readonly sheet?: string;
  readonly row: number;
  readonly why: Line;
}

/** More are no help on a screen: `--rejected` writes all of them to a file. */
const SHOWN = 50;

/** All of them, for a file. */
export function* rejectedCsv(rows: readonly RejectedRow[]): Generator<string> {
  yield `${CSV_MARK}${csvLine(['sheet', 'row', 'reason'])}${CSV_END}`;
  for (const { sheet = '', row, why } of rows) yield `${csvLine([sheet, row, inBoth(why)])}${CSV_END}`;
}

const restOf = (count: number, file: string | undefined): readonly string[] => {
  if (file !== undefined && count === 0) return [`Every row was taken: ${file} holds none.`];
  if (file !== undefined) return [`All ${count} rows that were not taken are in ${file}.`];
  return count > SHOWN ? [`… and ${count - SHOWN} more: --rejected FILE writes all of them to a file.`] : [];
};

/** The first of them as sentences, and how to have all; `file`: where they are. */
export const rejectedLines = (
  rows: readonly RejectedRow[],
  file: string | undefined,
  sentence: (row: RejectedRow) => string,
): readonly string[] => [...rows.slice(0, SHOWN).map(sentence), ...restOf(rows.length, file)];
