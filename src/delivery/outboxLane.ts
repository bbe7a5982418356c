import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryDoc, Lane } from '../store/deliveries.ts';
import type { Claimed } from './outboxQueue.ts';
import { Wake } from './outboxWake.ts';

/**
 * Sends at a time, of one process. Each lane has its own: what is slow in one holds up none of the others. A send takes
 * 50 to 100 ms; a campaign by SMS may be allowed some hundred in a second.
 */
export const SLOTS: Readonly<Record<Lane, number>> = { alert: 16, reply: 8, reminder: 8, campaign: 48 };

/** After an error of the database: not at once again. */
const BREATH = 500;

export interface LaneParts {
  readonly slots: number;
  readonly claim: (most: number) => Promise<Claimed>;
  readonly deliver: (row: DeliveryDoc) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Keeps the slots of one lane busy while there is something to send. */
export class OutboxLane {
  readonly #parts: LaneParts;
  readonly #wake = new Wake();
  readonly #flying = new Set<Promise<void>>();
  #more = false;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** There may be something new. */
  nudge(): void {
    this.#wake.all();
  }

  /** Takes nothing new from now on; `run` resolves when what is under way has ended. */
  close(): void {
    this.#wake.close();
  }

  async run(): Promise<void> {
    while (!this.#wake.closed) {
      const seen = this.#wake.count;
      try {
        await this.#look();
      } catch (error) {
        this.#parts.onError(error);
        await sleep(BREATH);
        this.#more = true;
      }
      if (!this.#more || this.#free === 0) await this.#wake.after(seen);
    }
    await Promise.all(this.#flying);
  }

  get #free(): number {
    return this.#parts.slots - this.#flying.size;
  }

  async #look(): Promise<void> {
    this.#more = true; // whoever woke us while all slots are busy is looked for when some are free
    if (this.#free === 0) return;
    const { rows, more } = await this.#parts.claim(this.#free);
    this.#more = more;
    for (const row of rows) this.#begin(row);
  }

  #begin(row: DeliveryDoc): void {
    const flying = this.#parts
      .deliver(row)
      .catch(this.#parts.onError)
      .finally(() => {
        this.#flying.delete(flying);
        // Not for every single slot: what is claimed together is written together.
        if (this.#more && this.#free >= Math.ceil(this.#parts.slots / 4)) this.#wake.all();
      });
    this.#flying.add(flying);
  }
}
