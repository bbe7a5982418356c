import { ChangeWatch } from '../store/change-watch.ts';
import type { DeliveryDoc, Lane } from '../store/deliveries.ts';
import { OutboxClock } from './outboxClock.ts';
import { OutboxEpoch } from './outboxEpoch.ts';
import { SEND_DEADLINE } from './outboxFault.ts';
import { OutboxLane, SLOTS } from './outboxLane.ts';
import type { OutboxParts } from './outboxParts.ts';
import { OutboxQueue } from './outboxQueue.ts';
import { OutboxSend } from './outboxSend.ts';
import { atMostEvery } from './outboxWake.ts';
import { OutboxWrites } from './outboxWrites.ts';

export type { OutboxMessage, OutboxParts, SentAs, Wanted } from './outboxParts.ts';

/** A lease lasts longer than a send by this (ms); for a lease a crash delays what was in flight. */
const BEYOND_DEADLINE = 10_000;
const SWEEP_EVERY = 2_000;
/** While many rows are inserted the lanes look no more often than this (ms); the first of them wakes at once. */
const LOOK_EVERY = 10;

const NOTHING = { rows: [], more: false };

const LANES = Object.keys(SLOTS) as readonly Lane[];

/** Sends what lies in `deliveries`: at once when nudged or when another process wrote it, and by the clock. */
export class DeliveryOutbox {
  readonly #parts: OutboxParts;
  readonly #queue: OutboxQueue;
  readonly #writes: OutboxWrites;
  readonly #send: OutboxSend;
  readonly #epoch: OutboxEpoch;
  readonly #clock: OutboxClock;
  readonly #lanes: readonly OutboxLane[];
  readonly #watch: ChangeWatch;
  readonly #inserted = atMostEvery(LOOK_EVERY, () => this.nudge());
  #running: Promise<unknown> | undefined;
  #recovering = false;
  #sweep: NodeJS.Timeout | undefined;

  constructor(parts: OutboxParts) {
    const { collection, deadline = SEND_DEADLINE, onError = () => undefined, stillWanted } = parts;
    const { lease = deadline + BEYOND_DEADLINE } = parts;
    this.#parts = parts;
    this.#clock = new OutboxClock({ collection, now: parts.now ?? Date.now });
    const now = () => this.#clock.now();
    const queue = new OutboxQueue(collection, lease);
    const writes = new OutboxWrites(collection);
    const asked = stillWanted && { stillWanted: (row: DeliveryDoc) => stillWanted(row, now()) };
    const send = new OutboxSend({ ...parts, ...asked, queue, writes, lease, deadline, now });
    this.#epoch = new OutboxEpoch(parts.installation);
    this.#queue = queue;
    this.#send = send;
    this.#writes = writes;
    this.#lanes = LANES.map(
      (lane) =>
        new OutboxLane({
          slots: SLOTS[lane],
          claim: async (most) =>
            this.#epoch.open ? queue.claim({ lane, most, own: (parts.now ?? Date.now)() }, now()) : NOTHING,
          deliver: (row) => send.deliver(row),
          onError,
        }),
    );
    this.#watch = new ChangeWatch(collection, ['insert'], this.#inserted.call);
  }

  start(): void {
    this.#watch.start();
    this.#running = Promise.all(this.#lanes.map((lane) => lane.run()));
    this.#sweep = setInterval(() => void this.#recover(), this.#parts.sweepEvery ?? SWEEP_EVERY);
    void this.#recover();
  }

  /** Something was committed: look now. */
  nudge(): void {
    for (const lane of this.#lanes) lane.nudge();
  }

  /** Takes nothing new, and resolves when what is under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    this.#inserted.stop();
    for (const lane of this.#lanes) lane.close();
    this.#send.close();
    await this.#watch.stop();
    await this.#running;
  }

  /** One at a time: where the database is slow, a second look would find the same rows and count them again. */
  async #recover(): Promise<void> {
    if (this.#recovering) return;
    this.#recovering = true;
    try {
      await this.#clock.look(); // first: once the epoch is known, rows are claimed
      await this.#epoch.look();
      if (!this.#epoch.open) return;
      const doubtful = await this.#queue.recover(this.#writes, this.#clock.now());
      for (let n = 0; n < doubtful; n += 1) this.#parts.observe?.('doubtful', '', 0);
      this.nudge();
    } catch (error) {
      this.#parts.onError?.(error);
    } finally {
      this.#recovering = false;
    }
  }
}
