import type { mongo } from 'mongoose';
import type { DeliveryDoc, Lane } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import { inDoubt } from './outboxDecide.ts';
import type { Fault } from './outboxFault.ts';

/** How a row ends that did not arrive for certain. */
export type Dead = 'failed' | 'expired' | 'unknown';

type Rows = mongo.Collection<DeliveryDoc>;

/** Rows whose lease ran out that one look settles. */
const RECOVER_AT_ONCE = 200;

/**
 * The rows of `deliveries` as a queue. A row is leased with an epoch, and every later write names it: a process
 * that was thought dead can no longer change what another has taken over.
 */
export class OutboxQueue {
  readonly #rows: Rows;
  readonly #lease: number;

  /** @param lease ms a process may hold a row; must be longer than a send may take */
  constructor(rows: Rows, lease: number) {
    this.#rows = rows;
    this.#lease = lease;
  }

  /** The oldest row that is due, of the first lane that has one. */
  async claim(lanes: readonly Lane[], now: number): Promise<DeliveryDoc | null> {
    const lease = {
      $set: { state: 'leased' as const, leaseUntil: new Date(now + this.#lease) },
      $inc: { epoch: 1 },
    };
    for (const lane of lanes) {
      const due = { state: 'ready' as const, lane, readyAt: { $lte: new Date(now) } };
      const row = await available(
        this.#rows.findOneAndUpdate(due, lease, { sort: { readyAt: 1 }, returnDocument: 'after' }),
      );
      if (row !== null) return row;
    }
    return null;
  }

  /** The intent, written before the network is touched: what stays in this state is what is in doubt. */
  submitting(row: DeliveryDoc): Promise<boolean> {
    return this.#write(row, { $set: { state: 'submitting' }, $inc: { attempt: 1 } });
  }

  sent(row: DeliveryDoc, now: number, sentAs?: DeliveryDoc['sentAs']): Promise<boolean> {
    return this.#write(row, {
      $set: { state: 'sent', sentAt: new Date(now), ...(sentAs && { sentAs }) },
      $unset: { leaseUntil: '', fault: '' },
    });
  }

  /** What was last sent to the same member about the same thing, for another purpose, if it can be edited. */
  lastSent({ about, staff }: DeliveryDoc, purpose: string): Promise<DeliveryDoc | null> {
    if (about === undefined || staff === undefined) return Promise.resolve(null);
    const sent = { about, purpose, staff, state: 'sent' as const, sentAs: { $exists: true } };
    return available(this.#rows.findOne(sent, { sort: { sentAt: -1 } }));
  }

  suppressed(row: DeliveryDoc): Promise<boolean> {
    return this.#write(row, { $set: { state: 'suppressed' }, $unset: { leaseUntil: '' } });
  }

  /** Not at this hour: later, as if nothing had been. */
  postponed(row: DeliveryDoc, until: number): Promise<boolean> {
    return this.#write(row, {
      $set: { state: 'ready', readyAt: new Date(until) },
      $unset: { leaseUntil: '' },
    });
  }

  /** @param counts whether it was an attempt at the chat */
  later(row: DeliveryDoc, at: number, { code, doubtful }: Fault, counts: boolean): Promise<boolean> {
    const attempt = row.attempt + (counts ? 1 : 0);
    const again = doubtful ? { again: true } : {};
    return this.#write(row, {
      $set: { state: 'ready', readyAt: new Date(at), attempt, fault: code, ...again },
      $unset: { leaseUntil: '' },
    });
  }

  /** To another chat of the same person, at once and with all its attempts. */
  elsewhere(row: DeliveryDoc, chat: string, now: number, fault: string): Promise<boolean> {
    return this.#write(row, {
      $set: { state: 'ready', chat, readyAt: new Date(now), attempt: 0, fault },
      $addToSet: { tried: row.chat },
      $unset: { leaseUntil: '' },
    });
  }

  /** It stays where it is until a person looks. */
  dead(row: DeliveryDoc, state: Dead, fault: string): Promise<boolean> {
    return this.#write(row, {
      $set: { state, fault },
      $addToSet: { tried: row.chat },
      $unset: { leaseUntil: '' },
    });
  }

  /** Settles what a process that died left behind. Returns how many of it were in doubt. */
  async recover(now: number): Promise<number> {
    const late = await available(
      this.#rows
        .find({ leaseUntil: { $lt: new Date(now) } })
        .limit(RECOVER_AT_ONCE)
        .toArray(),
    );
    for (const row of late) await this.#write(row, this.#settled(row, now));
    return late.filter(({ state }) => state === 'submitting').length;
  }

  #settled(row: DeliveryDoc, now: number): mongo.UpdateFilter<DeliveryDoc> {
    const doubtful = row.state === 'submitting';
    const state = doubtful ? inDoubt(row) : 'ready';
    return {
      $set: { state, readyAt: new Date(now), ...(doubtful ? { again: true } : {}) },
      $inc: { epoch: 1 },
      $unset: { leaseUntil: '' },
    };
  }

  /** False when somebody else has the row by now. */
  async #write(row: DeliveryDoc, change: mongo.UpdateFilter<DeliveryDoc>): Promise<boolean> {
    const held = { _id: row._id, epoch: row.epoch ?? 0 };
    return (await available(this.#rows.updateOne(held, change))).matchedCount === 1;
  }
}
