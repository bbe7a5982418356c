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

/**
 * Whatever waits when the last write has returned goes out together: one write, and beside it a transaction for those
 * that something goes with. The journal is waited for once per group, not once per message.
 */
export class GroupCommit {
  readonly #settlement: Settlement;
  readonly #marks: Marks;
  readonly #options: GroupOptions;
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(database: Database, marks: Marks, options: GroupOptions = {}) {
    this.#settlement = new Settlement(database, marks);
    this.#marks = marks;
    this.#options = options;
    marks.onDue = () => this.#start();
    marks.onTrouble = options.onTrouble ?? marks.onTrouble;
  }

  /**
   * Resolves when the write is on disk (`committed`) or can no longer be made (`stale`). Rejects with
   * `Unavailable` (nothing is known), `Refused` (its documents can never be stored), `Overloaded` (not tried).
   */
  write(write: Write): Promise<Written> {
    if (this.#queue.length >= (this.#options.maxQueue ?? MAX_QUEUE)) {
      return Promise.reject(new Overloaded('Too many commits are waiting.'));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ write, sent: [], resolve, reject });
      this.#start();
    });
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #start(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      if (this.#queue.length > 0 || this.#marks.due) this.#start(); // came between the last look and now
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0 || this.#marks.due) {
      await nextTurn(); // whoever was just answered may have the next one ready
      const batch = this.#queue.splice(0, fitting(this.#queue));
      const began = performance.now();
      // Marks ride with their chat's commit, those of other chats go beside it: never two writers on one document.
      for (const waiting of batch) waiting.sent = this.#marks.take(waiting.write.chat);
      await Promise.all([this.#flush(batch), this.#marks.due ? this.#marks.flush() : undefined]);
      if (batch.length > 0) this.#options.onBatch?.(batch.length, performance.now() - began);
    }
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    crashPoint('before-commit');
    const alone = batch.filter(({ write }) => write.effects.length === 0);
    const withEffects = batch.filter(({ write }) => write.effects.length > 0);
    await Promise.all([this.#write(alone), this.#write(withEffects)]);
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#settlement.write(batch);
    } catch (cause) {
      const error = cause instanceof Unavailable ? cause : new Unavailable('The commit failed.', { cause });
      // Those that were settled stay settled; those behind have waited as long as an answer may take.
      for (const waiting of [...batch, ...this.#queue.splice(0)]) this.#settlement.fail(waiting, error);
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
