import { crashPoint } from '../store/crash-point.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import * as change from './outboxChanges.ts';
import { afterFault, tooLate } from './outboxDecide.ts';
import { faultOf, UNEXPECTED } from './outboxFault.ts';
import type { OutboxOutcome, OutboxParts } from './outboxParts.ts';
import { othersOf, soonest, type Waits, waitsOf, without } from './outboxWays.ts';
import type { OutboxWrites } from './outboxWrites.ts';

export interface FailedParts extends Pick<OutboxParts, 'nextChat' | 'onLost' | 'budget' | 'onError'> {
  readonly writes: OutboxWrites;
  readonly now: () => number;
  /** Writes what becomes of a row, and counts it. */
  readonly end: (row: DeliveryDoc, outcome: OutboxOutcome, written: change.Change) => Promise<void>;
}

/** A channel that does not allow it yet has not been tried: it is no attempt. */
const HELD_BACK = { code: 'held-back', doubtful: false } as const;

/** What becomes of a row that could not be sent. */
export class OutboxFailed {
  readonly #parts: FailedParts;

  constructor(parts: FailedParts) {
    this.#parts = parts;
  }

  /** @param began when the send began (ms since 1970) */
  async fault(row: DeliveryDoc, error: unknown, began: number): Promise<void> {
    const [fault, now] = [faultOf(error), this.#parts.now()];
    if (fault.code === UNEXPECTED) this.#parts.onError?.(error);
    if (fault.throttled) await this.#pause(row, fault.retryAfter);
    const after = afterFault(row, fault, now, began);
    if (after.what === 'unknown') return this.lost(row, 'unknown', fault);
    // A citizen's goes to another who holds the declaration where this chat is shut, not because its platform is away.
    const stays = fault.retryable && row.staff === undefined;
    if (after.what === 'next' && stays) return this.lost(row, after.otherwise, fault);
    if (after.what === 'next') return this.#next(row, after.otherwise, fault);
    const how = { fault, began, attempt: row.attempt + (after.counts ? 1 : 0) };
    if (after.what === 'around') return this.#around(row, after.at, how, 'retry');
    await this.#parts.end(row, 'retry', change.later(row, after.at, how));
  }

  /** It is not for this chat any more. */
  refused(row: DeliveryDoc, code: string): Promise<void> {
    return this.#next(row, 'failed', { code, doubtful: false });
  }

  /** Its channel allows it only after so many ms. */
  async heldBack(row: DeliveryDoc, wait: number): Promise<void> {
    const now = this.#parts.now();
    // By itself: what has failed for long may still wait a moment for its turn.
    if (!tooLate({ lane: row.lane }, now, now + wait))
      return this.#parts.end(row, 'postponed', change.postponed(row, now + wait));
    await this.#around(row, now + wait, { fault: HELD_BACK, began: now, attempt: row.attempt }, 'postponed');
  }

  /** Somebody else must be found before it is marked: a crash between the two does no harm. */
  async lost(row: DeliveryDoc, state: change.Dead, why: change.Why): Promise<void> {
    await this.#missed(row, []);
    crashPoint('outbox-before-lost');
    await this.#parts.end(row, state, change.dead(row, state, why));
  }

  /** This chat takes nothing: another one of the person, or one that waits for its time. */
  async #next(row: DeliveryDoc, otherwise: change.Dead, why: change.Why): Promise<void> {
    const [waits, now] = [othersOf(row), this.#parts.now()];
    const chat = await this.#parts.nextChat?.(without(row, waits, now));
    if (chat) return this.#elsewhere(row, { chat, until: new Date(now) }, waits, why);
    const soon = soonest(waits);
    if (soon === undefined) return this.lost(row, otherwise, why);
    await this.#missed(row, waits);
    await this.#elsewhere(row, soon, waits, why);
  }

  #elsewhere(row: DeliveryDoc, to: Waits[number], waits: Waits, why: change.Why): Promise<void> {
    return this.#parts.end(row, 'elsewhere', change.elsewhere(row, to, waits, why));
  }

  /**
   * Here again at an instant, which is too late for an alert: at once to another chat of the person. Where each of them
   * waits, somebody else must be found; and whichever chat may be tried first gets it, should that time come.
   */
  async #around(row: DeliveryDoc, at: number, how: change.Failing, waiting: OutboxOutcome): Promise<void> {
    const [waits, now] = [waitsOf(row, at), this.#parts.now()];
    const chat = await this.#parts.nextChat?.(without(row, waits, now));
    const to = chat ? { chat, until: new Date(now) } : soonest(waits);
    if (!chat) await this.#missed(row, waits);
    if (to) await this.#parts.end(row, chat ? 'elsewhere' : waiting, change.around(row, to, waits, how));
  }

  /**
   * Somebody else is looked for. An alert says so first: of two that fail at once each must see that the other does not
   * arrive, or neither would look for anybody.
   */
  async #missed(row: DeliveryDoc, waits: Waits): Promise<void> {
    const { writes, now, onLost } = this.#parts;
    if (row.lane === 'alert' && row.missedAt === undefined) await writes.write(row, change.missed(now()));
    await onLost?.(without(row, waits));
  }

  /** A pause that could not be written is asked for again by the next refusal; the row must be put back all the same. */
  async #pause(row: DeliveryDoc, seconds?: number): Promise<void> {
    const { budget, onError } = this.#parts;
    await budget?.throttled(row, seconds).catch((error: unknown) => onError?.(error));
  }
}
