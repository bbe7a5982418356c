import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './connect.ts';
import type { ConversationDoc } from './conversation.ts';
import { available } from './errors.ts';

/** What is needed of a chat to go on with it: nothing that was said or ordered. */
const PROJECTION = { out: 0, work: 0 };
/** Documents of one answer: some 5 kB each, far from the 16 MB of a message. */
const MAX_BATCH = 500;

interface Waiting {
  readonly id: string;
  readonly resolve: (doc: ConversationDoc | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Whatever waits when the last read has returned is read together: a round trip costs both sides more than the
 * documents do. Each read begins after it was asked for, so whoever reloads a chat sees what made that necessary.
 */
export class GroupLoad {
  readonly #database: Database;
  readonly #queue: Waiting[] = [];
  #running = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null when nothing is stored under the id. Rejects with `Unavailable`. */
  read(id: string): Promise<ConversationDoc | null> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ id, resolve, reject });
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) {
      await nextTurn(); // whatever came with this one is on its way through the same turn
      await this.#serve(this.#queue.splice(0, MAX_BATCH));
    }
    this.#running = false;
  }

  async #serve(batch: readonly Waiting[]): Promise<void> {
    try {
      const docs = await available(this.#find([...new Set(batch.map(({ id }) => id))]));
      for (const { id, resolve } of batch) resolve(docs.get(id) ?? null);
    } catch (error) {
      // Those behind have waited as long as an answer may take.
      for (const { reject } of [...batch, ...this.#queue.splice(0)]) reject(error);
    }
  }

  async #find(ids: readonly string[]): Promise<ReadonlyMap<string, ConversationDoc>> {
    const filter = { _id: { $in: [...ids] } };
    const options = { projection: PROJECTION, batchSize: ids.length + 1 };
    const docs = await this.#database.collections.conversations.find(filter, options).toArray();
    return new Map(docs.map((doc) => [doc._id, doc]));
  }
}
