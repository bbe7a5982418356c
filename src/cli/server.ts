import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a running server of this data folder is, and what its terminal clients must show. */
export interface ServerNote {
  readonly url: string;
  readonly token: string;
}

const noteFile = (dataDir: string): string => join(dataDir, 'server.json');

/** 256 random bits: whoever can read the data folder may use the terminal. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Says in the data folder where the server is; readable by its owner only. */
export const noteServer = async (dataDir: string, note: ServerNote): Promise<void> => {
  await mkdir(dataDir, { recursive: true });
  const fresh = `${noteFile(dataDir)}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(note), { mode: 0o600 });
  await rename(fresh, noteFile(dataDir));
};

const alive = async ({ url }: ServerNote): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // nobody listens there any more: the note is an old one
  }
};

/** A note that was cut short (the disk was full) is none. */
const readNote = (text: string): ServerNote | undefined => {
  try {
    return JSON.parse(text) as ServerNote;
  } catch {
    return undefined;
  }
};

/** The server that runs on this data folder now, or undefined. */
export const runningServer = async (dataDir: string): Promise<ServerNote | undefined> => {
  const text = await readFile(noteFile(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const note = readNote(text);
  return note !== undefined && (await alive(note)) ? note : undefined;
};
