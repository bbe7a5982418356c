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
  },
  [[{ at: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 }], [{ chat: 1, at: -1 }]],
);
