import type { KeyObject } from 'node:crypto';
import type { Json } from '../domain/json.ts';
import { BOX_OVERHEAD, decrypt, encrypt } from './aead.ts';
import type { DataKeys } from './data-keys.ts';
import { SealError } from './errors.ts';

/** Where a value belongs; it opens nowhere else, so nobody's data can be moved to another person. */
export type SealContext = `${string}|${string}|${string}`;

/** `collection` and `field` are our own names and hold no bar; the record id may. */
export const sealContext = (collection: string, field: string, recordId: string): SealContext =>
  `${collection}|${field}|${recordId}`;

const VERSION = 1;
const HEADER_BYTES = 5;

/** Version · data key id. */
const headerOf = (keyId: number): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES, VERSION);
  header.writeUInt32BE(keyId, 1);
  return header;
};

/**
 * Shuts what is personal before it reaches the database. Sealed: version (1 byte) · data key id (4, big endian)
 * · iv (12) · ciphertext of the JSON · tag (16).
 */
export class Sealer {
  readonly #keys: DataKeys;

  constructor(keys: DataKeys) {
    this.#keys = keys;
  }

  seal(context: SealContext, value: Json): Buffer {
    const { id, key } = this.#keys.newest;
    return encrypt(key, context, JSON.stringify(value), headerOf(id));
  }

  /** Throws `SealError`. A key id never seen makes the keys load once more: another process may have rotated. */
  async open(context: SealContext, sealed: Uint8Array): Promise<Json> {
    if (sealed.length < HEADER_BYTES + BOX_OVERHEAD || sealed[0] !== VERSION) {
      throw new SealError('malformed', context);
    }
    const key = await this.#key(context, Buffer.from(sealed.buffer, sealed.byteOffset + 1, 4).readUInt32BE());
    return JSON.parse(unseal(key, context, sealed.subarray(HEADER_BYTES)).toString('utf8')) as Json;
  }

  async #key(context: SealContext, id: number): Promise<KeyObject> {
    const known = this.#keys.find(id);
    if (known) return known;
    await this.#keys.reload();
    const key = this.#keys.find(id);
    if (!key) throw new SealError('unknown-key', context);
    return key;
  }
}

function unseal(key: KeyObject, context: SealContext, box: Uint8Array): Buffer {
  try {
    return decrypt(key, context, box);
  } catch (cause) {
    throw new SealError('refused', context, { cause });
  }
}
