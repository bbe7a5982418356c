import { LRUCache } from 'lru-cache';
import { SendError } from '../../delivery/outgoing.ts';
import type { Lang } from '../../domain/lang.ts';
import type { Conversation, Out } from '../../store/conversation.ts';
import type { Conversations } from '../../store/conversations.ts';
import { within } from '../../store/within.ts';
import { describeError } from './park.ts';
import type { Deliver, Log, Metrics, OutBody, OutMessage, SendOutcome } from './ports.ts';

/** A platform that has not answered by then is taken for away. */
const SEND_PATIENCE_MS = 30_000;
/** Twice as long after every failure: a platform that is down is not to be hammered. */
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 300_000;
/** So long after its time the sweep, here or in another process, has brought the message back and ended the trouble. */
const TROUBLE_FORGOTTEN_MS = 10_000;
/** Chats whose failures are remembered; one that was forgotten is simply tried sooner. */
const TROUBLED_KEPT = 10_000;

interface Trouble {
  readonly attempts: number;
  /** ms since 1970. */
  readonly until: number;
}

export interface OutboxOptions {
  readonly conversations: Conversations;
  readonly deliver: Deliver;
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * Sends what was committed, one at a time and in order for each chat, and marks it afterwards. What cannot be sent now
 * stays in the database, and with it all that comes after it for that chat; the sweep brings it back.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #queues = new Map<string, OutMessage[]>();
  readonly #troubled = new LRUCache<string, Trouble>({ max: TROUBLED_KEPT });

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Chats that something is being sent to now. */
  get busy(): readonly string[] {
    return [...this.#queues.keys()];
  }

  isBusy(chat: string): boolean {
    return this.#queues.has(chat);
  }

  /** What was just committed. */
  push(chat: Conversation, lang: Lang, out: readonly Out[]): void {
    const trouble = this.#troubled.get(chat.id);
    if (out.length === 0) return;
    if (trouble) this.#leave(chat.id, trouble.until);
    else this.#enqueue(chat, lang, out);
  }

  /** All that is owed to a chat, from the database. */
  retry(chat: Conversation, lang: Lang, out: readonly Out[]): void {
    if (out.length > 0 && !this.isBusy(chat.id)) this.#enqueue(chat, lang, out);
  }

  #enqueue(chat: Conversation, lang: Lang, out: readonly Out[]): void {
    const { id, channel, address } = chat;
    const messages = out.map((each) => {
      const body = each.body as unknown as OutBody; // written by `Draft`
      return { id: each.id, chat: id, channel, address, lang, body };
    });
    const queue = this.#queues.get(id);
    if (queue) queue.push(...messages);
    else this.#start(id, messages);
  }

  #start(chat: string, queue: OutMessage[]): void {
    this.#queues.set(chat, queue);
    void this.#drain(chat, queue);
  }

  async #drain(chat: string, queue: OutMessage[]): Promise<void> {
    for (let message = queue.shift(); message; message = queue.shift()) {
      const outcome = await this.#send(message);
      if (outcome === 'later') break; // the rest is in the database too
      this.#options.conversations.sent(chat, [message.id]);
      this.#troubled.delete(chat);
    }
    this.#queues.delete(chat); // in the same breath as the last look: nothing can be added in between
  }

  async #send(message: OutMessage): Promise<SendOutcome> {
    const began = performance.now();
    const outcome = await this.#try(message);
    this.#options.metrics.sendMs(message.channel, outcome, performance.now() - began);
    return outcome;
  }

  async #try(message: OutMessage): Promise<SendOutcome> {
    try {
      await within(SEND_PATIENCE_MS, 'sending', this.#options.deliver(message));
      return 'sent';
    } catch (error) {
      const { id, chat, channel } = message;
      const lost = error instanceof SendError && !error.retryable;
      const fields = { id, channel, ...describeError(error) };
      this.#options.log.warn(fields, lost ? 'message given up' : 'message not sent yet');
      if (lost) return 'gave-up';
      this.#postpone(chat, error instanceof SendError ? error.retryAfter : undefined);
      return 'later';
    }
  }

  #postpone(chat: string, retryAfter: number | undefined): void {
    const attempts = (this.#troubled.get(chat)?.attempts ?? 0) + 1;
    const doubled = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    const wait = retryAfter === undefined ? doubled * (0.75 + Math.random() / 2) : retryAfter * 1_000;
    const until = Date.now() + wait;
    this.#troubled.set(chat, { attempts, until }, { ttl: wait + TROUBLE_FORGOTTEN_MS });
    this.#leave(chat, until);
  }

  /** To the sweep, at that time. */
  #leave(chat: string, until: number): void {
    this.#options.conversations.hold([chat], until).catch((error: unknown) => {
      // The database is away: the chat is looked at when the commit's own patience has passed.
      this.#options.log.warn({ chat, ...describeError(error) }, 'retry time not written');
    });
  }
}
