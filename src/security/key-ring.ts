import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { KeyRingError } from './errors.ts';

const KEY_BYTES = 32;

const secret = z
  .string()
  .refine((text) => /^[A-Za-z0-9_-]{43}$/.test(text), 'must be 32 bytes in base64url (43 characters)');

const unique = <T extends { id: unknown }>(items: readonly T[]): boolean =>
  new Set(items.map((item) => item.id)).size === items.length;

const keyRing = z
  .strictObject({
    v: z.literal(1),
    /** Key-encryption keys: they wrap the data keys, the newest (last) wraps new ones. */
    keks: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be 1–32 of a–z, 0–9, -'),
          key: secret,
        }),
      )
      .min(1, 'needs at least one key')
      .refine(unique, 'has the same id twice'),
    /** The key of the blind indexes. It never rotates: what was indexed under it must be found again. */
    index: secret,
    /** Ed25519 seeds; the newest (last) signs, all verify. The id is one byte in the token. */
    signing: z
      .array(z.strictObject({ id: z.int().min(1).max(255), seed: secret }))
      .min(1, 'needs at least one key')
      .refine(unique, 'has the same id twice'),
  })
  .refine(allDiffer, 'uses one secret for two purposes');

/** All secrets that are not in the database. JSON, so that `JSON.stringify` writes what `parseKeyRing` reads. */
export type KeyRing = Readonly<z.infer<typeof keyRing>>;

function allDiffer(ring: { keks: { key: string }[]; index: string; signing: { seed: string }[] }): boolean {
  const secrets = [ring.index, ...ring.keks.map((kek) => kek.key), ...ring.signing.map((key) => key.seed)];
  return new Set(secrets).size === secrets.length;
}

const newSecret = (): string => randomBytes(KEY_BYTES).toString('base64url');

export const secretBytes = (text: string): Buffer => Buffer.from(text, 'base64url');

export function generateKeyRing(): KeyRing {
  return {
    v: 1,
    keks: [{ id: 'k1', key: newSecret() }],
    index: newSecret(),
    signing: [{ id: 1, seed: newSecret() }],
  };
}

/** The ring with a new key-encryption key at its end; the old ones stay, for what they wrapped. */
export function addKek(ring: KeyRing): KeyRing {
  const taken = new Set(ring.keks.map((kek) => kek.id));
  let number = ring.keks.length + 1;
  while (taken.has(`k${number}`)) number += 1;
  return { ...ring, keks: [...ring.keks, { id: `k${number}`, key: newSecret() }] };
}

/** The ring with a new signing key at its end; tokens of the old ones are still good. */
export function addSigningKey(ring: KeyRing): KeyRing {
  const id = Math.max(...ring.signing.map((key) => key.id)) + 1;
  if (id > 255) throw new KeyRingError('All 255 signing key ids are used up: remove old signing keys.');
  return { ...ring, signing: [...ring.signing, { id, seed: newSecret() }] };
}

/** Reads `KHAIBAO_KEYS`: JSON, or base64 of it. Throws `KeyRingError`; no secret is in its message. */
export function parseKeyRing(text: string): KeyRing {
  const json = readJson(text.trim());
  const parsed = keyRing.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the key ring';
  throw new KeyRingError(`KHAIBAO_KEYS cannot be used: ${where}: ${issue?.message ?? 'is not a key ring'}.`);
}

function readJson(text: string): unknown {
  const plain = text.startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
  try {
    return JSON.parse(plain);
  } catch {
    // The parser's own message quotes its input, which is all secrets: it must not be the cause.
    throw new KeyRingError('KHAIBAO_KEYS cannot be used: it is neither JSON nor base64 of JSON.');
  }
}
