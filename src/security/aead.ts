import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
/** 96 bits: the length GCM is defined for without a further hash (NIST SP 800-38D, 8.2.1). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What `decrypt` needs at the least: iv and tag around nothing. */
export const BOX_OVERHEAD = IV_BYTES + TAG_BYTES;

/** iv · ciphertext · tag. `context` is authenticated with it: the box opens nowhere else. */
export function encrypt(key: Buffer, context: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when key, context or a single bit differ. `box` must be at least `BOX_OVERHEAD` long. */
export function decrypt(key: Buffer, context: string, box: Uint8Array): Buffer {
  const end = box.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(box.subarray(end));
  return Buffer.concat([decipher.update(box.subarray(IV_BYTES, end)), decipher.final()]);
}
