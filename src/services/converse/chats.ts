import { LRUCache } from 'lru-cache';
import type { ChatState } from '../../dialogue/state.ts';
import type { Json } from '../../domain/json.ts';
import type { Conversation } from '../../store/conversation.ts';
import type { Conversations } from '../../store/conversations.ts';
import type { Engine } from './ports.ts';
import type { Waiting } from './waiting.ts';

/** A chat as it was committed last. Its state is read when the first event needs it, and may prove unreadable. */
export interface Chat {
  readonly conversation: Conversation;
  readonly state?: ChatState;
}

/** Some 5 kB each. A chat that was thrown out costs one read. */
const CACHED = 10_000;

/** States are JSON and nothing else; this is the one place that claims it. */
export const stateToJson = (state: ChatState): Json => state as unknown as Json;

/** Recent chats, decrypted, in memory. What is here was committed; it may be outdated, and the commit will tell. */
export class Chats {
  readonly #conversations: Conversations;
  readonly #engine: Engine;
  readonly #cache: LRUCache<string, Chat>;

  constructor(conversations: Conversations, engine: Engine, cached = CACHED) {
    this.#conversations = conversations;
    this.#engine = engine;
    this.#cache = new LRUCache({ max: cached });
  }

  /** The conversation an event is for; a new one when the chat was never stored; null for a talk that is gone. */
  async get(waiting: Waiting): Promise<Chat | null> {
    const cached = this.#cache.get(waiting.chat);
    if (cached) return cached;
    const stored = await this.#conversations.load(waiting.chat);
    if (stored) return this.#kept({ conversation: stored });
    return waiting.chat === waiting.own ? this.#begin(waiting) : null;
  }

  has(id: string): boolean {
    return this.#cache.has(id);
  }

  set(chat: Chat): void {
    this.#cache.set(chat.conversation.id, chat);
  }

  forget(id: string): void {
    this.#cache.delete(id);
  }

  /** An alias is not committed again, so it is kept as it was read; a chat is kept when it has committed. */
  #kept(chat: Chat): Chat {
    if (chat.conversation.talk !== undefined) this.set(chat);
    return chat;
  }

  #begin({ chat: id, channel, address, lang }: Waiting): Chat {
    const state = this.#engine.empty(lang);
    const conversation = {
      id,
      channel,
      address,
      rev: 0,
      state: stateToJson(state),
      seen: [],
      touched: 0,
      forgetAt: 0,
    };
    return { conversation, state };
  }
}
