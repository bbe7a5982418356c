import { collection, required } from './schema.ts';

/** A message that its platform has forgotten on our word, and that its chat has not taken yet. */
export interface ShelvedDoc {
  /** Blind index of channel and delivery. */
  _id: string;
  channel: string;
  /** Of one channel, in the order they came. */
  order: number;
  at: Date;
  /** The message as it came in. */
  sealed: Buffer;
}

export const shelved = collection<ShelvedDoc>(
  'shelved',
  {
    _id: required.id,
    channel: required.text,
    order: required.count,
    at: required.date,
    sealed: required.sealed,
  },
  [[{ channel: 1, order: 1 }]],
);
