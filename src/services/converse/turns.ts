import { setTimeout as pause } from 'node:timers/promises';
import type { Conversation } from '../../store/conversation.ts';
import type { Commit } from '../../store/conversation-write.ts';
import type { Conversations } from '../../store/conversations.ts';
import { Refused, Unavailable } from '../../store/errors.ts';
import type { Chat, Chats } from './chats.ts';
import type { Draft } from './draft.ts';
import type { Planner } from './planner.ts';
import type { Metrics } from './ports.ts';
import { comesFrom, splitAt } from './route.ts';
import type { Waiting } from './waiting.ts';

/** Another process keeps being quicker: after so many rounds the sender must come again. Never dropped silently. */
const TRIES = 10;
/** Grows with the tries: two processes that race for a chat should fall out of step. */
const JITTER_MS = 8;

/** A turn that is durable. */
export interface Turn {
  readonly draft: Draft;
  readonly chat: Chat;
  /** None when all its events had been applied before. */
  readonly commit?: Commit;
}

/** What to do instead of a turn: events of an alias go to its talk, the first ones of a stranger to a talk go back. */
export type Detour =
  | { readonly alias: Conversation; readonly talk: string }
  | { readonly strangers: number; readonly gone: boolean };

export interface TurnsOptions {
  readonly chats: Chats;
  readonly planner: Planner;
  readonly conversations: Conversations;
  readonly metrics: Metrics;
  readonly clock: () => number;
}

type Events = readonly [Waiting, ...Waiting[]];

/** Takes the events that wait for one chat: reads it, steps, commits; and again when another process was quicker. */
export class Turns {
  readonly #options: TurnsOptions;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Takes as many of the events as go into one commit, at least one. Throws `Unavailable` or `Overloaded`. */
  async take(events: Events): Promise<Turn | Detour> {
    const [first] = events;
    let together = events.length;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const routed = await this.#route(events);
      if (!('conversation' in routed)) return routed;
      const here = splitAt(routed.conversation, events.slice(0, together));
      const turn = await this.#plan(routed, here);
      if (!turn.commit) return turn;
      const written = await this.#commit(turn.commit, first.chat);
      if (written === 'committed') return this.#committed(turn);
      if (written === 'stale') await pause(JITTER_MS * tried * Math.random());
      else if (turn.draft.taken.length > 1)
        together = 1; // whichever it is, it must not take others with it
      else this.#failed(first, written);
    }
    throw new Unavailable('Other processes keep answering this chat.');
  }

  /** The conversation these events are to be played in, or where to go with them. */
  async #route(events: Events): Promise<Chat | Detour> {
    const [first] = events;
    const { chats } = this.#options;
    const fresh = !chats.has(first.chat);
    const chat = await chats.get(first);
    if (chat === null) return { strangers: events.length, gone: true };
    const { conversation } = chat;
    const { talk } = conversation;
    if (talk !== undefined && talk !== first.goneTalk) return { alias: conversation, talk };
    if (talk !== undefined) return { conversation: withoutTalk(conversation) };
    const strangers = events.findIndex((waiting) => comesFrom(conversation, waiting));
    if (strangers === 0) return chat;
    if (fresh) return { strangers: strangers === -1 ? events.length : strangers, gone: false };
    chats.forget(first.chat); // it may be part of the talk again by now
    return this.#route(events);
  }

  async #plan(chat: Chat, events: readonly Waiting[]): Promise<Turn> {
    const { planner, metrics, clock } = this.#options;
    const began = performance.now();
    const draft = await planner.plan(chat, events);
    metrics.stepMs(performance.now() - began);
    return draft.empty ? { draft, chat } : { draft, chat, commit: draft.commit(clock()) };
  }

  async #commit(commit: Commit, chat: string): Promise<'committed' | 'stale' | Refused> {
    const { chats, conversations, metrics } = this.#options;
    const began = performance.now();
    try {
      const written = await conversations.commit(commit);
      if (written === 'stale') chats.forget(chat);
      return written;
    } catch (error) {
      chats.forget(chat); // whether it was written is not known
      if (error instanceof Refused) return error;
      throw error;
    } finally {
      metrics.commitMs(performance.now() - began);
    }
  }

  #committed({ draft, commit }: Turn): Turn {
    const { next, others = [] } = commit as Commit;
    const read = next.talk === undefined && draft.stateIfRead;
    const chat = { conversation: next, ...(read && { state: read }) };
    for (const { id } of others) this.#options.chats.forget(id);
    this.#options.chats.set(chat);
    return { draft, chat, ...(commit && { commit }) };
  }

  #failed(waiting: Waiting, error: Refused): void {
    waiting.failures += 1;
    waiting.error = error;
  }
}

/** The talk was deleted: its alias, which holds nothing but deliveries, is a chat again. */
const withoutTalk = ({ talk: _gone, ...conversation }: Conversation): Conversation => conversation;
