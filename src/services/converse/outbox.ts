import { LRUCache } from 'lru-cache';
import { SendError } from '../../delivery/outgoing.ts';
import type { Lang } from '../../domain/lang.ts';
import { type Conversation, type Out, revOf } from '../../store/conversation.ts';
import type { Conversations } from '../../store/conversations.ts';
import { crashPoint } from '../../store/crash-point.ts';
import { within } from '../../store/within.ts';
import { describeError } from './park.ts';
import type { Deliver, Log, Metrics, OutMessage, SendOutcome, StoredOut } from './ports.ts';

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
 * Sends what was committed, one at a time and in order for each person's chat, and marks it afterwards. What cannot be
 * sent now stays in the database, and with it all that comes after it for that chat; the sweep brings it back. Of the
 * chats of a talk one that is in trouble does not hold up the others.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** By the chat they go to. */
  readonly #queues = new Map<string, OutMessage[]>();
  /** How many messages of a conversation are in hand. */
  readonly #inHand = new Map<string, number>();
  readonly #troubled = new LRUCache<string, Trouble>({ max: TROUBLED_KEPT });

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Conversations that something is being sent of now. */
  get busy(): readonly string[] {
    return [...this.#inHand.keys()];
  }

  /** What was just committed. */
  push(conversation: Conversation, lang: Lang, out: readonly Out[]): void {
    if (out.length === 0) return;
    for (const message of out.map((each) => messageOf(conversation, lang, each))) {
      if (!this.#troubled.has(message.chat)) this.#enqueue(message);
    }
    // The commit has put the time off at which somebody looks after what is owed to the others.
    const chats = conversation.members?.map(({ chat }) => chat) ?? [conversation.id];
    const troubles = chats.flatMap((chat) => this.#troubled.get(chat)?.until ?? []);
    if (troubles.length > 0) this.#leave(conversation.id, Math.min(...troubles));
  }

  /** All that is owed to a conversation, from the database, but for what is in hand: that was slow, not lost. */
  retry(conversation: Conversation, lang: Lang, out: readonly Out[]): number {
    const messages = out.map((each) => messageOf(conversation, lang, each));
    const free = messages.filter(({ chat }) => !this.#queues.has(chat));
    const waits = ({ chat }: OutMessage) => (this.#troubled.get(chat)?.until ?? 0) > Date.now();
    // Of a talk it may be time for one chat and not yet for another.
    const later = conversation.members ? free.filter(waits) : [];
    for (const { chat, of } of later) this.#leave(of, this.#troubled.get(chat)?.until ?? 0);
    const due = free.filter((message) => !later.includes(message));
    for (const message of due) this.#enqueue(message);
    return due.length;
  }

  #enqueue(message: OutMessage): void {
    this.#inHand.set(message.of, (this.#inHand.get(message.of) ?? 0) + 1);
    const queue = this.#queues.get(message.chat);
    if (queue) queue.push(message);
    else this.#start(message.chat, [message]);
  }

  #start(chat: string, queue: OutMessage[]): void {
    this.#queues.set(chat, queue);
    void this.#drain(chat, queue);
  }

  async #drain(chat: string, queue: OutMessage[]): Promise<void> {
    for (let [message] = queue; message; [message] = queue) {
      crashPoint('before-send');
      const outcome = await this.#send(message);
      if (outcome === 'later') break; // the rest is in the database too
      crashPoint('between-send-and-mark');
      this.#options.conversations.sent(message.of, [message.id]);
      this.#troubled.delete(chat);
      this.#letGo(queue.splice(0, 1));
    }
    this.#letGo(queue.splice(0));
    this.#queues.delete(chat); // in the same breath as the last look: nothing can be added in between
  }

  #letGo(messages: readonly OutMessage[]): void {
    for (const { of } of messages) {
      const left = (this.#inHand.get(of) ?? 0) - 1;
      if (left > 0) this.#inHand.set(of, left);
      else this.#inHand.delete(of);
    }
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
      const { id, channel } = message;
      const lost = error instanceof SendError && !error.retryable;
      const fields = { id, channel, ...describeError(error) };
      this.#options.log.warn(fields, lost ? 'message given up' : 'message not sent yet');
      if (error instanceof SendError && error.fault === 'stopped') this.#stopped(message);
      if (lost) return 'gave-up';
      this.#postpone(message, error instanceof SendError ? error.retryAfter : undefined);
      return 'later';
    }
  }

  /** For whoever has news for this person: another chat of theirs, or none. */
  #stopped({ of, chat, id }: OutMessage): void {
    this.#options.conversations.stopped(of, chat, revOf(id)).catch((error: unknown) => {
      this.#options.log.warn({ chat, ...describeError(error) }, 'not noted that somebody stopped us');
    });
  }

  #postpone({ chat, of }: OutMessage, retryAfter: number | undefined): void {
    const attempts = (this.#troubled.get(chat)?.attempts ?? 0) + 1;
    const doubled = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    const wait = retryAfter === undefined ? doubled * (0.75 + Math.random() / 2) : retryAfter * 1_000;
    const until = Date.now() + wait;
    this.#troubled.set(chat, { attempts, until }, { ttl: wait + TROUBLE_FORGOTTEN_MS });
    this.#leave(of, until);
  }

  /** To the sweep, at that time. */
  #leave(conversation: string, until: number): void {
    this.#options.conversations.hold([conversation], until).catch((error: unknown) => {
      // The database is away: it is looked at when the commit's own patience has passed.
      this.#options.log.warn({ chat: conversation, ...describeError(error) }, 'retry time not written');
    });
  }
}

const messageOf = ({ id: of, channel, address }: Conversation, lang: Lang, { id, body }: Out): OutMessage => {
  const { to = { chat: of, channel, address }, ...said } = body as unknown as StoredOut; // written by `Draft`
  return { id, of, lang, ...to, body: said };
};
