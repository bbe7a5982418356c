import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Database } from './connect.ts';
import { crashPoint } from './crash-point.ts';
import { hasMust } from './effect.ts';
import { Overloaded, Refused, Unavailable } from './errors.ts';
import type { Marks } from './marks.ts';
import { attempt, type Riding, standings, type Write } from './write-batch.ts';

export type Written = 'committed' | 'stale';

interface Waiting extends Riding {
  sent: readonly string[];
  readonly resolve: (written: Written) => void;
  readonly reject: (error: Error) => void;
}

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
/** Another process may want the same document; after this many tries with jitter the sender must come again. */
const CONTENDED_TRIES = 6;
const JITTER_MS = 20;

/**
 * Whatever waits when the last write has returned goes out together: one write, and beside it a transaction for those
 * that something goes with. The journal is waited for once per group, not once per message.
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #marks: Marks;
  readonly #options: GroupOptions;
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(database: Database, marks: Marks, options: GroupOptions = {}) {
    this.#database = database;
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
      if (!(await this.#tried(batch))) await this.#settle(batch);
    } catch (cause) {
      const error = cause instanceof Unavailable ? cause : new Unavailable('The commit failed.', { cause });
      // Those that were settled stay settled; those behind have waited as long as an answer may take.
      for (const waiting of [...batch, ...this.#queue.splice(0)]) this.#fail(waiting, error);
    }
  }

  /** Whether all are in. A line that broke tells nothing: the database may be there, and is asked once more. */
  async #tried(batch: readonly Waiting[]): Promise<boolean> {
    try {
      return await this.#together(batch);
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }

  /** Finds out one by one, without a second harm to those that are well. */
  async #settle(batch: readonly Waiting[]): Promise<void> {
    const open = await this.#open(batch);
    const several = open.filter(({ write }) => !hasMust(write.effects));
    const alone = open.filter(({ write }) => hasMust(write.effects));
    if (!(await this.#together(several))) alone.unshift(...(await this.#open(several)));
    for (const waiting of alone) await this.#alone(waiting);
  }

  /** Whether all are in; if not, nothing is known of any. */
  async #together(batch: readonly Waiting[]): Promise<boolean> {
    if (batch.length > 0 && (await attempt(this.#database, batch)) !== 'done') return false;
    crashPoint('after-commit');
    for (const { resolve } of batch) resolve('committed');
    return true;
  }

  async #alone(waiting: Waiting): Promise<void> {
    for (let tried = 0; tried < CONTENDED_TRIES; tried += 1) {
      const came = await attempt(this.#database, [waiting]);
      if (came === 'done') return waiting.resolve('committed');
      if ((await this.#open([waiting])).length === 0) return;
      if (came === 'unmatched') return this.#stale(waiting); // a `must` of its effects
      if (came !== 'contended') {
        return this.#fail(waiting, new Refused('The database refuses a document.', { cause: came.refused }));
      }
      await pause(JITTER_MS * (tried + Math.random()));
    }
    this.#fail(waiting, new Unavailable('Other processes keep writing the same documents.'));
  }

  /** Looks which writes are in and which can no longer be made, tells them, and gives back the others. */
  async #open(batch: readonly Waiting[]): Promise<Waiting[]> {
    const standing = await standings(
      this.#database,
      batch.map(({ write }) => write),
    );
    return batch.filter((waiting) => {
      const now = standing(waiting.write);
      if (now === 'in') waiting.resolve('committed');
      if (now === 'late') this.#stale(waiting);
      return now === 'open';
    });
  }

  #stale(waiting: Waiting): void {
    this.#marks.add(waiting.write.chat, waiting.sent);
    waiting.resolve('stale');
  }

  #fail(waiting: Waiting, error: Error): void {
    this.#marks.add(waiting.write.chat, waiting.sent);
    waiting.reject(error);
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
