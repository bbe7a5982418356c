import type { File, Image } from '../dialogue/say.ts';
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

/** What a file is called. No name of a place: those have marks, and not every phone keeps them. */
export const fileName = ({ day, area }: File): string => `khai-bao-${day}-${area.split('/').at(-1)}.xlsx`;
