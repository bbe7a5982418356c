/**
 * What a spreadsheet takes for the beginning of a formula, and runs (OWASP, CSV Injection); Excel takes the full-width
 * signs for the same ones.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** A name that begins like a formula gets an apostrophe: spreadsheets show it as text. */
const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Quoted where it holds what separates fields. */
const field = (value: string | number): string => {
  const text = typeof value === 'number' ? String(value) : harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of a CSV file for a spreadsheet, without its end. */
export const csvLine = (cells: readonly (string | number)[]): string => cells.map(field).join(',');

/** A spreadsheet knows UTF-8 by this mark alone; it stands before the first line of a file. */
export const CSV_MARK = '\uFEFF';
export const CSV_END = '\r\n';
