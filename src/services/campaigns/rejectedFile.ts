import { CSV, fileName, type MadeFile, type Reader } from '../../delivery/attachments.ts';
import type { Renderer } from '../../dialogue/render.ts';
import type { File } from '../../dialogue/say.ts';
import { CSV_END, CSV_MARK, csvLine } from '../tables/csvLine.ts';
import { keptList } from './keptList.ts';
import type { RejectedRow } from './phoneTaking.ts';

/** All rows of a list that were not taken, each with its reason, as a table; null when the list is gone. */
export const rejectedFile = async (
  parts: Parameters<typeof keptList>[0] & { readonly renderer: Renderer },
  file: Extract<File, { readonly kind: 'rejected' }>,
  { lang }: Reader,
): Promise<MadeFile | null> => {
  const list = await keptList(parts, file.list);
  if (list === null) return null;
  const said = (key: string, values?: RejectedRow['values']) =>
    parts.renderer.line(lang, { key, ...(values && { values }) });
  const head = ['sheet', 'row', 'said', 'reason'].map((cell) => said(`list.cell.${cell}`));
  const rows = list.rejected.map(({ sheet = '', row, said: typed = '', reason, values }) =>
    csvLine([sheet, row, typed, said(`list.reason.${reason}`, values)]),
  );
  const text = `${CSV_MARK}${[csvLine(head), ...rows].join(CSV_END)}${CSV_END}`;
  return { name: fileName(file), type: CSV, bytes: Buffer.from(text) };
};
