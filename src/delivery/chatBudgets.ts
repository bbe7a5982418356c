import { setImmediate as nextTurn } from 'node:timers/promises';
import mongoose, { type mongo } from 'mongoose';
import { randomId } from '../security/random.ts';
import type { BudgetDoc } from '../store/budgets.ts';
import type { Lane } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import { draw, waitOf } from './bucket.ts';
import type { Limit } from './limits.ts';

interface Waiting {
  readonly id: string;
  readonly lane: Lane;
  readonly resolve: (wait: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Where another process asked about the same chat in the same moment: soon again (ms). */
const CROSSED = 50;
const RELAXED = { w: 1, j: false } as const;
const DUPLICATE_KEY = 11_000;

/** The buckets of single chats, asked for all sends of the moment in one write and one look. */
export class ChatBudgets {
  readonly #rows: mongo.Collection<BudgetDoc>;
  readonly #limit: Limit;
  #queue: Waiting[] = [];
  #running = false;

  constructor(rows: mongo.Collection<BudgetDoc>, limit: Limit) {
    this.#rows = rows;
    this.#limit = limit;
  }

  /** Resolves to 0 when something may be sent to the chat, else to the ms after which it is worth asking again. */
  take(id: string, lane: Lane): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ id, lane, resolve, reject });
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) {
      await nextTurn();
      const batch = this.#distinct();
      await this.#ask(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    this.#running = false;
  }

  /** One question for each chat; the second one about the same chat comes after it. */
  #distinct(): Waiting[] {
    const ids = new Set<string>();
    const batch = this.#queue.filter(({ id }) => !ids.has(id) && ids.add(id));
    this.#queue = this.#queue.filter((each) => !batch.includes(each));
    return batch;
  }

  async #ask(batch: readonly Waiting[]): Promise<void> {
    const by = randomId();
    const operations = batch.map(({ id, lane }) => ({
      updateOne: { filter: { _id: id }, update: draw(this.#limit, lane, 1, by), upsert: true },
    }));
    await available(this.#rows.bulkWrite(operations, { ordered: false, writeConcern: RELAXED })).catch(
      crossed,
    );
    const mine = { _id: { $in: batch.map(({ id }) => id) }, by };
    const docs = await available(this.#rows.find(mine, { readConcern: { level: 'local' } }).toArray());
    const found = new Map(docs.map((doc) => [doc._id, doc]));
    for (const { id, lane, resolve } of batch) {
      const doc = found.get(id);
      if (doc === undefined) resolve(CROSSED);
      else resolve(doc.granted === 1 ? 0 : waitOf(doc, this.#limit, lane));
    }
  }
}

/** Two processes made the first document of a chat at once: the other one's question stands. */
const crossed = (error: unknown): void => {
  const { MongoBulkWriteError } = mongoose.mongo;
  const only = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  if (only.length === 0 || only.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
};
