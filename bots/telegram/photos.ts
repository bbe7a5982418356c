import type { Api } from './api.ts';
import { TelegramFault } from './faults.ts';

/** What Telegram keeps for us is at most 20 MB; no photo of a card, and no list, needs half of it. */
const MOST_BYTES = 10 * 1024 * 1024;
/** The link of a file is good for an hour; a download over this is a line that is dead (ms). */
const DOWNLOAD_MS = 20_000;

/** Gone, or never ours: Telegram says so with any of these. */
const GONE = new Set([400, 404, 410]);

const readAtMost = async (response: Response, most: number): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > most) return null; // leaving the loop ends the download
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const pathOf = async (api: Api, ref: string): Promise<string | undefined> => {
  try {
    const { file_path: path } = await api.call('getFile', { file_id: ref });
    return path;
  } catch (error) {
    if (error instanceof TelegramFault && error.status === 400) return undefined;
    throw error;
  }
};

/**
 * Fetches a photo or another file by its id; null when Telegram has it no longer, or it is larger than any we read.
 * @throws TelegramFault when it may work another time
 */
export const createPhotos =
  (api: Api, most = MOST_BYTES, within = DOWNLOAD_MS) =>
  async (ref: string): Promise<Uint8Array | null> => {
    const path = await pathOf(api, ref);
    if (path === undefined) return null;
    return api.open(path, within, async (response) => {
      if (GONE.has(response.status)) return null;
      if (!response.ok) throw new TelegramFault(response.status, 'the file was not given');
      return readAtMost(response, most);
    });
  };
