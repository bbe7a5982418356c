import type { Memory } from '../dialogue/event.ts';
import type { Json } from '../domain/json.ts';
import type { Lang } from '../domain/lang.ts';
import type { Effect } from '../store/effect.ts';

/** Who calls a service, and from where. `chat` is the blind index of channel and address. */
export interface ServiceContext {
  readonly chat: string;
  readonly channel: string;
  readonly memory: Memory;
  readonly lang: Lang;
  /** ms since 1970 of the message that led here. */
  readonly now: number;
}

/** What a service found or decided; `effects` are committed with the conversation, all or nothing. */
export interface ServiceResult {
  readonly value: Json;
  /** Facts about the chat that outlive the conversation; null forgets one. */
  readonly remember?: Memory;
  readonly effects?: readonly Effect[];
}

/**
 * A use case that a flow may call. It reads what it needs and returns what is to be written: after a lost race
 * it is run again, so it must not write by itself.
 */
export type Service = (args: Json, context: ServiceContext) => Promise<ServiceResult>;
