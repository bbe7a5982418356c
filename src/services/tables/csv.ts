import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { TableProblem, type TableRow } from './table.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;

const utf16 = (bytes: Buffer): string | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // No mark: digits and commas have a zero byte beside them.
  const zeros = [0, 0];
  for (const [at, byte] of bytes.subarray(0, 512).entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = Math.min(512, bytes.length) / 4;
  if (odd > half && even === 0) return 'utf-16le';
  return even > half && odd === 0 ? 'utf-16be' : undefined;
};

/** Old Vietnamese programs write windows-1258; digits are the same in all of them. */
const textOf = (bytes: Buffer): string => {
  const wide = utf16(bytes);
  if (wide === undefined && bytes.subarray(0, 4096).includes(0)) throw new TableProblem('list.notATable');
  try {
    return new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(wide ?? 'windows-1258').decode(bytes);
  }
};

/** The separator that stands most often outside quotes in the first lines; "sep=;" says it outright. */
const separatorOf = (text: string): string => {
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1];
  if (said !== undefined) return said;
  const head = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((separator) => head.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
};

/** Pieces of a long text, so that the parser never holds it twice. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}

/** The rows of a CSV in whatever dialect; blank lines are counted and not given. */
export async function* csvRows(bytes: Buffer): AsyncGenerator<TableRow> {
  const text = textOf(bytes);
  const said = /^sep=.\r?\n/i.test(text) ? 1 : 0;
  const rows = Readable.from(pieces(text)).pipe(
    parse({
      delimiter: separatorOf(text),
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      from: said + 1,
    }),
  );
  let row = said;
  for await (const cells of rows as AsyncIterable<string[]>) {
    row += 1;
    if (cells.some((cell) => cell !== '')) yield { row, cells };
  }
}
