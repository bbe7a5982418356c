import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';

/**
 * A message that is known to have reached somebody's device: by the id it was sent with, or by the chat it went to (the
 * blind index) and what the platform calls it there.
 */
export type Arrival = { readonly id: string } | { readonly via: string; readonly ref: string };

/** Writes down which messages have arrived. Only of campaigns: of nothing else is it counted. */
export interface Receipts {
  /** Waits for nothing and never throws: it is told amid a conversation. */
  note(arrivals: readonly Arrival[]): void;
  /** Resolves when all that was noted is written, or could not be. */
  stop(): Promise<void>;
}

export interface ReceiptsParts {
  readonly collection: mongo.Collection<DeliveryDoc>;
  /** Once for each time that the database is away: what is noted waits for it. */
  readonly onError: (error: unknown) => void;
  readonly now?: () => number;
  /** ms between a note and its being written. */
  readonly every?: number;
}

/**
 * One write for all notes of such a time (ms). Nobody waits for it; and by then the row of a message that was answered
 * at once says under which name it was sent.
 */
const EVERY = 1_000;
/** Rows changed by one command. */
const AT_ONCE = 500;
/** So many wait for a database that is away; it comes back before people see as many messages. */
const MOST = 20_000;
/** A page that comes back again and again has shown the same messages: so many are not written anew. */
const REMEMBERED = 50_000;

type Which = mongo.Filter<DeliveryDoc>;

const whichOf = (arrival: Arrival): Which =>
  'id' in arrival
    ? { _id: arrival.id, lane: 'campaign' }
    : { lane: 'campaign', 'sentAs.via': arrival.via, 'sentAs.ref': arrival.ref };

const keyOf = (arrival: Arrival): string => ('id' in arrival ? arrival.id : `${arrival.via}\n${arrival.ref}`);

export const createReceipts = (parts: ReceiptsParts): Receipts => {
  const { collection, onError, now = Date.now, every = EVERY } = parts;
  const waiting = new Map<string, { readonly arrival: Arrival; readonly at: Date }>();
  const written = new LRUCache<string, true>({ max: REMEMBERED });
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let away = false;

  /** The first time counts, whichever process saw it, and however often this is written. */
  const write = async (): Promise<void> => {
    const batch = [...waiting].slice(0, AT_ONCE);
    const operations = batch.map(([, { arrival, at }]) => ({
      updateOne: { filter: whichOf(arrival), update: { $min: { deliveredAt: at } } },
    }));
    await available(collection.bulkWrite(operations, { ordered: false }));
    for (const [key, { arrival }] of batch) {
      waiting.delete(key);
      // A press may have come before its row was marked: the next one is looked at again.
      if ('id' in arrival) written.set(key, true);
    }
  };

  const writeAll = async (): Promise<void> => {
    try {
      while (waiting.size > 0) {
        await write();
        away = false;
      }
    } catch (error) {
      if (!away) onError(error);
      away = true;
    }
  };

  const round = (): void => {
    writing = writeAll().then(() => {
      timer = undefined;
      if (waiting.size > 0) wake();
    });
  };
  const wake = (): void => {
    timer ??= setTimeout(round, every).unref();
  };

  return {
    note: (arrivals) => {
      for (const arrival of arrivals) {
        const key = keyOf(arrival);
        if (waiting.has(key) || written.has(key) || waiting.size >= MOST) continue;
        waiting.set(key, { arrival, at: new Date(now()) });
        wake();
      }
    },
    stop: async () => {
      clearTimeout(timer);
      await writing;
      clearTimeout(timer);
      away = false; // what is lost now is told
      await writeAll();
    },
  };
};
