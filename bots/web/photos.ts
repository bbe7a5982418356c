import { Refusal } from '../../web/refusal.ts';

/** One photo: the phone shrinks it to well under 1 MB; a phone that cannot sends what the camera made. */
export const MOST_PHOTO = 8 * 1024 * 1024;
/** All photos that are being sent or wait to be read: eight of the largest, some hundred of the usual. */
const MOST_TOGETHER = 64 * 1024 * 1024;
/** Reading begins with the commit; what nobody came for in a minute was sent where no photo was asked for. */
const LIFE = 60_000;

export interface Photos {
  /** Sets room aside before a photo is received. @throws Refusal 503 when there is none */
  reserve(bytes: number): Room;
  take(ref: string): Uint8Array | null;
  clear(): void;
}

/** Room for one photo. Must be filled or given back. */
export interface Room {
  fill(ref: string, photo: Uint8Array): void;
  giveBack(): void;
}

/** Photos of citizen cards are kept in memory only, until they are read once: never on disk, never in the database. */
export const createPhotos = (most = MOST_TOGETHER, life = LIFE): Photos => {
  const kept = new Map<string, { readonly photo: Uint8Array; readonly timer: NodeJS.Timeout }>();
  let used = 0;
  const remove = (ref: string): Uint8Array | null => {
    const found = kept.get(ref);
    if (found === undefined) return null;
    clearTimeout(found.timer);
    kept.delete(ref);
    used -= found.photo.length;
    return found.photo;
  };
  const keep = (ref: string, photo: Uint8Array): void => {
    remove(ref);
    const timer = setTimeout(() => remove(ref), life);
    timer.unref();
    kept.set(ref, { photo, timer });
    used += photo.length;
  };
  return {
    reserve: (bytes) => {
      if (used + bytes > most) throw new Refusal(503, 'busy', 10);
      used += bytes;
      let open = true;
      const giveBack = (): void => {
        if (open) used -= bytes;
        open = false;
      };
      return {
        giveBack,
        fill: (ref, photo) => {
          giveBack();
          keep(ref, photo);
        },
      };
    },
    take: remove,
    clear: () => {
      for (const ref of [...kept.keys()]) remove(ref);
    },
  };
};

const HEADS: readonly { readonly at: number; readonly bytes: string }[] = [
  { at: 0, bytes: '\xff\xd8\xff' }, // JPEG
  { at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { at: 8, bytes: 'WEBP' },
  { at: 4, bytes: 'ftyp' }, // HEIC and AVIF
];

/** Whether it begins like a photo. What is really in it, the reader finds out, in its own worker. */
export const looksLikePhoto = (photo: Uint8Array): boolean =>
  HEADS.some(
    ({ at, bytes }) => Buffer.from(photo.subarray(at, at + bytes.length)).toString('latin1') === bytes,
  );
