import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, line, type Say } from '../dialogue/say.ts';
import { SealError } from '../security/errors.ts';
import { crashPoint } from '../store/crash-point.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import * as change from './outboxChanges.ts';
import { Closing } from './outboxClosing.ts';
import { beforeSend, PATIENCE } from './outboxDecide.ts';
import { OutboxFailed } from './outboxFailed.ts';
import { withinDeadline } from './outboxFault.ts';
import type { OutboxMessage, OutboxOutcome, OutboxParts, SentAs } from './outboxParts.ts';
import { purposeOf } from './outboxPurposes.ts';
import type { OutboxQueue } from './outboxQueue.ts';
import { openRow, openTo } from './outboxRow.ts';
import type { OutboxWrites } from './outboxWrites.ts';

const AGAIN: Line = line('delivery.again');

/**
 * A campaign's messages leave so long after they were admitted (ms). What is asked and written in between takes now more and
 * now less time; without this the late ones would leave among those behind them, more in a second than the platform takes.
 */
const EVENLY = 80;
/** The intent is mostly written in less time than this (ms); what a crash leaves behind it is in doubt for good. */
const INTENT = 30;

/** A row that waits for its turn is put back for so long (ms) once nobody is to wait here any more. */
const AT_ONCE = 1;

/**
 * Whether a message is still wanted is asked once more when its turn, or its intent, comes so long (ms) after it was asked. With
 * how old the answer may be (`campaigns/known.ts`) a pause acts within a second.
 */
const SOON = 500;

/** Waits for a time of the monotonic clock (ms). */
const until = async (at: number): Promise<void> => {
  const early = at - performance.now();
  if (early > 0) await sleep(early);
};

/** When it was last asked whether a message is still wanted (ms of the monotonic clock). */
interface Look {
  at: number;
}

export interface SendParts extends OutboxParts {
  readonly queue: Pick<OutboxQueue, 'lastSent'>;
  readonly writes: OutboxWrites;
  readonly lease: number;
  readonly deadline: number;
  readonly now: () => number;
}

/** What is done with one row from its claim to its end, or until it is put back. */
export class OutboxSend {
  readonly #parts: SendParts;
  readonly #closing = new Closing();
  readonly #failed: OutboxFailed;

  constructor(parts: SendParts) {
    this.#parts = parts;
    this.#failed = new OutboxFailed({ ...parts, end: (...how) => this.#end(...how) });
  }

  /** Nobody waits for a turn any more: another process, or the next start, has them at once. */
  close(): void {
    this.#closing.close();
  }

