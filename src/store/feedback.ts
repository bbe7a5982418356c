import { RETENTION_DAYS } from '../domain/declaration.ts';
import { collection, oneOf, required } from './schema.ts';

/** What a citizen finds hard ("phản ánh khó khăn"), and the answer: both in `sealed`. */
export interface FeedbackDoc {
  _id: string;
  chat: string;
  at: Date;
  kind: string;
  /** Province, or province and commune, whose staff read it. */
  area: string;
  state: 'open' | 'answered';
  answeredBy?: string;
  answeredAt?: Date;
  sealed: Buffer;
}

export const feedback = collection<FeedbackDoc>(
  'feedback',
  {
    _id: required.id,
    chat: required.text,
    at: required.date,
    kind: required.text,
    area: required.text,
    state: oneOf('open', 'answered'),
    answeredBy: String,
    answeredAt: Date,
    sealed: required.sealed,
  },
  [
    [{ state: 1, area: 1, at: 1 }],
    [{ chat: 1, at: -1 }],
    [{ at: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 }],
  ],
);
