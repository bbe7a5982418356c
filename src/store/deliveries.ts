import mongoose from 'mongoose';
import { RETENTION_DAYS } from '../domain/declaration.ts';
import { collection, oneOf, required } from './schema.ts';

/**
 * ready → leased → submitting → sent; a fault leads back to ready, or to failed. suppressed: no longer worth
 * sending. expired: it came too late to be of use. unknown: it may have left, and its purpose forbids to send again.
 * held: it was on its way, or due, when a new epoch began (`installation`), and may have been sent in the old one.
 */
const STATES = [
  'ready',
  'leased',
  'submitting',
  'sent',
  'failed',
  'suppressed',
  'expired',
  'unknown',
  'held',
] as const;

export type DeliveryState = (typeof STATES)[number];

/** States of a row that would still be sent. */
export const ON_ITS_WAY = ['ready', 'leased', 'submitting'] as const satisfies readonly DeliveryState[];

/** The most urgent first. */
export const LANES = ['alert', 'reply', 'reminder', 'campaign'] as const;

export type Lane = (typeof LANES)[number];

/** One message to one recipient that is no reply of the conversation. Its id is the idempotency key. */
export interface DeliveryDoc {
  _id: string;
  /** The alert, the feedback, or the day of a campaign it is about. */
  about?: string;
  /** Of a message about several alerts: which. Older ones do not say. */
  alerts?: string[];
  /** The staff member it is for: when one chat fails, the next one of theirs is tried. */
  staff?: string;
  /** The conversation it goes to; with `to` the one there would be if they wrote. */
  chat: string;
  /** Where it goes when there may be no such conversation: a channel, and an address on it, sealed for that chat. */
  to?: { channel: string; address: Buffer };
  /** Which of a recipient's ways a campaign took (`src/domain/campaign/ways.ts`); the first when absent. */
  way?: number;
  /** Chats that failed. */
  tried?: string[];
  /** Of an alert: chats of the person that are to be tried again, each not before its time. */
  waits?: { chat: string; until: Date }[];
  /** Of an alert: when its first try began, that failed. */
  failingSince?: Date;
  /** No chat of its person took it in time, and somebody else was looked for. It may arrive all the same. */
  missedAt?: Date;
  lane: Lane;
  /** What the message is for; it decides what becomes of a doubtful row. */
  purpose: string;
  state: DeliveryState;
  /** Not before this time. */
  readyAt: Date;
  /** Not from this time on: then it is `expired`. Absent where only the matter itself ends it. */
  expiresAt?: Date;
  attempt: number;
  /** What it takes of the channel's budget: segments of an SMS. 1 when absent. */
  cost?: number;
  /** Counts the leases; whoever writes names the one it holds. */
  epoch?: number;
  leaseUntil?: Date;
  /** Names the look that leased it, with others. */
  claim?: string;
  /** Tries after each of which its message may have arrived, or that failed by a fault of our own. */
  spent?: number;
  /** It was in doubt and goes out again: the reader is told. */
  again?: boolean;
  sentAt?: Date;
  /** The chat it went to in the end, and the platform's name of the message there: it can be edited by it. */
  sentAs?: { via: string; ref: string };
  /** When it was first known to have reached the person's device. Absent: nobody knows. Of campaigns only. */
  deliveredAt?: Date;
  /** Why the last attempt failed, or why it was not wanted any more. */
  fault?: string;
  /** The epoch that began while it was on its way, or after it was due. */
  heldBy?: number;
  /** Who sent it once more after it was dead, and when. */
  redriven?: { by: string; at: Date }[];
  /** The message; absent where many get the same one, which stands in what it is about. */
  sealed?: Buffer;
}

/** Rows that can be found by the message a button was pressed in: only what was sent has an entry in that index. */
const PRESSABLE = { lane: 'campaign', 'sentAs.ref': { $exists: true } };

export const deliveries = collection<DeliveryDoc>(
  'deliveries',
  {
    _id: required.id,
    about: String,
    alerts: { type: [String], default: undefined },
    staff: String,
    chat: required.text,
    to: mongoose.Schema.Types.Mixed,
    way: Number,
    tried: { type: [String], default: undefined },
    waits: { type: [mongoose.Schema.Types.Mixed], default: undefined },
    failingSince: Date,
    missedAt: Date,
    lane: oneOf(...LANES),
    purpose: required.text,
    state: oneOf(...STATES),
    readyAt: required.date,
    expiresAt: Date,
    attempt: required.count,
    cost: Number,
    epoch: Number,
    leaseUntil: Date,
    claim: String,
    spent: Number,
    again: Boolean,
    sentAt: Date,
    sentAs: mongoose.Schema.Types.Mixed,
    deliveredAt: Date,
    fault: String,
    heldBy: Number,
    redriven: { type: [mongoose.Schema.Types.Mixed], default: undefined },
    sealed: mongoose.Schema.Types.Buffer,
  },
  [
    [{ state: 1, lane: 1, readyAt: 1 }],
    [{ leaseUntil: 1 }, { partialFilterExpression: { leaseUntil: { $exists: true } } }],
    [{ about: 1, purpose: 1 }, { sparse: true }],
    [{ 'sentAs.via': 1, 'sentAs.ref': 1 }, { partialFilterExpression: PRESSABLE }],
    [{ readyAt: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 }],
  ],
);
