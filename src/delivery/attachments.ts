import { type File, type Image, type Line, line } from '../dialogue/say.ts';
import type { Lang } from '../domain/lang.ts';

/** Who reads it: an address of the channel that asks. */
export interface Reader {
  readonly address: string;
  readonly lang: Lang;
}

export interface MadeFile {
  /** With its ending: what it is saved as. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Makes what a message carries beside its words, each time it is sent or fetched. Null when there is no such thing any
 * more, or when it is not for this reader, or not any more.
 */
export interface Attachments {
  /** PNG. */
  image(image: Image, reader: Reader): Promise<Buffer | null>;
  file(file: File, reader: Reader): Promise<MadeFile | null>;
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const CSV = 'text/csv';

/** What a file is called. No name of a place: those have marks, and not every phone keeps them. */
export const fileName = (file: File): string =>
  file.kind === 'rejected'
    ? `khong-nhan-${file.list.slice(0, 8)}.csv`
    : `khai-bao-${file.day}-${file.area.split('/').at(-1)}.xlsx`;

/** Said where a file cannot be sent: where else it is to be had. */
export const fileElsewhere = (file: File): Line =>
  line(file.kind === 'rejected' ? 'list.file.elsewhere' : 'report.file.elsewhere');

/** Said in a terminal, which takes no file: the command that writes it. */
export const fileCommand = (file: File): Line =>
  file.kind === 'rejected'
    ? line('list.file.elsewhere')
    : line('report.file.terminal', { day: file.day, area: file.area, name: fileName(file) });

/** What stands on a link to it. */
export const fileLabel = (file: File): Line =>
  line(file.kind === 'rejected' ? 'list.file' : 'report.file', { name: fileName(file) });
