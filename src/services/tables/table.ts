/** A file as somebody sent it. What it is is seen from its bytes; the name is only for people. */
export interface TableFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface TableRow {
  /** Name of the sheet, for a workbook. */
  readonly sheet?: string;
  /** As a spreadsheet counts, from 1; blank lines count. */
  readonly row: number;
  /** Text of each cell, trimmed; cells may be missing. */
  readonly cells: readonly (string | undefined)[];
  /** The row or its sheet was hidden: whoever sent the file does not see it. */
  readonly hidden?: true;
}

/** The file as a whole cannot be read; `key` is a sentence of the catalogue. */
export class TableProblem extends Error {
  override readonly name = 'TableProblem';
  readonly key: `list.${string}`;

  constructor(key: `list.${string}`) {
    super(key);
    this.key = key;
  }
}

/** A list of every subscriber of the province (480,000) has about 10 MB; more is a mistake. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** What a workbook may become when it is unpacked; a bomb of a few kB would become gigabytes. */
const MAX_UNPACKED = 512 * 1024 * 1024;

/** Bytes a file may have, and those a workbook may become, all its parts together. */
export interface TableMost {
  readonly bytes: number;
  readonly unpacked: number;
}

export const TABLE_MOST: TableMost = { bytes: MAX_BYTES, unpacked: MAX_UNPACKED };
