import { hearAll } from './xml.ts';
import { type Archive, textOf } from './zip.ts';

export interface Sheet {
  readonly name: string;
  /** Its file in the archive. */
  readonly file: string;
  readonly hidden: boolean;
}

const WORKBOOK = 'xl/workbook.xml';

/** Long texts are neither a number nor a heading; what is kept of each bounds what all of them take. */
const KEPT = 200;

const filesById = async (archive: Archive): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  await hearAll(textOf(archive, 'xl/_rels/workbook.xml.rels'), {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') files.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return files;
};

/** The sheets in their order. */
export const sheetsOf = async (archive: Archive): Promise<readonly Sheet[]> => {
  const files = await filesById(archive);
  const sheets: Sheet[] = [];
  await hearAll(textOf(archive, WORKBOOK), {
    open: (tag, attributes) => {
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
      const { name = '', state = 'visible' } = attributes;
      const file = files.get(id);
      // A sheet that holds only a chart has no rows.
      if (file?.includes('worksheets/')) sheets.push({ name, file, hidden: state !== 'visible' });
    },
  });
  return sheets;
};

export const isWorkbook = (archive: Archive): boolean => archive.entries.has(WORKBOOK);

/** The texts that cells point to; of a rich one its pieces in one, without what is written above it (furigana). */
export const sharedStrings = async (archive: Archive): Promise<readonly string[]> => {
  const strings: string[] = [];
  let [now, inText, above] = ['', false, false];
  await hearAll(textOf(archive, 'xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') now = '';
      if (name === 'rPh') above = true;
      inText = name === 't' && !above;
    },
    text: (text) => {
      if (inText && now.length < KEPT) now += text.slice(0, KEPT);
    },
    close: (name) => {
      if (name === 'rPh') above = false;
      if (name === 'si') strings.push(now);
      inText = false;
    },
  });
  return strings;
};
