import type { Event } from '../../dialogue/event.ts';
import type { Lang } from '../../domain/lang.ts';
import type { Accepted } from '../inbound.ts';

/** An event in the queue of a conversation. */
export interface Waiting {
  /** The conversation: the chat's own, or the talk it was handed on to. */
  readonly chat: string;
  /** The chat it came from, and where that is. */
  readonly own: string;
  readonly channel: string;
  readonly address: string;
  readonly lang?: Lang | undefined;
  /** The message whose button was pressed, as the channel calls it. */
  readonly pressed?: string | undefined;
  /** What is remembered of the delivery's id. */
  readonly key: string;
  readonly event: Event;
  /** The work whose result this is. */
  readonly finishes?: string | undefined;
  /** When it came, on the monotonic clock, ms. */
  readonly since: number;
  /** How often it failed, and the last time by what. */
  failures: number;
  error?: unknown;
  /** How often it was handed on to a talk and came back, and the talk that was no longer there. */
  rounds: number;
  goneTalk?: string;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
  /** Gives it back to its own chat, which is no part of this talk any more, or whose talk is `gone` for good. */
  readonly giveBack?: (gone: boolean) => void;
}
