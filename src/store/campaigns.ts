import mongoose from 'mongoose';
import { CAMPAIGN_STATES, type CampaignState } from '../domain/campaign/states.ts';
import { collection, oneOf, required } from './schema.ts';

/** A message to many on several days. Its changes are few: whoever watches it is woken by what people do to it. */
export interface CampaignDoc {
  /** Short, for people to name it by. */
  _id: string;
  state: CampaignState;
  /** Counts the changes; whoever decides names the one that was seen. */
  rev: number;
  /** The staff member who wrote it; somebody else has to approve it. */
  author: string;
  approver?: string;
  at: Date;
  /** The first of its days, 'YYYY-MM-DD', known when it was approved. */
  first?: string;
  /** Since when its audience is fixed. */
  frozenAt?: Date;
  /** Recipients at that moment. */
  total?: number;
  /** When every recipient had an end, after the last day or a stop. */
  closedAt?: Date;
  history: { what: string; by: string; at: Date }[];
  /** The plan: text, audience, channels, days, hours. It may name plates, and what nobody approved yet. */
  sealed: Buffer;
  deleteAt: Date;
}

export const campaigns = collection<CampaignDoc>(
  'campaigns',
  {
    _id: required.id,
    state: oneOf(...CAMPAIGN_STATES),
    rev: required.count,
    author: required.text,
    approver: String,
    at: required.date,
    first: String,
    frozenAt: Date,
    total: Number,
    closedAt: Date,
    history: { type: mongoose.Schema.Types.Mixed, required: true },
    sealed: required.sealed,
    deleteAt: required.date,
  },
  [[{ state: 1 }], [{ deleteAt: 1 }, { expireAfterSeconds: 0 }]],
);
