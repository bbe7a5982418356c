import type { Json } from '../domain/json.ts';
import { writeName } from '../domain/person.ts';
import type { Gazetteer } from '../domain/place/gazetteer.ts';
import type { CardReader } from './card/reader.ts';
import type { Worker } from './converse/ports.ts';

export interface ReadCardParts {
  readonly reader: CardReader;
  readonly gazetteer: Gazetteer;
  /** Fetches the photo from the channel it came by; null when it is no longer there. */
  readonly fetchPhoto: (channel: string, ref: string) => Promise<Uint8Array | null>;
  /** Told how it ended and how long it took (s). */
  readonly onRead: (outcome: string, seconds: number) => void;
}

/** Since that day communes have their present names; cards made before it speak of the old ones. */
const NEW_UNITS = '2025-07-01';

/** The home the card names, when that is one commune beyond doubt; otherwise the home is asked. */
const homeOf = (gazetteer: Gazetteer, residence: string, issued: string | undefined): Json | undefined => {
  const found = gazetteer.resolve(residence, { oldUnits: issued !== undefined && issued < NEW_UNITS });
  if (found.kind !== 'one' || found.place.level !== 'commune') return undefined;
  return {
    code: found.place.code,
    said: residence,
    ...(found.detail === '' ? {} : { detail: found.detail }),
  };
};

/** Reads a citizen card's QR from a photo: work that outlasts a step. The photo is kept nowhere. */
export const readCard =
  ({ reader, gazetteer, fetchPhoto, onRead }: ReadCardParts): Worker =>
  async (args, { channel }) => {
    const began = performance.now();
    const photo = await fetchPhoto(channel, (args as { ref: string }).ref);
    if (photo === null) return { problem: { key: 'work.lost' } };
    const result = await reader.read(photo);
    onRead(result.ok ? 'read' : result.problem, (performance.now() - began) / 1000);
    if (!result.ok) return { problem: { key: `card.${result.problem}` } };
    const { idNumber, name, born, sex, residence, issued } = result.card;
    const home = residence === '' ? undefined : homeOf(gazetteer, residence, issued);
    return {
      value: { idNumber, name: writeName(name), born, sex, ...(home === undefined ? {} : { home }) } as Json,
    };
  };
