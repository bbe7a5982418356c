import { hkdfSync } from 'node:crypto';
import { type BlindIndex, createBlindIndex } from '../security/blind-index.ts';
import { DataKeys } from '../security/data-keys.ts';
import { type KeyRing, secretBytes } from '../security/key-ring.ts';
import { Sealer } from '../security/sealer.ts';
import { Tokens } from '../security/token.ts';
import type { Settings } from '../settings.ts';
import { connect, type Database } from '../store/connect.ts';
import { keyStore } from '../store/keys.ts';
import { prepare } from '../store/prepare.ts';
import { keyRingOf } from './keys.ts';

/** The opened database and the keys that shut what lies in it. */
export interface Store {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly dataKeys: DataKeys;
  readonly sealer: Sealer;
  readonly index: BlindIndex;
  readonly tokens: Tokens;
  /** Everything in it is an exercise. */
  readonly training: boolean;
  close(): Promise<void>;
}

/** A server that is one exercise has a database of its own, beside the real one. */
export const TRAINING = '-training';
/** Names that only exercises have. */
const NOT_REAL = /-(?:training|exercise)$/;

const ADDRESS = /^(mongodb(?:\+srv)?:\/\/)([^/?@]*@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * The same address with the database of the training server; without a name the driver's own is `test`. Whoever
 * signs in is known where they were: the driver looks in the database of the address, or in `admin`.
 */
export const trainingUri = (uri: string): string => {
  const [, scheme = '', user = '', hosts = '', name = '', query = ''] = ADDRESS.exec(uri) ?? [];
  const source = user === '' || /(?:^|&)authSource=/i.test(query) ? [] : [`authSource=${name || 'admin'}`];
  const options = [...(query === '' ? [] : [query]), ...source].join('&');
  return `${scheme}${user}${hosts}/${name || 'test'}${TRAINING}${options === '' ? '' : `?${options}`}`;
};

/** A name that only exercises have must not hold what is real: it could be wiped. */
class NotRealError extends Error {
  override readonly name = 'SettingsError';
}

const nameIn = (uri: string): string => ADDRESS.exec(uri)?.[4] || 'test';

const checkName = (uri: string): void => {
  const name = nameIn(uri);
  if (NOT_REAL.test(name))
    throw new NotRealError(
      `The database ${name} has the name of an exercise: use another one in MONGODB_URI.`,
    );
};

export const openStore = async (settings: Settings, at: string): Promise<Store> => {
  if (!settings.training) checkName(at);
  const uri = settings.training ? trainingUri(at) : at;
  const ring = await keyRingOf(settings);
  await prepare(uri);
  const database = await connect(uri);
  const dataKeys = await DataKeys.open(ring, keyStore(database.collections.keys)).catch(async (error) => {
    await database.close(); // or the process would never end
    throw error;
  });
  return {
    database,
    ring,
    dataKeys,
    sealer: new Sealer(dataKeys),
    index: createBlindIndex(ring),
    tokens: new Tokens(ring),
    training: settings.training,
    close: () => database.close(),
  };
};

/** A secret for another use, derived from the index key (HKDF), so that nothing more has to be kept. */
export const secretFor = (ring: KeyRing, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secretBytes(ring.index), '', use, 32));
