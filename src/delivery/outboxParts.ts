import type { Say } from '../dialogue/say.ts';
import type { Sealer } from '../security/sealer.ts';
import type { Collections } from '../store/collections.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import type { Budget } from './budgets.ts';

/** A message on its way. The id is the same each time it is tried. */
export interface OutboxMessage {
  readonly id: string;
  readonly say: Say;
  /** Where it goes when there may be no conversation with that id. */
  readonly to?: { readonly channel: string; readonly address: string };
  /** It must not arrive twice: where it may have arrived in one chat, no other is tried. */
  readonly once?: true;
  /** It goes also to a chat whose person has stopped us, as far as we know: they may have let us in again without a word. */
  readonly urgent?: true;
  /** A message sent before that this one brings up to date, and what it is to say then. */
  readonly edits?: SentAs & { readonly say: Say };
}

/** Where a message went and what the platform calls it. */
export interface SentAs {
  /** Blind index of channel and address. */
  readonly via: string;
  readonly ref: string;
}

/**
 * Whether a row is to be sent now: yes; no, and perhaps why; not before an instant (ms since 1970); not to this chat, and why,
 * as if that had refused.
 */
export type Wanted =
  | boolean
  | { readonly no: string }
  | { readonly until: number }
  | { readonly notHere: string };

export type OutboxOutcome =
  | 'sent'
  | 'retry'
  | 'postponed'
  | 'elsewhere'
  | 'failed'
  | 'expired'
  | 'unknown'
  | 'suppressed'
  | 'doubtful';

export interface OutboxParts {
  readonly collection: Collections['deliveries'];
  /** Which epoch the database is in; without it every row is of this one. */
  readonly installation?: Collections['installation'];
  readonly sealer: Pick<Sealer, 'open'>;
  /** What a row says that holds no message of its own. */
  readonly sayOf?: (row: DeliveryDoc) => Promise<Say>;
  /** Sends to a chat over its channel, or throws `SendError`; anything else thrown counts as temporary. */
  readonly send: (chat: string, message: OutboxMessage) => Promise<SentAs | undefined>;
  /**
   * Asked right before sending: an alert that somebody has claimed meanwhile is not sent any more.
   * @param at by the database's clock
   */
  readonly stillWanted?: (row: DeliveryDoc, at?: number) => Promise<Wanted>;
  /** What the channels allow; without it nothing is held back. */
  readonly budget?: Budget;
  /** Another chat of the same person, when one reaches nobody. */
  readonly nextChat?: (row: DeliveryDoc) => Promise<string | null>;
  /** A row that no chat takes in time; it may be tried again all the same. Somebody else must be found. May be called often. */
  readonly onLost?: (row: DeliveryDoc) => Promise<void>;
  /** For metrics: what became of a row, and how long after it was due (ms). */
  readonly observe?: (outcome: OutboxOutcome, purpose: string, ms: number) => void;
  /** The database is away, or a row cannot be read: the loop goes on, somebody should know. */
  readonly onError?: (error: unknown) => void;
  /** The clock of this process: what it differs from the database's is made up for. */
  readonly now?: () => number;
  /** ms a row is held by one process; longer than a send may take, and than a row waits for its channel. */
  readonly lease?: number;
  /** ms a send may take. */
  readonly deadline?: number;
  /** ms between two looks at what is due or was left behind. */
  readonly sweepEvery?: number;
}
