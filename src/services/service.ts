import type { Memory } from '../dialogue/event.ts';
import type { Json } from '../domain/json.ts';
import type { Lang } from '../domain/lang.ts';
import type { Conversation } from '../store/conversation.ts';
import type { Effect } from '../store/effect.ts';

/** Who calls a service, and from where. `chat` is the conversation: a chat's own, or the talk it is a part of. */
export interface ServiceContext {
  readonly chat: string;
  /** The chat that speaks: blind index of channel and address. The same as `chat` outside of a talk. */
  readonly own: string;
  readonly channel: string;
  readonly memory: Memory;
  readonly lang: Lang;
  /** ms since 1970 of the message that led here. */
  readonly now: number;
}

/** Who shares a conversation changes; the shell writes it with the message that led to it, all or nothing. */
export type TalkChange =
  /**
   * This chat joins a conversation, as it was read: another chat's, or a talk. `id`: that talk, or the new one.
   * `remember` holds in the talk, whatever either of the two remembered.
   */
  | { readonly join: Conversation; readonly id: string; readonly remember: Memory }
  /** A chat leaves this talk. `alias`: its own document as it was read; null when that is gone. */
  | { readonly leave: string; readonly alias: Conversation | null };

/** What a service found or decided; `effects` are committed with the conversation, all or nothing. */
export interface ServiceResult {
  readonly value: Json;
  /** Facts about the chat that outlive the conversation; null forgets one. */
  readonly remember?: Memory;
  readonly effects?: readonly Effect[];
  readonly talk?: TalkChange;
}

/**
 * A use case that a flow may call. It reads what it needs and returns what is to be written: after a lost race
 * it is run again, so it must not write by itself.
 */
export type Service = (args: Json, context: ServiceContext) => Promise<ServiceResult>;
