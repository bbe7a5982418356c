import type { CampaignAct, CampaignState } from '../../../../src/domain/campaign/states.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import type { Recipient } from './persons.ts';

/** What becomes of a campaign that somebody approved: left alone, paused for a while and let go on, or stopped. */
export type Fate = 'whole' | 'paused' | 'stopped';
/** In their turn. Every other one is stopped, for that closes it at once: the others are closed when a day has passed. */
export const FATES: readonly Fate[] = ['whole', 'stopped', 'paused', 'stopped'];

/** Something done to a campaign; ms since 1970 of the real clock: when it was asked for, and when it was durable. */
export interface Act {
  readonly what: CampaignAct;
  readonly asked: number;
  readonly done: number;
}

/** A campaign as it was approved, and what was done to it since. */
export interface Approved {
  readonly id: string;
  readonly fate: Fate;
  /** 'YYYY-MM-DD', those it was to be sent on. */
  readonly days: readonly string[];
  readonly recipients: readonly Recipient[];
  readonly acts: readonly Act[];
}

export type BroadcastRow = Pick<DeliveryDoc, '_id' | 'about' | 'chat' | 'state' | 'fault' | 'readyAt'>;

/** One that was to be told of it, and of what: `<purpose> <about>`. */
export interface Notice {
  readonly what: string;
  readonly staff: string;
  /** Of the end: recipients as the message counts them. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** A campaign with all that stands in the database when everything is over. */
export interface Broadcast extends Approved {
  readonly state: CampaignState;
  readonly frozen: boolean;
  readonly total: number;
  /** How often it was closed, by the database's log. */
  readonly closed: number;
  readonly audience: readonly {
    readonly id: string;
    readonly chats: readonly string[];
    readonly outcome: string | undefined;
  }[];
  readonly occurrences: readonly {
    readonly day: string;
    readonly state: string;
    readonly figures: Readonly<Record<string, number>> | undefined;
  }[];
  readonly rows: readonly BroadcastRow[];
  readonly notices: readonly Notice[];
}
