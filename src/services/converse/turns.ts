import { setTimeout as pause } from 'node:timers/promises';
import type { Commit } from '../../store/conversation-write.ts';
import type { Conversations } from '../../store/conversations.ts';
import { Refused, Unavailable } from '../../store/errors.ts';
import type { Chat, Chats } from './chats.ts';
import type { Draft } from './draft.ts';
import type { Planner } from './planner.ts';
import type { Metrics } from './ports.ts';
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

export interface TurnsOptions {
  readonly chats: Chats;
  readonly planner: Planner;
  readonly conversations: Conversations;
  readonly metrics: Metrics;
  readonly clock: () => number;
}

/** Takes the events that wait for one chat: reads it, steps, commits; and again when another process was quicker. */
export class Turns {
  readonly #options: TurnsOptions;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Takes as many of the events as go into one commit, at least one. Throws `Unavailable` or `Overloaded`. */
  async take(events: readonly [Waiting, ...Waiting[]]): Promise<Turn> {
    const [first] = events;
    let together = events.length;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const turn = await this.#plan(events.slice(0, together), first);
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

  async #plan(events: readonly Waiting[], first: Waiting): Promise<Turn> {
    const { chats, planner, metrics, clock } = this.#options;
    const chat = await chats.get(first);
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
    const { next } = commit as Commit;
    const chat = { conversation: next, ...(draft.stateIfRead && { state: draft.stateIfRead }) };
    this.#options.chats.set(chat);
    return { draft, chat, ...(commit && { commit }) };
  }

  #failed(waiting: Waiting, error: Refused): void {
    waiting.failures += 1;
    waiting.error = error;
  }
}
