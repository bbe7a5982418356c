import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { crashPoint } from '../store/crash-point.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { available, Unavailable } from '../store/errors.ts';
import type { Change } from './outboxChanges.ts';

interface Waiting {
  readonly row: DeliveryDoc;
  readonly change: Change;
  readonly seen: Seen;
  /** ms of the monotonic clock until which a database that is away is asked again. */
  readonly until: number;
  readonly resolve: (held: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** What a row must still be, beside having the epoch that was seen. */
export type Seen = mongo.Filter<DeliveryDoc>;

/** One command is no longer than this; the others wait for the next. */
const MOST = 500;
/** What was sent and is not marked is sent again: a database that was away for a moment is asked again (ms). */
const PATIENCE = 6_000;
const BREATH = 300;

/**
 * Changes of rows that this process holds, of all sends together: whatever waits when the last write returns goes out
 * in one. Each names the row's epoch, so a process that was thought dead changes nothing any more.
 */
export class OutboxWrites {
  readonly #rows: mongo.Collection<DeliveryDoc>;
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(rows: mongo.Collection<DeliveryDoc>) {
    this.#rows = rows;
  }

  /**
   * Resolves when it is durable: false when somebody else has the row by now. Throws `Unavailable`.
   * @param seen for whoever does not hold the row: its holder may have written to it since it was read
   */
  write(row: DeliveryDoc, change: Change, seen: Seen = {}): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ row, change, seen, until: performance.now() + PATIENCE, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await nextTurn(); // what was begun in the same moment goes along
      await this.#flush(this.#queue.splice(0, MOST));
    }
    this.#running = undefined;
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    try {
      const held = await this.#written(batch);
      for (const { row, resolve } of batch) resolve(held(row));
    } catch (error) {
      await this.#failed(batch, error);
    }
  }

  async #written(batch: readonly Waiting[]): Promise<(row: DeliveryDoc) => boolean> {
    const operations = batch.map(({ row, change, seen }) => ({
      updateOne: { filter: { ...seen, _id: row._id, epoch: row.epoch ?? 0 }, update: change },
    }));
    crashPoint('outbox-in-group');
    const { matchedCount } = await available(this.#rows.bulkWrite(operations, { ordered: false }));
    return matchedCount === batch.length ? () => true : this.#heldOf(batch);
  }

  /** Some were taken over. A row that still has our epoch was written, for nobody else writes with it. */
  async #heldOf(batch: readonly Waiting[]): Promise<(row: DeliveryDoc) => boolean> {
    const ids = { _id: { $in: batch.map(({ row }) => row._id) } };
    const docs = await available(this.#rows.find(ids, { projection: { epoch: 1 } }).toArray());
    const epochs = new Map(docs.map(({ _id, epoch = 0 }) => [_id, epoch]));
    return ({ _id, epoch = 0 }) => epochs.get(_id) === epoch;
  }

  async #failed(batch: readonly Waiting[], error: unknown): Promise<void> {
    const now = performance.now();
    const again = batch.filter(({ until }) => error instanceof Unavailable && until > now + BREATH);
    for (const waiting of batch) if (!again.includes(waiting)) waiting.reject(error);
    if (again.length === 0) return;
    this.#queue.unshift(...again);
    await sleep(BREATH);
  }
}
