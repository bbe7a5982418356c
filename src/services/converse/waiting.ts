import type { Event } from '../../dialogue/event.ts';
import type { Lang } from '../../domain/lang.ts';
import type { Accepted } from '../inbound.ts';

/** An event in its chat's queue. */
export interface Waiting {
  readonly chat: string;
  readonly channel: string;
  readonly address: string;
  readonly lang?: Lang;
  /** The message whose button was pressed, as the channel calls it. */
  readonly pressed?: string;
  /** What is remembered of the delivery's id. */
  readonly key: string;
  readonly event: Event;
  /** The work whose result this is. */
  readonly finishes?: string;
  /** When it came, on the monotonic clock, ms. */
  readonly since: number;
  /** How often it failed, and the last time by what. */
  failures: number;
  error?: unknown;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}
