import { type CipherKey, createCipheriv, createDecipheriv } from 'node:crypto';
import { randomIv } from './random.ts';

const ALGORITHM = 'aes-256-gcm';
/** 96 bits: the length GCM is defined for without a further hash (NIST SP 800-38D, 8.2.1). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What `decrypt` needs at the least: iv and tag around nothing. */
export const BOX_OVERHEAD = IV_BYTES + TAG_BYTES;

/** iv · ciphertext · tag, behind `header`. `context` is authenticated with it: the box opens nowhere else. */
export function encrypt(
  key: CipherKey,
  context: string,
  plain: string | Uint8Array,
  header?: Buffer,
): Buffer {
  const iv = randomIv(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final(); // of a stream cipher nothing is left over
  const parts = [iv, body, cipher.getAuthTag()];
  return Buffer.concat(header ? [header, ...parts] : parts);
}

/** Throws when key, context or a single bit differ. `box` must be at least `BOX_OVERHEAD` long. */
export function decrypt(key: CipherKey, context: string, box: Uint8Array): Buffer {
  const end = box.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(box.subarray(end));
  return Buffer.concat([decipher.update(box.subarray(IV_BYTES, end)), decipher.final()]);
}
