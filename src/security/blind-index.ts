import { createHmac, createSecretKey } from 'node:crypto';
import { type KeyRing, secretBytes } from './key-ring.ts';

/** What is looked up without being readable. The same value under two purposes gives two unlike indexes. */
export type IndexPurpose =
  | 'chat'
  | 'delivery'
  | 'phone'
  | 'idNumber'
  | 'lookupCode'
  | 'plate'
  | 'invitation'
  | 'talkOffer'
  | 'talkSecret';

/**
 * Finds a value again without storing it: HMAC-SHA-256, cut to 128 bits, base64url (22 characters). The value
 * must be normalised by the caller: what is written in two ways is not found. The key is no data key and
 * not in the database: with it, all phone numbers of the country could be tried within the hour (delivery.md 4.2).
 */
export type BlindIndex = (purpose: IndexPurpose, normalised: string) => string;

const INDEX_BYTES = 16;

export function createBlindIndex(ring: KeyRing): BlindIndex {
  const key = createSecretKey(secretBytes(ring.index));
  return (purpose, normalised) =>
    createHmac('sha256', key)
      .update(`${purpose}|${normalised}`)
      .digest()
      .subarray(0, INDEX_BYTES)
      .toString('base64url');
}
