import type { Limit } from '../../../../src/delivery/limits.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import type { Broadcast } from './broadcast.ts';
import type { Step } from './history.ts';
import type { Standstill } from './standstill.ts';

/** The purposes of a run: each stands for what may become of a message in doubt. */
export const PURPOSES = ['campaign', 'movementReminder', 'alert'] as const;
export type PurposeTried = (typeof PURPOSES)[number];

/** A message that somebody decided to send. */
export interface Planned {
  /** Of its row. */
  readonly id: string;
  /** By which it is known again at the platform, whatever its row is called. */
  readonly tag: string;
  readonly purpose: PurposeTried;
  /** What must become of its row: the reader has stopped the bot, or such messages; or it came too late. */
  readonly expect: 'sent' | 'failed' | 'suppressed' | 'expired';
  /** Not before this time of the run's clock (ms since 1970). */
  readonly from: number;
  /** The message before it about the same thing to the same person, by the id of its row: that one comes first. */
  readonly after?: string;
  /** When it was durable, ms since 1970 of the real clock. */
  readonly committed: number;
}

/** A message as the platform took it, or refused it. */
export interface Told {
  /** ms since 1970 of the real clock. */
  readonly at: number;
  readonly bot: string;
  readonly chat: string;
  /** Undefined when it is nothing that anybody planned. */
  readonly tag: string | undefined;
  readonly status: 200 | 403 | 429;
  /** It says that it may be a repeat. */
  readonly again: boolean;
}

export type Row = Pick<DeliveryDoc, '_id' | 'state' | 'purpose'>;

/** A row of what the officers are told of their campaigns. */
export type Notified = Pick<DeliveryDoc, '_id' | 'chat' | 'state' | 'expiresAt'>;

export interface Evidence {
  readonly planned: readonly Planned[];
  readonly rows: readonly Row[];
  readonly told: readonly Told[];
  readonly steps: readonly Step[];
  /** How often nobody could know whether a row had been sent, by its id. */
  readonly doubts: ReadonlyMap<string, number>;
  /** Rows whose intent may stand there though whoever wrote it sent nothing. */
  readonly refused: ReadonlySet<string>;
  readonly broadcasts: readonly Broadcast[];
  readonly notified: readonly Notified[];
  /** Those of them that came. */
  readonly heardOf: ReadonlySet<string>;
  /** When all was over, by the run's clock (ms since 1970). */
  readonly ended: number;
  /** The run's time at one of the real clock; by how much a sender may miss it (ms). */
  readonly clock: (at: number) => number;
  readonly skew: number;
  /** When whoever wrote down what the platform took could not: what left as much apart was written together. */
  readonly standstills: readonly Standstill[];
  /** What a bot may send in a second, and to a chat. */
  readonly limits: { readonly account: Limit; readonly chat: Limit };
}
