import type { PersonEvent } from '../dialogue/event.ts';

/**
 * One message from a person, as every channel hands it in. `deliveryId` is the platform's own id of the
 * delivery: the same id is applied once, however often it comes. `address` is what the channel needs to
 * answer (a Telegram chat id, a phone number); it never reaches the database in the clear.
 */
export interface Inbound {
  readonly channel: string;
  readonly deliveryId: string;
  readonly address: string;
  readonly event: PersonEvent;
  /** ms since 1970, when the platform took the message, or when we received it. */
  readonly at: number;
  /** The platform's name of the message whose button was pressed. */
  readonly pressed?: string;
  /** Language the channel reports of its user, used for a new chat only. */
  readonly lang?: 'vi' | 'en';
}

/** The commit that holds the message. `again` when this delivery had been applied before. */
export interface Accepted {
  readonly chat: string;
  readonly rev: number;
  readonly again: boolean;
}

/** The one way in: resolves after the durable commit, so the platform may then have its 2xx. */
export interface Door {
  accept(inbound: Inbound): Promise<Accepted>;
}

/**
 * What a platform has forgotten on our word and its chat has not taken yet. Each resolves when that is durable; twice
 * is once.
 */
export interface Shelf {
  /** `order`: how the channel numbers what comes. */
  put(message: Inbound, order: number): Promise<void>;
  /** It was taken. */
  drop(message: Inbound): Promise<void>;
  /** In their order; without what cannot be opened. */
  left(): Promise<readonly { readonly message: Inbound; readonly order: number }[]>;
  /** It fails again and again: from now on it is for somebody to look at. */
  park(message: Inbound, error: unknown): Promise<void>;
}
