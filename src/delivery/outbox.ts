import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, line, type Say } from '../dialogue/say.ts';
import { SealError } from '../security/errors.ts';
import { ChangeWatch } from '../store/change-watch.ts';
import type { DeliveryDoc, Lane } from '../store/deliveries.ts';
import { afterFault, beforeSend } from './outboxDecide.ts';
import { faultOf, SEND_DEADLINE, withinDeadline } from './outboxFault.ts';
import type { OutboxMessage, OutboxOutcome, OutboxParts, SentAs } from './outboxParts.ts';
import { purposeOf } from './outboxPurposes.ts';
import { type Dead, OutboxQueue } from './outboxQueue.ts';
import { openRow } from './outboxRow.ts';
import { Wake } from './outboxWake.ts';

export type { OutboxMessage, OutboxParts, SentAs } from './outboxParts.ts';

/** Longer than a send may take; as long as a crash delays what was in flight. */
const LEASE = SEND_DEADLINE + 10_000;
const SWEEP_EVERY = 2_000;
const LANES: readonly Lane[] = ['alert', 'reply', 'reminder', 'campaign'];
/** Sends at a time; half of them are kept for alerts, whatever else there is to send. */
const WIDTH: readonly (readonly Lane[])[] = [['alert'], ['alert'], LANES, LANES];
/** After an error of the database: not at once again. */
const BREATH = 500;

const AGAIN: Line = line('delivery.again');

/** Sends what lies in `deliveries`: at once when nudged or when another process wrote it, and by the clock. */
export class DeliveryOutbox {
  readonly #parts: OutboxParts;
  readonly #queue: OutboxQueue;
  readonly #watch: ChangeWatch;
  readonly #now: () => number;
  readonly #wake = new Wake();
  #workers: Promise<unknown> | undefined;
  #sweep: NodeJS.Timeout | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#queue = new OutboxQueue(parts.collection, parts.lease ?? LEASE);
    this.#watch = new ChangeWatch(parts.collection, ['insert'], () => this.nudge());
    this.#now = parts.now ?? Date.now;
  }

  start(): void {
    this.#watch.start();
    this.#workers = Promise.all(WIDTH.map((lanes) => this.#work(lanes)));
    this.#sweep = setInterval(() => void this.#recover(), this.#parts.sweepEvery ?? SWEEP_EVERY);
    void this.#recover();
  }

  /** Something was committed: look now. */
  nudge(): void {
    this.#wake.all();
  }

  /** Takes nothing new, and resolves when what is under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    this.#wake.close();
    await this.#watch.stop();
    await this.#workers;
  }

  async #recover(): Promise<void> {
    try {
      const doubtful = await this.#queue.recover(this.#now());
      for (let n = 0; n < doubtful; n += 1) this.#parts.observe?.('doubtful', '', 0);
      this.nudge();
    } catch (error) {
      this.#parts.onError?.(error);
    }
  }

  async #work(lanes: readonly Lane[]): Promise<void> {
    while (!this.#wake.closed) {
      const seen = this.#wake.count;
      try {
        const row = await this.#queue.claim(lanes, this.#now());
        if (row === null) await this.#wake.after(seen);
        else await this.#deliver(row);
      } catch (error) {
        this.#parts.onError?.(error);
        await sleep(BREATH);
      }
    }
  }

  async #deliver(row: DeliveryDoc): Promise<void> {
    const before = beforeSend(row, this.#now());
    if (before.what === 'expired') return this.#lost(row, 'expired', row.fault ?? 'late');
    if (before.what === 'wait') {
      await this.#queue.postponed(row, before.until);
      return this.#observe('postponed', row);
    }
    if ((await this.#parts.stillWanted?.(row)) === false) {
      await this.#queue.suppressed(row);
      return this.#observe('suppressed', row);
    }
    const say = await this.#open(row);
    if (say === null) return;
    if (!(await this.#queue.submitting(row))) return; // the lease ran out: another process has it
    let sentAs: SentAs | undefined;
    try {
      const told = row.again === true ? { ...say, notes: [AGAIN, ...say.notes] } : say;
      const edits = await this.#edits(row, say);
      const message = { id: row._id, say: told, ...(edits && { edits }) };
      sentAs = await withinDeadline(this.#parts.send(row.chat, message));
    } catch (error) {
      return this.#fault(row, error);
    }
    await this.#queue.sent(row, this.#now(), sentAs);
    this.#observe('sent', row);
  }

  /** The message this one brings up to date: what it said, what is new, and the buttons that are good now. */
  async #edits(row: DeliveryDoc, news: Say): Promise<OutboxMessage['edits']> {
    const purpose = purposeOf(row.purpose)?.edits;
    const before = purpose === undefined ? null : await this.#queue.lastSent(row, purpose);
    if (before?.sentAs === undefined) return undefined;
    const { choices: _old, ...said } = await openRow(this.#parts.sealer, before);
    const notes = [...said.notes, ...news.notes];
    const say = { ...said, notes, ...(news.choices && { choices: news.choices }) };
    return { ...before.sentAs, say };
  }

  /** A message that cannot be opened is lost, not tried for ever: whoever it was for must hear in another way. */
  async #open(row: DeliveryDoc): Promise<Say | null> {
    try {
      return await openRow(this.#parts.sealer, row);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      this.#parts.onError?.(error);
      await this.#lost(row, 'failed', error.code);
      return null;
    }
  }

  /** Somebody else must be found before it is marked: a crash between the two does no harm. */
  async #lost(row: DeliveryDoc, state: Dead, code: string): Promise<void> {
    await this.#parts.onLost?.(row);
    await this.#queue.dead(row, state, code);
    this.#observe(state, row);
  }

  async #fault(row: DeliveryDoc, error: unknown): Promise<void> {
    const fault = faultOf(error);
    const after = afterFault(row, fault, this.#now());
    if (after.what === 'unknown') return this.#lost(row, 'unknown', fault.code);
    if (after.what === 'later') {
      await this.#queue.later(row, after.at, fault, after.counts);
      return this.#observe('retry', row);
    }
    const chat = await this.#parts.nextChat?.(row);
    if (chat) {
      await this.#queue.elsewhere(row, chat, this.#now(), fault.code);
      return this.#observe('elsewhere', row);
    }
    await this.#lost(row, after.otherwise, fault.code);
  }

  #observe(outcome: OutboxOutcome, row: DeliveryDoc): void {
    this.#parts.observe?.(outcome, row.purpose, this.#now() - row.readyAt.getTime());
  }
}
