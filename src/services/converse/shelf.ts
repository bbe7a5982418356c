import type { Json } from '../../domain/json.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import { SealError } from '../../security/errors.ts';
import { type Sealer, sealContext } from '../../security/sealer.ts';
import type { Collections } from '../../store/collections.ts';
import { DURABLE } from '../../store/connect.ts';
import { available } from '../../store/errors.ts';
import type { ShelvedDoc } from '../../store/shelved.ts';
import { chatIdBy } from '../chatId.ts';
import type { Inbound, Shelf } from '../inbound.ts';
import { parkedDoc } from './park.ts';

export interface ShelfParts {
  readonly collections: Pick<Collections, 'shelved' | 'parked'>;
  readonly sealer: Sealer;
  readonly index: BlindIndex;
  /** ms since 1970. */
  readonly clock?: () => number;
  /** Somebody must look at a message that was parked. */
  readonly onParked?: (channel: string) => void;
  /** A message cannot be opened. It stays where it is, for its key may come back; the others go on. */
  readonly onShut?: (channel: string, error: SealError) => void;
}

const contextOf = (id: string) => sealContext('shelved', 'sealed', id);

/** The shelf of one channel, in the database: a crash loses nothing of it. All throw `Unavailable`. */
export const createShelf = (parts: ShelfParts, channel: string): Shelf => {
  const { collections, sealer, index, clock = Date.now, onParked, onShut } = parts;
  const { shelved, parked } = collections;
  const concern = { writeConcern: DURABLE };
  const idOf = ({ deliveryId }: Inbound): string => index('delivery', `${channel}|${deliveryId}`);

  const drop = async (message: Inbound): Promise<void> => {
    await available(shelved.deleteOne({ _id: idOf(message) }, concern));
  };

  const opened = async ({ _id, order, sealed }: ShelvedDoc) => {
    try {
      const message = (await sealer.open(contextOf(_id), sealed)) as unknown as Inbound; // written by `put`
      return [{ order, message }];
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      onShut?.(channel, error);
      return [];
    }
  };

  return {
    put: async (message, order) => {
      const id = idOf(message);
      const sealed = sealer.seal(contextOf(id), message as unknown as Json);
      const row = { channel, order, at: new Date(clock()), sealed };
      await available(shelved.updateOne({ _id: id }, { $setOnInsert: row }, { upsert: true, ...concern }));
    },
    drop,
    left: async () => {
      const rows = await available(shelved.find({ channel }).sort({ order: 1 }).toArray());
      return (await Promise.all(rows.map(opened))).flat();
    },
    park: async (message, error) => {
      const { address, event } = message;
      const chat = chatIdBy(index)(channel, address);
      const { _id, ...row } = parkedDoc(sealer, idOf(message), { chat, channel, event, error }, clock());
      await available(parked.updateOne({ _id }, { $setOnInsert: row }, { upsert: true, ...concern }));
      await drop(message);
      onParked?.(channel);
    },
  };
};
