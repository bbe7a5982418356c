/**
 * How many deliveries a chat remembers. A platform repeats what it got no 2xx for while later messages wait, so
 * only what one person sends in the minutes of an outage must fit; the parallel queues of Telegram make it two.
 */
const SEEN_KEPT = 64;

/** 9 bytes of a blind index are 12 characters and no padding: 64 of them do not meet by chance. */
const CHARS = 12;
const BYTES = 9;

/** The part of a delivery id's blind index that is remembered. */
export const deliveryKey = (index: string): string => index.slice(0, CHARS);

export const withSeen = (seen: readonly string[], keys: readonly string[]): readonly string[] =>
  [...seen, ...keys].slice(-SEEN_KEPT);

/** As it is stored: one after the other in 576 bytes, which a database moves faster than a list. */
export const packSeen = (seen: readonly string[]): Buffer => Buffer.from(seen.join(''), 'base64url');

export function unpackSeen(bytes: Buffer): readonly string[] {
  const text = bytes.toString('base64url');
  return Array.from({ length: bytes.length / BYTES }, (_, at) => text.slice(at * CHARS, (at + 1) * CHARS));
}
