import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { TableProblem } from './table.ts';

/** One file of an archive, as its directory names it. */
interface Entry {
  readonly method: number;
  readonly data: Buffer;
}

export interface Archive {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Bytes its parts may yet become: a bomb may lie in many of them. */
  left: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record is 22 bytes and a comment of at most 64 kB. */
const END_MIN = 22;
const END_MAX = END_MIN + 0xffff;

const endOf = (bytes: Buffer): number => {
  for (let at = bytes.length - END_MIN; at >= Math.max(0, bytes.length - END_MAX); at -= 1)
    if (bytes.readUInt32LE(at) === END) return at;
  throw new TableProblem('list.broken');
};

/** Where the local header says the data begins; its lengths may differ from the directory's. */
const dataAt = (bytes: Buffer, at: number, length: number): Buffer => {
  if (bytes.readUInt32LE(at) !== LOCAL) throw new TableProblem('list.broken');
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (from + length > bytes.length) throw new TableProblem('list.broken');
  return bytes.subarray(from, from + length);
};

const entriesOf = (bytes: Buffer): Archive['entries'] => {
  const end = endOf(bytes);
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new TableProblem('list.broken');
    const [flags, method, length] = [
      bytes.readUInt16LE(at + 8),
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
    ];
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, nameEnd);
    if (flags & 1) throw new TableProblem('list.locked');
    entries.set(name.replace(/\\/g, '/').toLowerCase(), {
      method,
      data: dataAt(bytes, bytes.readUInt32LE(at + 42), length),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

/**
 * The directory of a ZIP, by name in small letters (PKWARE APPNOTE 6.3, 4.3.12 and 4.3.16). @param most Bytes that all of
 * it may become. Throws TableProblem.
 */
export const openZip = (bytes: Buffer, most: number): Archive => {
  try {
    return { entries: entriesOf(bytes), left: most };
  } catch (error) {
    // An offset that points out of the file.
    throw (error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE'
      ? new TableProblem('list.broken')
      : error;
  }
};

/** The text of one entry, piece by piece; nothing when there is none. What it becomes is counted as it comes. */
export async function* textOf(archive: Archive, name: string): AsyncGenerator<string> {
  const entry = archive.entries.get(name.toLowerCase());
  if (entry === undefined) return;
  const raw = Readable.from([entry.data]);
  const text = new TextDecoder();
  try {
    for await (const piece of entry.method === 0 ? raw : raw.pipe(createInflateRaw())) {
      archive.left -= (piece as Buffer).length;
      if (archive.left < 0) throw new TableProblem('list.tooLarge');
      yield text.decode(piece as Buffer, { stream: true });
    }
  } catch (error) {
    throw error instanceof TableProblem ? error : new TableProblem('list.broken');
  }
}
