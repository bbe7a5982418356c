import mongoose from 'mongoose';
import { RETENTION_DAYS } from '../domain/declaration.ts';
import { collection, required } from './schema.ts';

/** A message that could not be handled, put aside for the staff. `sealed`: the event and the error's own words. */
export interface ParkedDoc {
  _id: string;
  chat: string;
  channel: string;
  at: Date;
  /** The error's stable code and where it was thrown; its message may quote the person, so it is sealed. */
  code: string;
  stack: string[];
  sealed: Buffer;
  /** Who has read it, and when; each reading is noted before anything is shown. */
  opened?: { by: string; at: Date }[];
  /** Who has written to its sender, and when; what they wrote lies sealed in `deliveries`. */
  answered?: { by: string; at: Date }[];
  /** Who has dealt with it, and when. Absent: it waits for somebody. */
  settledBy?: string;
  settledAt?: Date;
}

export const parked = collection<ParkedDoc>(
  'parked',
  {
    _id: required.id,
    chat: required.text,
    channel: required.text,
    at: required.date,
    code: required.text,
    stack: { type: [String], required: true },
    sealed: required.sealed,
    opened: { type: [mongoose.Schema.Types.Mixed], default: undefined },
    answered: { type: [mongoose.Schema.Types.Mixed], default: undefined },
    settledBy: String,
    settledAt: Date,
  },
  [
    [{ at: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 }],
    [{ chat: 1, at: -1 }],
    [{ settledAt: 1, at: -1 }],
  ],
);
