import type { Sealer } from '../security/sealer.ts';
import type { Database } from './connect.ts';
import { type Conversation, openConversation, openUnfinished, type Unfinished } from './conversation.ts';
import { type Commit, writeOf } from './conversation-write.ts';
import { available } from './errors.ts';
import { GroupCommit, type GroupOptions } from './group-commit.ts';
import { GroupLoad } from './group-load.ts';
import { Marks } from './marks.ts';
import type { Written } from './settlement.ts';

export interface ConversationsOptions extends GroupOptions {
  /** How long whoever commits has to send, before anybody may (ms). */
  readonly patience?: number;
}

/**
 * A reply takes well under a second, so nobody is robbed of one he is sending; what a crash left unsent is late by
 * this and a sweep. The clocks of the processes must agree much better than this.
 */
const PATIENCE_MS = 15_000;

/** The chats in the database. Everything personal is sealed on the way in. */
export class Conversations {
  /** How long whoever took something on has it for itself, ms. */
  readonly patience: number;
  readonly #database: Database;
  readonly #sealer: Sealer;
  readonly #marks: Marks;
  readonly #group: GroupCommit;
  readonly #loads: GroupLoad;

  constructor(database: Database, sealer: Sealer, options: ConversationsOptions = {}) {
    this.#database = database;
    this.#sealer = sealer;
    this.patience = options.patience ?? PATIENCE_MS;
    this.#marks = new Marks(database);
    this.#group = new GroupCommit(database, this.#marks, options);
    this.#loads = new GroupLoad(database);
  }

  /** Null when the chat was never stored. Rejects with `Unavailable`, or `SealError` when it cannot be read. */
  async load(id: string): Promise<Conversation | null> {
    const doc = await this.#loads.read(id);
    return doc && openConversation(this.#sealer, doc);
  }

  /**
   * One durable write, together with whatever else waits. `stale`: another process was quicker, or a `must` effect
   * matched nothing; reload and step again. Rejects with `Unavailable`, `Overloaded` or `Refused`.
   */
  commit(commit: Commit): Promise<Written> {
    return this.#group.write(writeOf(this.#sealer, commit, Date.now() + this.patience));
  }

  /**
   * The person behind a chat (its own document's, or a member of a talk) has stopped us; unless the conversation has
   * moved on since `rev`: then somebody spoke, and the next message will tell.
   */
  async stopped(id: string, chat: string, rev: number, now = Date.now()): Promise<void> {
    const mark = { $set: { [`stopped.${chat}`]: new Date(now) } };
    await available(this.#collection.updateOne({ _id: id, rev }, mark));
  }

  /** The person behind a chat lets us write to them again: a message has arrived, or their platform says so. */
  async reached(id: string, chat: string): Promise<void> {
    const unmark = { $unset: { [`stopped.${chat}`]: '' as const } };
    await available(this.#collection.updateOne({ _id: id }, unmark));
  }

  /** These were sent; written soon, not waited for. None: nothing is owed, the chat need not be looked at. */
  sent(chat: string, ids: readonly string[]): void {
    this.#marks.add(chat, ids);
  }

  /**
   * Takes over, one after the other, what somebody should have sent or done by now; nobody else is given it for
   * `patience`.
   */
  async *overdue(limit: number, now = Date.now()): AsyncGenerator<Unfinished> {
    for (let taken = 0; taken < limit; taken += 1) {
      const due = { pending: { $lte: new Date(now) } };
      const claim = { $set: { pending: new Date(now + this.patience) } };
      const doc = await available(this.#collection.findOneAndUpdate(due, claim, { sort: { pending: 1 } }));
      if (!doc) return;
      const chat = await openUnfinished(this.#sealer, doc);
      yield { ...chat, out: chat.out.filter(({ id }) => !this.#marks.has(chat.id, id)) };
    }
  }

  /** Nobody else shall take these over before `until` (ms since 1970): they are in hand, or cannot be sent yet. */
  async hold(chats: readonly string[], until: number): Promise<void> {
    const owed = { _id: { $in: [...chats] }, pending: { $exists: true } };
    await available(this.#collection.updateMany(owed, { $set: { pending: new Date(until) } }));
  }

  /** Writes what waits; commits and marks that come later are still taken, but no longer waited for. */
  async close(): Promise<void> {
    await this.#group.idle();
    await this.#marks.flush();
    this.#marks.stop();
  }

  get #collection() {
    return this.#database.collections.conversations;
  }
}
