import type { Store } from '../../../../src/app/store.ts';
import type { Person } from '../../../../src/domain/declaration.ts';
import type { Json } from '../../../../src/domain/json.ts';
import { sealContext } from '../../../../src/security/sealer.ts';
import type { PersonDoc } from '../../../../src/store/people.ts';
import { declaredOf } from '../../../domain/risk/facts.ts';
import type { Reader } from './people.ts';

export const FIRST_READER = 700_000_000;
/** Readers live in so many places, to each of which campaigns go. */
export const PLACES = 7;
/** Two chats that follow each other, one of each bot, are in so many cases those of one person. */
const SHARED = 3;
const KEPT = 86_400_000;

const pairOf = (address: string): number => Math.floor((Number(address) - FIRST_READER) / 2);
const isShared = (address: string): boolean => pairOf(address) % SHARED === 0;
const phoneOf = (address: string): string => `+8491${String(pairOf(address)).padStart(7, '0')}`;

const isCitizen = (address: string): boolean => pairOf(address) >= 0 && pairOf(address) < 1_000_000;
export const placeOf = (address: string): number => pairOf(address) % PLACES;
export const areaOfPlace = (place: number): string => `12/place-${place}`;

/** The person a chat remembers. */
export const personAt = (address: string): { readonly person?: string } =>
  isCitizen(address)
    ? { person: isShared(address) ? `person of ${pairOf(address)}` : `person at ${address}` }
    : {};

/** Somebody campaigns are for, with the chats they may be written to in. */
export interface Recipient {
  readonly id: string;
  readonly readers: readonly Reader[];
}

/** Who lives in a place, each once: by their number where it is known, else by their chat. */
export const recipientsIn = (
  { index }: Pick<Store, 'index'>,
  readers: readonly Reader[],
  place: number,
): readonly Recipient[] => {
  const found = new Map<string, Reader[]>();
  for (const reader of readers.filter(({ address }) => placeOf(address) === place)) {
    const id = isShared(reader.address) ? index('phone', phoneOf(reader.address)) : reader.chat;
    found.set(id, [...(found.get(id) ?? []), reader]);
  }
  return [...found].map(([id, theirs]) => ({ id, readers: theirs }));
};

const personOf = ({ sealer, index }: Store, { address, chat }: Reader): PersonDoc => {
  const { person: _id = '' } = personAt(address);
  const phone = isShared(address) ? phoneOf(address) : undefined;
  const { phone: _none, ...made } = declaredOf({}).person;
  const home = { code: areaOfPlace(placeOf(address)), said: '' };
  const person: Person = { ...made, home, ...(phone !== undefined && { phone }) };
  return {
    _id,
    sealed: sealer.seal(sealContext('people', 'sealed', _id), person as unknown as Json),
    chats: [chat],
    ...(phone !== undefined && { phoneIndex: index('phone', phone) }),
    deleteAt: new Date(Date.now() + KEPT),
  };
};

export const storePersons = async (store: Store, readers: readonly Reader[]): Promise<void> => {
  const docs = new Map(readers.map((reader) => [personAt(reader.address).person, personOf(store, reader)]));
  await store.database.collections.people.insertMany([...docs.values()]);
};
