import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './connect.ts';
import { crashPoint } from './crash-point.ts';
import { Overloaded, Unavailable } from './errors.ts';
import type { Marks } from './marks.ts';
import { Settlement, type Waiting, type Written } from './settlement.ts';
import type { Write } from './write-batch.ts';

export interface GroupOptions {
  /** More waiting commits than this are turned away; each chat has one at most. */
  readonly maxQueue?: number;
  readonly onBatch?: (size: number, ms: number) => void;
  /** Marks could not be written; they are tried again. */
  readonly onTrouble?: (error: unknown) => void;
}

const MAX_QUEUE = 10_000;
/** Bounds what one write holds up, and the memory it takes (some 2 MB). */
const MAX_BATCH = 1_000;
/** Bytes of states: with what is said beside them a write stays below the 16 MB of a document. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Commits that go out alike, one write after the other. */
interface Lane {
  readonly queue: Waiting[];
  readonly withEffects: boolean;
  running?: Promise<void> | undefined;
}

/**
 * Whatever waits when the last write has returned goes out together: those that something goes with in a transaction,
 * the others in a plain write, and neither waits for the other: a transaction is several round trips. The journal is
 * waited for once per group, not once per message.
 */
export class GroupCommit {
  readonly #settlement: Settlement;
  readonly #marks: Marks;
  readonly #options: GroupOptions;
  readonly #plain: Lane = { queue: [], withEffects: false };
  readonly #transactions: Lane = { queue: [], withEffects: true };
  /** Chats whose document a transaction is writing. */
  readonly #held = new Set<string>();

  constructor(database: Database, marks: Marks, options: GroupOptions = {}) {
    this.#settlement = new Settlement(database, marks);
    this.#marks = marks;
    this.#options = options;
    marks.onDue = () => this.#start(this.#plain);
    marks.onTrouble = options.onTrouble ?? marks.onTrouble;
  }

  /**
   * Resolves when the write is on disk (`committed`) or can no longer be made (`stale`). Rejects with
   * `Unavailable` (nothing is known), `Refused` (its documents can never be stored), `Overloaded` (not tried).
   */
  write(write: Write): Promise<Written> {
    const waiting = this.#plain.queue.length + this.#transactions.queue.length;
    if (waiting >= (this.#options.maxQueue ?? MAX_QUEUE)) {
      return Promise.reject(new Overloaded('Too many commits are waiting.'));
    }
    const lane = write.effects.length > 0 ? this.#transactions : this.#plain;
    return new Promise((resolve, reject) => {
      lane.queue.push({ write, sent: [], resolve, reject });
      this.#start(lane);
    });
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    for (const { running } of [this.#plain, this.#transactions])
      if (running) return running.then(() => this.idle());
  }

  #start(lane: Lane): void {
    lane.running ??= this.#drain(lane).finally(() => {
      lane.running = undefined;
      if (this.#isDue(lane)) this.#start(lane); // came between the last look and now
    });
  }

  #isDue({ queue, withEffects }: Lane): boolean {
    return queue.length > 0 || (!withEffects && this.#marks.due);
  }

  async #drain(lane: Lane): Promise<void> {
    while (this.#isDue(lane)) {
      await nextTurn(); // whoever was just answered may have the next one ready
      if (lane.withEffects) await this.#marks.landed();
      const batch = lane.queue.splice(0, fitting(lane.queue));
      const began = performance.now();
      // Marks ride with their chat's commit, those of other chats go beside it: never two writers on one document.
      for (const waiting of batch) waiting.sent = this.#marks.take(waiting.write.chat);
      await (lane.withEffects ? this.#transact(batch) : this.#writePlain(batch));
      if (batch.length > 0) this.#options.onBatch?.(batch.length, performance.now() - began);
    }
  }

  async #writePlain(batch: readonly Waiting[]): Promise<void> {
    const marking = this.#marks.due ? this.#marks.flush(this.#held) : undefined;
    await Promise.all([this.#write(batch, this.#plain), marking]);
  }

  async #transact(batch: readonly Waiting[]): Promise<void> {
    for (const { write } of batch) this.#held.add(write.chat);
    await this.#write(batch, this.#transactions);
    for (const { write } of batch) this.#held.delete(write.chat);
  }

  async #write(batch: readonly Waiting[], { queue }: Lane): Promise<void> {
    if (batch.length === 0) return;
    crashPoint('before-commit');
    try {
      await this.#settlement.write(batch);
    } catch (cause) {
      const error = cause instanceof Unavailable ? cause : new Unavailable('The commit failed.', { cause });
      // Those that were settled stay settled; those behind have waited as long as an answer may take.
      for (const waiting of [...batch, ...queue.splice(0)]) this.#settlement.fail(waiting, error);
    }
  }
}

/** How many of the first go into one write; at least one. */
const fitting = (queue: readonly Waiting[]): number => {
  let bytes = 0;
  const over = queue.findIndex(({ write }, n) => {
    bytes += write.state.length;
    return n > 0 && (n >= MAX_BATCH || bytes > MAX_BATCH_BYTES);
  });
  return over === -1 ? queue.length : over;
};