  async deliver(row: DeliveryDoc): Promise<void> {
    const look = { at: performance.now() };
    if (!(await this.#wanted(row))) return;
    const admitted = await this.#admitted(row, look);
    if (admitted === undefined) return;
    const say = await this.#open(row);
    if (say === null) return;
    const leaving = await this.#intended(row, admitted, look);
    if (leaving === undefined) return;
    await until(leaving);
    const { send, now } = this.#parts;
    const deadline = row.lane === 'alert' ? Math.min(this.#parts.deadline, PATIENCE) : this.#parts.deadline;
    const began = now();
    let sentAs: SentAs | undefined;
    try {
      crashPoint('outbox-before-send');
      sentAs = await withinDeadline(send(row.chat, await this.#message(row, say)), deadline);
      crashPoint('outbox-between-send-and-mark');
    } catch (error) {
      return this.#failed.fault(row, error, began);
    }
    await this.#end(row, 'sent', change.sent(now(), sentAs));
  }

  /**
   * Writes down that it is about to be sent. When it is to leave (ms of the monotonic clock); undefined when it is not:
   * the lease ran out and another process has it, or it was put back.
   */
  async #intended(row: DeliveryDoc, admitted: number, look: Look): Promise<number | undefined> {
    const { writes, lease, now } = this.#parts;
    const held = row.lane === 'campaign' ? EVENLY : 0;
    await until(admitted + held - INTENT);
    const asked = performance.now();
    crashPoint('outbox-before-intent');
    if (!(await writes.write(row, change.submitting(row, now() + lease)))) return undefined;
    // Somebody may have paused or stopped it while it waited, this process stood still, or the write hung.
    if (performance.now() - look.at > SOON && !(await this.#wanted(row))) return undefined;
    if (performance.now() - asked <= SOON) return admitted + held;
    // What was admitted meanwhile would leave all at once: over the channel's limit.
    const again = await this.#admitted(row, look);
    return again === undefined ? undefined : again + held;
  }

  /** Whether it is to be sent now; when not, that is written. */
  async #wanted(row: DeliveryDoc): Promise<boolean> {
    const before = beforeSend(row, this.#parts.now());
    if (before.what === 'expired')
      await this.#failed.lost(row, 'expired', { code: row.fault ?? 'late', doubtful: false });
    else if (before.what === 'wait') await this.#end(row, 'postponed', change.postponed(row, before.until));
    else return this.#asked(row);
    return false;
  }

  async #asked(row: DeliveryDoc): Promise<boolean> {
    const wanted = (await this.#parts.stillWanted?.(row)) ?? true;
    if (wanted === true) return true;
    if (typeof wanted === 'object' && 'notHere' in wanted) await this.#failed.refused(row, wanted.notHere);
    else if (typeof wanted === 'object' && 'until' in wanted)
      await this.#end(row, 'postponed', change.postponed(row, wanted.until));
    else await this.#end(row, 'suppressed', change.suppressed(wanted === false ? undefined : wanted.no));
    return false;
  }

  /**
   * When its channel allowed it (ms of the monotonic clock); where it does not, it is put back. After a wait it is looked at
   * anew.
   */
  async #admitted(row: DeliveryDoc, look: Look): Promise<number | undefined> {
    const { budget, now } = this.#parts;
    if (budget === undefined) return Number.NEGATIVE_INFINITY;
    const asked = now();
    const wait = await this.#closing.before(budget.admit(row), AT_ONCE);
    const at = performance.now();
    if (wait > 0) {
      await this.#failed.heldBack(row, wait);
      return undefined;
    }
    if (now() - asked < SOON) return at;
    look.at = at;
    return (await this.#wanted(row)) ? at : undefined;
  }

  async #message(row: DeliveryDoc, say: Say): Promise<OutboxMessage> {
    const told = row.again === true ? { ...say, notes: [AGAIN, ...say.notes] } : say;
    const edits = await this.#edits(row, say);
    const to = await openTo(this.#parts.sealer, row);
    const once = purposeOf(row.purpose)?.inDoubt === 'never';
    const urgent = row.lane === 'alert';
    const how = { ...(once && { once }), ...(urgent && { urgent }) };
    return { id: row._id, say: told, ...(edits && { edits }), ...(to && { to }), ...how };
  }

  /** The message this one brings up to date: what it said, what is new, and the buttons that are good now. */
  async #edits(row: DeliveryDoc, news: Say): Promise<OutboxMessage['edits']> {
    const purpose = purposeOf(row.purpose)?.edits;
    const before = purpose === undefined ? null : await this.#parts.queue.lastSent(row, purpose);
    if (before?.sentAs === undefined) return undefined;
    const { choices: _old, ...said } = await openRow(this.#parts.sealer, before);
    const notes = [...said.notes, ...news.notes];
    const say = { ...said, notes, ...(news.choices && { choices: news.choices }) };
    return { ...before.sentAs, say };
  }

  /** A message that cannot be opened is lost, not tried for ever: whoever it was for must hear in another way. */
  async #open(row: DeliveryDoc): Promise<Say | null> {
    try {
      const { sealer, sayOf } = this.#parts;
      return await (row.sealed === undefined && sayOf ? sayOf(row) : openRow(sealer, row));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      this.#parts.onError?.(error);
      await this.#failed.lost(row, 'failed', { code: error.code, doubtful: false });
      return null;
    }
  }

  async #end(row: DeliveryDoc, outcome: OutboxOutcome, written: change.Change): Promise<void> {
    await this.#parts.writes.write(row, written);
    this.#parts.observe?.(outcome, row.purpose, this.#parts.now() - row.readyAt.getTime());
  }
}
