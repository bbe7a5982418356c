import { collection, required } from './schema.ts';

/**
 * A code by which another chat of the same person may join a conversation. `_id` is the blind index of its first half;
 * who types the second half too has seen it.
 */
export interface TalkOfferDoc {
  _id: string;
  /** The chat that shows the code, and its channel. */
  chat: string;
  channel: string;
  /** Blind index of the second half. */
  secret: string;
  /** How often a wrong one was typed. */
  wrong: number;
  expiresAt: Date;
  /** When it was used; a code works once. */
  usedAt?: Date;
}

export const talkOffers = collection<TalkOfferDoc>(
  'talkOffers',
  {
    _id: required.id,
    chat: required.text,
    channel: required.text,
    secret: required.text,
    wrong: required.count,
    expiresAt: required.date,
    usedAt: Date,
  },
  [[{ chat: 1 }], [{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
);
