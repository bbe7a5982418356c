import type { mongo } from 'mongoose';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { failingSince, inDoubt, spentAfter } from './outboxDecide.ts';
import type { Fault } from './outboxFault.ts';
import type { Waits } from './outboxWays.ts';

/** What is written to a row that this process holds. Each may be written twice: a broken line tells nothing. */
export type Change = mongo.UpdateFilter<DeliveryDoc>;

/** How a row ends that did not arrive for certain. */
export type Dead = 'failed' | 'expired' | 'unknown';

const LET_GO = { leaseUntil: '', claim: '' } as const;

/** The intent, written before the network is touched: what stays in this state is what is in doubt. */
export const submitting = (row: DeliveryDoc, leaseUntil: number): Change => ({
  $set: { state: 'submitting', attempt: row.attempt + 1, leaseUntil: new Date(leaseUntil) },
});

export const sent = (now: number, sentAs?: DeliveryDoc['sentAs']): Change => ({
  $set: { state: 'sent', sentAt: new Date(now), ...(sentAs && { sentAs }) },
  $unset: { ...LET_GO, fault: '' },
});

export const suppressed = (why?: string): Change => ({
  $set: { state: 'suppressed', ...(why === undefined ? {} : { fault: why }) },
  $unset: LET_GO,
});

/** Not at this hour, or not yet its turn: later, as if nothing had been. An intent that was written is no attempt. */
export const postponed = ({ attempt }: DeliveryDoc, until: number): Change => ({
  $set: { state: 'ready', readyAt: new Date(until), attempt },
  $unset: LET_GO,
});

/** Why a try failed, and whether its message may have arrived all the same. */
export type Why = Pick<Fault, 'code' | 'doubtful'>;

/** What is known of a row after a try that failed, or that its channel did not allow. */
export interface Failing {
  readonly fault: Why;
  readonly attempt: number;
  /** When the send began (ms since 1970). */
  readonly began: number;
}

const failing = (row: DeliveryDoc, { fault, attempt, began }: Failing) => ({
  state: 'ready' as const,
  attempt,
  fault: fault.code,
  spent: spentAfter(row, fault),
  ...(fault.doubtful ? { again: true } : {}),
  ...(row.lane === 'alert' ? { failingSince: new Date(failingSince(row, began)) } : {}),
});

export const later = (row: DeliveryDoc, at: number, how: Failing): Change => ({
  $set: { ...failing(row, how), readyAt: new Date(at) },
  $unset: LET_GO,
});

/** To a chat of the same person that may be tried sooner. @param waits for what else is waited */
export const around = (
  row: DeliveryDoc,
  { chat, until }: Waits[number],
  waits: Waits,
  how: Failing,
): Change => ({
  $set: { ...failing(row, how), chat, readyAt: until, waits: [...waits] },
  $unset: LET_GO,
});

/** To another chat of the same person, with all its attempts: this one is not tried any more. */
export const elsewhere = (
  row: DeliveryDoc,
  { chat, until }: Waits[number],
  waits: Waits,
  { code, doubtful }: Why,
): Change => ({
  $set: {
    state: 'ready',
    chat,
    readyAt: until,
    attempt: 0,
    fault: code,
    ...(doubtful ? { again: true } : {}),
    ...(row.waits === undefined ? {} : { waits: [...waits] }),
  },
  $addToSet: { tried: row.chat },
  $unset: LET_GO,
});

/** Nobody is told by it in time. Held as it is: what becomes of it is written afterwards. */
export const missed = (now: number): Change => ({ $set: { missedAt: new Date(now) } });

/** It stays where it is until a person looks. */
export const dead = (row: DeliveryDoc, state: Dead, { code, doubtful }: Why): Change => ({
  $set: { state, fault: code, ...(doubtful ? { again: true } : {}) },
  $addToSet: { tried: row.chat },
  $unset: LET_GO,
});

/** What becomes of a row whose holder let its lease run out. Nobody who held it before may write any more. */
export const settled = (row: DeliveryDoc, now: number): Change => {
  const doubtful = row.state === 'submitting';
  return {
    $set: {
      state: doubtful ? inDoubt(row) : 'ready',
      readyAt: new Date(now),
      ...(doubtful ? { again: true } : {}),
    },
    $inc: { epoch: 1 },
    $unset: LET_GO,
  };
};
