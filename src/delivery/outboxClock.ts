import type { mongo } from 'mongoose';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { available, Unavailable } from '../store/errors.ts';

/** Clocks that differ by less (ms) do no harm, and a busy machine measures no better. */
const NEAR = 500;
/** Of a first answer that takes longer (ms) nothing is believed: by a clock so wrong leases would end in the midst of a send. */
const TELLS_NOTHING = 5_000;

/** The cheapest question about a collection that tells the time: nothing of its documents is read. */
const STATS = [{ $collStats: {} }, { $project: { localTime: 1 } }];
interface Stats {
  readonly localTime: Date;
}

export interface OutboxClockParts {
  /** Of the database whose clock it is. */
  readonly collection: mongo.Collection<DeliveryDoc>;
  /** The clock of this process, ms since 1970. */
  readonly now: () => number;
}

/**
 * The time by the database's clock. By clocks of their own a process that is fast would take over what another one is
 * sending, long before its lease is over, and send what is not due; one that is slow would leave for later what is.
 */
export class OutboxClock {
  readonly #parts: OutboxClockParts;
  /** How far the database's clock is ahead of ours (ms); undefined until it was asked. */
  #ahead: number | undefined;

  constructor(parts: OutboxClockParts) {
    this.#parts = parts;
  }

  now(): number {
    return this.#parts.now() + (this.#ahead ?? 0);
  }

  /** Compares the clocks; until the next time the difference is what it was. Throws `Unavailable`. */
  async look(): Promise<void> {
    const [asked, from] = [Date.now(), performance.now()];
    const [stats] = await available(this.#parts.collection.aggregate<Stats>(STATS).toArray());
    const took = performance.now() - from; // `Date.now` may be put right in between
    const isSlow = took > 2 * NEAR;
    // When it looked lies anywhere within a slow answer: what is known already is better.
    if (stats === undefined || (isSlow && this.#ahead !== undefined)) return;
    if (took > TELLS_NOTHING) throw new Unavailable('The database takes too long to say what time it is.');
    const theirs = stats.localTime.getTime();
    const isNear = theirs > asked - NEAR && theirs < asked + took + NEAR && !isSlow;
    // Of a slow one what it shows at least: until an answer is quick something may leave late, nothing early.
    this.#ahead = isNear ? 0 : Math.round(theirs - asked - (isSlow ? took : took / 2));
  }
}
