import { collection, required } from './schema.ts';

/**
 * A list of phone numbers that somebody sent in a chat: `sealed` holds the numbers that were taken, and of each other row
 * why it was not. Written once and whole; a campaign names the lists it is for.
 */
export interface PhoneListDoc {
  _id: string;
  sealed: Buffer;
  /** Soon where no campaign came of it; with its campaign where one did. */
  deleteAt: Date;
}

export const phoneLists = collection<PhoneListDoc>(
  'phoneLists',
  { _id: required.id, sealed: required.sealed, deleteAt: required.date },
  [[{ deleteAt: 1 }, { expireAfterSeconds: 0 }]],
);
