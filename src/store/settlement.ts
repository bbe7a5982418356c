import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './connect.ts';
import { crashPoint } from './crash-point.ts';
import { hasMust } from './effect.ts';
import { isNobodyThere, Refused, Unavailable } from './errors.ts';
import type { Marks } from './marks.ts';
import { attempt, type Riding, standings } from './write-batch.ts';

export type Written = 'committed' | 'stale';

/** A write that somebody waits for. */
export interface Waiting extends Riding {
  sent: readonly string[];
  readonly resolve: (written: Written) => void;
  readonly reject: (error: Error) => void;
}

/** Another process may want the same document; after this many tries with jitter the sender must come again. */
const CONTENDED_TRIES = 6;
const JITTER_MS = 20;

/** Writes a group together and tells everybody; where that is not possible, finds out one by one. */
export class Settlement {
  readonly #database: Database;
  readonly #marks: Marks;

  constructor(database: Database, marks: Marks) {
    this.#database = database;
    this.#marks = marks;
  }

  /** Throws when the database cannot be asked; whoever was not told by then has to `fail`. */
  async write(batch: readonly Waiting[]): Promise<void> {
    if (!(await this.#tried(batch))) await this.#settle(batch);
  }

  /** Whether all are in. A line that broke tells nothing: the database may be there, and is asked once more; unless it is gone. */
  async #tried(batch: readonly Waiting[]): Promise<boolean> {
    try {
      return await this.#together(batch);
    } catch (error) {
      if (error instanceof Unavailable && !isNobodyThere(error)) return false;
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
        return this.fail(waiting, new Refused('The database refuses a document.', { cause: came.refused }));
      }
      await pause(JITTER_MS * (tried + Math.random()));
    }
    this.fail(waiting, new Unavailable('Other processes keep writing the same documents.'));
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

  fail(waiting: Waiting, error: Error): void {
    this.#marks.add(waiting.write.chat, waiting.sent);
    waiting.reject(error);
  }
}
