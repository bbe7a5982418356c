import { collection, required } from './schema.ts';

/** A one-time code that links a chat to a staff member. `_id` is the blind index of the code. */
export interface InvitationDoc {
  _id: string;
  staff: string;
  expiresAt: Date;
  /** When it was used; a code works once. */
  usedAt?: Date;
}

/** Removed some days after their end. To whoever types one, wrong, used, late and unknown look alike. */
const KEPT_SECONDS = 7 * 86_400;

export const invitations = collection<InvitationDoc>(
  'invitations',
  { _id: required.id, staff: required.text, expiresAt: required.date, usedAt: Date },
  [[{ staff: 1 }], [{ expiresAt: 1 }, { expireAfterSeconds: KEPT_SECONDS }]],
);
