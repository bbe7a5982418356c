import type { Database } from './connect.ts';
import { keyOf } from './conversation.ts';
import { available } from './errors.ts';

/** Long enough for the marks of many chats to go as one; what was sent within it is sent again after a crash. */
const MARK_AFTER_MS = 50;
/** The database did not take them: nothing is lost by trying later. */
const AGAIN_AFTER_MS = 1_000;

/** Not waited for in the journal: a mark that is lost sends one message twice, and costs nothing otherwise. */
const RELAXED = { w: 1, j: false } as const;

type Ids = Map<string, Set<string>>;

/**
 * What was sent and is to be struck from `out`: with the chat's next commit where one comes soon, else all together.
 */
export class Marks {
  /** Called when `flush` has something to do. */
  onDue: () => void = () => undefined;
  /** Called when the database did not take them. */
  onTrouble: (error: unknown) => void = () => undefined;
  readonly #database: Database;
  #marks: Ids = new Map();
  /** On their way to the database. */
  #flying: Ids = new Map();
  #landing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = false;

  constructor(database: Database) {
    this.#database = database;
  }

  get due(): boolean {
    return this.#due;
  }

  /** No ids: nothing is owed to this chat any more, only `pending` is to be cleared. */
  add(chat: string, ids: readonly string[]): void {
    const marks = this.#marks.get(chat) ?? new Set();
    for (const id of ids) marks.add(id);
    this.#marks.set(chat, marks);
    this.#wait(MARK_AFTER_MS);
  }

  /** Whether it was sent, though the database may not know yet. */
  has(chat: string, id: string): boolean {
    return [this.#marks, this.#flying].some((marks) => marks.get(chat)?.has(id));
  }

  /** Hands over the marks of a chat that is being committed; `add` them again if that fails. */
  take(chat: string): readonly string[] {
    const marks = this.#marks.get(chat);
    this.#marks.delete(chat);
    return marks ? [...marks] : [];
  }

  /** Resolves when no marks are on their way. */
  async landed(): Promise<void> {
    await this.#landing;
  }

  /** Writes all marks now, but for `held` chats, which somebody else is writing. Never rejects: what was not taken is tried again. */
  async flush(held: ReadonlySet<string> = new Set()): Promise<void> {
    this.#due = false;
    const all = [...this.#marks];
    this.#flying = new Map(all.filter(([chat]) => !held.has(chat)));
    this.#marks = new Map(all.filter(([chat]) => held.has(chat)));
    if (this.#marks.size > 0) this.#wait(MARK_AFTER_MS);
    if (this.#flying.size === 0) return;
    this.#landing = this.#fly();
    await this.#landing;
    this.#landing = undefined;
  }

  async #fly(): Promise<void> {
    const operations = [...this.#flying].map(([chat, ids]) => strike(chat, [...ids]));
    try {
      const { conversations } = this.#database.collections;
      await available(conversations.bulkWrite(operations, { ordered: false, writeConcern: RELAXED }));
    } catch (error) {
      this.#again(error);
    }
    this.#flying = new Map();
  }

  /** No further flush is asked for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.onDue = () => undefined;
  }

  #again(error: unknown): void {
    this.#wait(AGAIN_AFTER_MS);
    for (const [chat, ids] of this.#flying) this.add(chat, [...ids]);
    this.onTrouble(error);
  }

  #wait(ms: number): void {
    if (this.#timer || this.#due) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#due = true;
      this.onDue();
    }, ms);
  }
}

/** Strikes ids, and `pending` when nothing is left: decided by the server, since another process may have added. */
function strike(chat: string, ids: readonly string[]) {
  const nothing = { $and: [{ $eq: ['$out', {}] }, { $eq: ['$work', {}] }] };
  const clear = { $set: { pending: { $cond: [nothing, '$$REMOVE', '$pending'] } } };
  const paths = ids.map((id) => `out.${keyOf(id)}`);
  const update = paths.length > 0 ? [{ $unset: paths }, clear] : [clear];
  return { updateOne: { filter: { _id: chat }, update } };
}
