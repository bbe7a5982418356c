import { collection, required } from './schema.ts';

/**
 * What may be sent now over a channel's account ('telegram') or to one chat there ('telegram|…'), by the database's
 * clock. A pause that the platform asked for stands here too: all processes see it with their next message.
 */
export interface BudgetDoc {
  _id: string;
  /** What is left, as of `at`. */
  tokens: number;
  at: Date;
  /** What the last question was granted. */
  granted: number;
  /** Which question that was. */
  by?: string;
  /** No reminder and no campaign is sent before. */
  pausedUntil?: Date;
  /** The chat whose refusal brought that pause. */
  pausedBy?: string;
  /** Another chat was refused meanwhile: it is not one chat's own doing, and alerts and replies wait as well. */
  alertsUntil?: Date;
  /** When it can be forgotten: it is full again by then. */
  forgetAt: Date;
}

export const budgets = collection<BudgetDoc>(
  'budgets',
  {
    _id: required.id,
    tokens: required.count,
    at: required.date,
    granted: required.count,
    by: String,
    pausedUntil: Date,
    pausedBy: String,
    alertsUntil: Date,
    forgetAt: required.date,
  },
  [[{ forgetAt: 1 }, { expireAfterSeconds: 0 }]],
);
