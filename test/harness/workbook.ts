import { strToU8, zipSync } from 'fflate';

/** A number, a text (shared), or XML of one's own between <c …> and </c>. */
export type TestCell = number | string | undefined | { readonly type?: string; readonly xml: string };

export interface TestSheet {
  readonly name: string;
  readonly rows: readonly (readonly TestCell[])[];
  readonly hidden?: boolean;
  /** Numbers of rows that are hidden. */
  readonly hiddenRows?: readonly number[];
  readonly after?: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** An Excel workbook as Excel writes it: sheets first, the shared texts after them. */
export const workbook = (sheets: readonly TestSheet[]): Buffer => {
  const shared = new Map<string, number>();
  const cell = (value: TestCell, at: string): string => {
    if (value === undefined) return '';
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value === 'object')
      return `<c r="${at}"${value.type === undefined ? '' : ` t="${value.type}"`}>${value.xml}</c>`;
    if (!shared.has(value)) shared.set(value, shared.size);
    return `<c r="${at}" t="s"><v>${shared.get(value)}</v></c>`;
  };
  const row = (cells: readonly TestCell[], at: number, hidden: boolean) =>
    `<row r="${at}"${hidden ? ' hidden="1"' : ''}>${cells.map((one, column) => cell(one, letters(column) + at)).join('')}</row>`;
  const files: Record<string, Uint8Array> = {};
  for (const [at, { rows, hiddenRows = [], after = '' }] of sheets.entries()) {
    const body = rows.map((cells, index) => row(cells, index + 1, hiddenRows.includes(index + 1))).join('');
    files[`xl/worksheets/sheet${at + 1}.xml`] = strToU8(
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData>${after}</worksheet>`,
    );
  }
  const list = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${safe(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  );
  files['xl/workbook.xml'] = strToU8(
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${list.join('')}</sheets></workbook>`,
  );
  const rels = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  files['xl/_rels/workbook.xml.rels'] = strToU8(`${HEAD}<Relationships>${rels.join('')}</Relationships>`);
  const texts = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${safe(text)}</t></si>`);
  files['xl/sharedStrings.xml'] = strToU8(`${HEAD}<sst xmlns="${MAIN}">${texts.join('')}</sst>`);
  return Buffer.from(zipSync(files));
};
