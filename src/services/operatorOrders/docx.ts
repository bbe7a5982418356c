import { strToU8, zipSync } from 'fflate';

/**
 * The little of Word that an official letter needs (ECMA-376, part 1): paragraphs, runs, tables. Measures are twips
 * (1/1440 inch), sizes are points. The library `docx` is 23 MB and asks for a newer Node than ours.
 */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** What XML cannot hold is left out. */
const UNWRITABLE = /(?![\n\t])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;

const safe = (text: string): string =>
  text.replace(UNWRITABLE, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Points. */
  readonly size?: number;
}

export interface Shape {
  readonly align?: 'left' | 'center' | 'right' | 'both';
  /** First line indented, as the body of a letter is. */
  readonly indent?: boolean;
  /** Points before and after. */
  readonly before?: number;
  readonly after?: number;
}

const run = ({ text, bold = false, italic = false, size = 14 }: Run): string => {
  const lines = safe(text)
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${line}</w:t>`);
  const look = `${bold ? '<w:b/>' : ''}${italic ? '<w:i/>' : ''}<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`;
  return `<w:r><w:rPr>${look}</w:rPr>${lines.join('<w:br/>')}</w:r>`;
};

export const paragraph = (runs: string | readonly Run[], shape: Shape & Omit<Run, 'text'> = {}): string => {
  const { align = 'left', indent = false, before = 0, after = 0, ...look } = shape;
  const all = typeof runs === 'string' ? [{ text: runs, ...look }] : runs;
  const space = `<w:spacing w:before="${before * 20}" w:after="${after * 20}"/>`;
  // One centimetre to 1.27 cm: appendix I, part I, II.6 of the decree.
  const inside = indent ? '<w:ind w:firstLine="720"/>' : '';
  return `<w:p><w:pPr>${space}${inside}<w:jc w:val="${align}"/></w:pPr>${all.map(run).join('')}</w:p>`;
};

/** A line under what stands above it, in the middle, as long as `width` less `left` and `right`. */
export const rule = (left: number, right: number): string =>
  `<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/><w:ind w:left="${left}" w:right="${right}"/></w:pPr></w:p>`;

/** Two millimetres between a line and the text. */
const CELL_MARGINS =
  '<w:tblCellMar><w:left w:w="113" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>';

/** Rows of cells, each cell its paragraphs. */
export const grid = (
  widths: readonly number[],
  rows: readonly (readonly string[])[],
  lines = false,
): string => {
  const kind = lines ? 'single' : 'nil';
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'];
  const borders = sides.map((side) => `<w:${side} w:val="${kind}" w:sz="4" w:space="0" w:color="000000"/>`);
  const cell = (inside: string, at: number): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[at] ?? 0}" w:type="dxa"/></w:tcPr>${inside}</w:tc>`;
  const row = (cells: readonly string[]): string => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
  const all = widths.reduce((sum, width) => sum + width, 0);
  const shape = `<w:tblPr><w:tblW w:w="${all}" w:type="dxa"/><w:tblBorders>${borders.join('')}</w:tblBorders><w:tblLayout w:type="fixed"/>${lines ? CELL_MARGINS : ''}</w:tblPr>`;
  const columns = `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>`;
  return `<w:tbl>${shape}${columns}${rows.map(row).join('')}</w:tbl>`;
};

/** A4; margins of 20 mm above and below, 30 left, 15 right. */
const PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>';
/** What is left between the margins. */
export const PAGE_WIDTH = 9_355;

const FONT = 'Times New Roman';
const STYLES = `${HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${FONT}" w:hAnsi="${FONT}" w:eastAsia="${FONT}" w:cs="${FONT}"/><w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`;

const part = (name: string, type: string): string =>
  `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`;

const TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('document', 'document.main')}${part('styles', 'styles')}</Types>`;

const link = (type: string, target: string): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;

/** The same blocks give the same bytes. */
export const docx = (blocks: readonly string[]): Buffer => {
  const body = `${HEAD}<w:document xmlns:w="${WORD}"><w:body>${blocks.join('')}${PAGE}</w:body></w:document>`;
  const files = {
    '[Content_Types].xml': strToU8(TYPES),
    '_rels/.rels': strToU8(link('officeDocument', 'word/document.xml')),
    'word/_rels/document.xml.rels': strToU8(link('styles', 'styles.xml')),
    'word/styles.xml': strToU8(STYLES),
    'word/document.xml': strToU8(body),
  };
  return Buffer.from(zipSync(files, { mtime: '2020-01-01T12:00:00' }));
};
