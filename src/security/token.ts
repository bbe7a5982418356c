import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type KeyRing, secretBytes } from './key-ring.ts';
import { RANDOM_ID_BYTES } from './random.ts';

/** What the QR says: an opaque id and a time. Nothing in it is personal, and it is no lookup code. */
export interface TokenClaims {
  /** The declaration's random id, 22 characters base64url. */
  readonly id: string;
  /** ms since 1970; kept to the second. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export type Verified =
  | ({ readonly ok: true } & TokenClaims)
  | { readonly ok: false; readonly reason: 'malformed' | 'signature' }
  | { readonly ok: false; readonly reason: 'expired'; readonly expiresAt: number };

const VERSION = 1;
/** version (1) · signing key id (1) · id (16) · issued (4) · expires (4), seconds since 1970, big endian. */
const CLAIM_BYTES = 10 + RANDOM_ID_BYTES;
/** With the Ed25519 signature (64 bytes) 90 bytes: 120 characters, none of them padding. */
const TOKEN = /^[A-Za-z0-9_-]{120}$/;

/** An Ed25519 private key as PKCS #8 is this, then the seed (RFC 8410, 7). */
const PKCS8_SEED = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey = (seed: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_SEED, secretBytes(seed)]), format: 'der', type: 'pkcs8' });

/** Signs with the newest signing key of the ring, verifies with any. Needs no database. */
export class Tokens {
  readonly #signer: { readonly id: number; readonly key: KeyObject };
  readonly #public: ReadonlyMap<number, KeyObject>;

  constructor(ring: KeyRing) {
    const keys = ring.signing.map(({ id, seed }) => ({ id, key: privateKey(seed) }));
    this.#signer = keys.at(-1) as (typeof keys)[number]; // a ring has at least one
    this.#public = new Map(keys.map(({ id, key }) => [id, createPublicKey(key)]));
  }

  /** 120 characters base64url. Throws RangeError when `id` is not 16 random bytes or a time is out of range. */
  sign({ id, issuedAt, expiresAt }: TokenClaims): string {
    const bytes = Buffer.from(id, 'base64url');
    if (bytes.length !== RANDOM_ID_BYTES || bytes.toString('base64url') !== id) {
      throw new RangeError('A token is for a random id of 16 bytes.');
    }
    const claims = Buffer.alloc(CLAIM_BYTES, VERSION);
    claims.writeUInt8(this.#signer.id, 1);
    bytes.copy(claims, 2);
    claims.writeUInt32BE(Math.floor(issuedAt / 1000), 18);
    claims.writeUInt32BE(Math.floor(expiresAt / 1000), 22);
    return Buffer.concat([claims, sign(null, claims, this.#signer.key)]).toString('base64url');
  }

  /** `now` in ms since 1970. The signature is checked before anything in the token is believed. */
  verify(token: string, now: number): Verified {
    const bytes = Buffer.from(TOKEN.test(token) ? token : '', 'base64url');
    if (bytes[0] !== VERSION) return { ok: false, reason: 'malformed' };
    const key = this.#public.get(bytes.readUInt8(1));
    const claims = bytes.subarray(0, CLAIM_BYTES);
    if (!key || !verify(null, claims, key, bytes.subarray(CLAIM_BYTES)))
      return { ok: false, reason: 'signature' };
    const expiresAt = claims.readUInt32BE(22) * 1000;
    if (now >= expiresAt) return { ok: false, reason: 'expired', expiresAt };
    const id = claims.subarray(2, 18).toString('base64url');
    return { ok: true, id, issuedAt: claims.readUInt32BE(18) * 1000, expiresAt };
  }
}
