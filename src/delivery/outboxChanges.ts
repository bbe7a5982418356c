import type { mongo } from 'mongoose';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { inDoubt } from './outboxDecide.ts';
import type { Fault } from './outboxFault.ts';

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

/** @param counts whether it was an attempt at the chat */
export const later = (row: DeliveryDoc, at: number, { code, doubtful }: Fault, counts: boolean): Change => ({
  $set: {
    state: 'ready',
    readyAt: new Date(at),
    attempt: row.attempt + (counts ? 1 : 0),
    fault: code,
    ...(doubtful ? { again: true } : {}),
  },
  $unset: LET_GO,
});

/** To another chat of the same person, at once and with all its attempts. */
export const elsewhere = (row: DeliveryDoc, chat: string, now: number, fault: string): Change => ({
  $set: { state: 'ready', chat, readyAt: new Date(now), attempt: 0, fault },
  $addToSet: { tried: row.chat },
  $unset: LET_GO,
});

/** It stays where it is until a person looks. */
export const dead = (row: DeliveryDoc, state: Dead, fault: string): Change => ({
  $set: { state, fault },
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
