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
import { trainingName } from './training.ts';

/** The opened database and the keys that shut what lies in it. */
export interface Store {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly dataKeys: DataKeys;
  readonly sealer: Sealer;
  readonly index: BlindIndex;
  readonly tokens: Tokens;
  close(): Promise<void>;
}

/** The same address with the database of exercises; `test` is the driver's own default. */
export const trainingUri = (uri: string): string =>
  uri.replace(
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?/,
    (_all, server: string, name?: string) => `${server}/${trainingName(name || 'test')}`,
  );

export const openStore = async (settings: Settings, at: string): Promise<Store> => {
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
    close: () => database.close(),
  };
};

/** A secret for another use, derived from the index key (HKDF), so that nothing more has to be kept. */
export const secretFor = (ring: KeyRing, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secretBytes(ring.index), '', use, 32));
