import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { decrypt, encrypt } from './aead.ts';
import { KeyRingError } from './errors.ts';
import { type KeyRing, secretBytes } from './key-ring.ts';

/** A data key as it lies in the database: shut under a key-encryption key of the ring. */
export interface WrappedKey {
  /** 1, 2, 3 …: the highest writes. Two processes that add a key at once want the same id, so one loses. */
  readonly id: number;
  readonly kek: string;
  readonly wrapped: Buffer;
  readonly at: Date;
}

/** Where wrapped keys are kept; the store gives it. */
export interface KeyStore {
  all(): Promise<readonly WrappedKey[]>;
  /** False when the id is taken. */
  add(key: WrappedKey): Promise<boolean>;
  /** Puts the key in place of the one with its id, unless that changed since it was wrapped by `from`. */
  replace(key: WrappedKey, from: string): Promise<boolean>;
}

interface DataKey {
  readonly id: number;
  readonly kek: string;
  /** As Node keeps one that is used again and again. */
  readonly key: KeyObject;
}

const wrapContext = (id: number): string => `keys|wrapped|${id}`;

/**
 * The keys that data is sealed under, unwrapped, in memory. One data key serves up to 2^32 values (NIST SP
 * 800-38D, 8.3: random ivs); `rotate` long before.
 */
export class DataKeys {
  readonly #keks: ReadonlyMap<string, Buffer>;
  readonly #store: KeyStore;
  readonly #newestKek: string;
  #keys: ReadonlyMap<number, DataKey> = new Map();
  #newest: DataKey | undefined;
  #loading: Promise<void> | undefined;

  private constructor(ring: KeyRing, store: KeyStore) {
    this.#keks = new Map(ring.keks.map((kek) => [kek.id, secretBytes(kek.key)]));
    this.#newestKek = ring.keks.at(-1)?.id ?? '';
    this.#store = store;
  }

  /** Loads the data keys, and makes the first one where there is none. */
  static async open(ring: KeyRing, store: KeyStore): Promise<DataKeys> {
    const keys = new DataKeys(ring, store);
    await keys.#load();
    if (!keys.#newest) await keys.rotate();
    return keys;
  }

  /** The key to write with. */
  get newest(): { readonly id: number; readonly key: KeyObject } {
    if (!this.#newest) throw new KeyRingError('There is no data key.');
    return this.#newest;
  }

  /** A key we hold; undefined may mean that another process made it since: `reload`, then ask again. */
  find(id: number): KeyObject | undefined {
    return this.#keys.get(id)?.key;
  }

  /** Reads the keys again; callers at the same time share one read. */
  reload(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** A new data key writes from now on, the old ones still read. When another process is quicker, its key serves. */
  async rotate(): Promise<void> {
    const id = (this.#newest?.id ?? 0) + 1;
    await this.#store.add(this.#wrap(id, randomBytes(32)));
    await this.#load();
  }

  /** Wraps every data key under the newest key-encryption key; older ones may then leave the ring. Says how many. */
  async rewrap(): Promise<number> {
    await this.#load();
    const old = [...this.#keys.values()].filter((key) => key.kek !== this.#newestKek);
    let done = 0;
    for (const { id, key, kek } of old) {
      if (await this.#store.replace(this.#wrap(id, key.export()), kek)) done += 1;
    }
    await this.#load();
    return done;
  }

  async #load(): Promise<void> {
    const wrapped = await this.#store.all();
    const keys = wrapped.map((each) => {
      const known = this.#keys.get(each.id);
      return known ? { ...known, kek: each.kek } : this.#unwrap(each);
    });
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.#newest = keys.toSorted((a, b) => a.id - b.id).at(-1);
  }

  #wrap(id: number, key: Buffer): WrappedKey {
    const kek = this.#kek(this.#newestKek);
    return { id, kek: this.#newestKek, wrapped: encrypt(kek, wrapContext(id), key), at: new Date() };
  }

  #unwrap({ id, kek, wrapped }: WrappedKey): DataKey {
    try {
      return { id, kek, key: createSecretKey(decrypt(this.#kek(kek), wrapContext(id), wrapped)) };
    } catch (cause) {
      if (cause instanceof KeyRingError) throw cause;
      throw new KeyRingError(
        `Data key ${id} of this database cannot be opened: KHAIBAO_KEYS has another key under the id "${kek}".`,
        { cause },
      );
    }
  }

  #kek(id: string): Buffer {
    const kek = this.#keks.get(id);
    if (kek) return kek;
    throw new KeyRingError(
      `This database needs the key-encryption key "${id}", which is not in KHAIBAO_KEYS.`,
    );
  }
}
