import type { mongo } from 'mongoose';
import type { BudgetDoc } from '../store/budgets.ts';
import type { Lane } from '../store/deliveries.ts';
import { floorOf, type Limit } from './limits.ts';

type Pipeline = mongo.BSON.Document[];

/** A bucket is full again long before. */
const FORGET_MS = 3_600_000;

const NEVER = new Date(0);

/** Tokens as of now, by the database's clock alone: the clocks of the processes may be wrong. */
const refill = ({ perSecond, burst }: Limit): mongo.BSON.Document => {
  const since = { $max: [0, { $subtract: ['$$NOW', { $ifNull: ['$at', '$$NOW'] }] }] };
  const grown = { $add: [{ $ifNull: ['$tokens', burst] }, { $multiply: [since, perSecond / 1_000] }] };
  return { $min: [burst, grown] };
};

/** A question that waited for another one's write comes with an earlier time than that one's (ms, at most). */
const CROSSED = 1_000;

/**
 * Until when what came in is counted. Never back a little: two questions that crossed would count the time between them
 * twice, and give out more than the limit. Back by much is a clock that was put right.
 */
const counted = (): mongo.BSON.Document => {
  const ahead = { $subtract: [{ $ifNull: ['$at', '$$NOW'] }, '$$NOW'] };
  const crossed = { $and: [{ $gt: [ahead, 0] }, { $lte: [ahead, CROSSED] }] };
  return { $cond: [crossed, '$at', '$$NOW'] };
};

/** What one chat brought about stops nobody who is waited for: a nurse, or somebody who just spoke. */
const stopsAt = (lane: Lane) => (lane === 'alert' || lane === 'reply' ? 'alertsUntil' : 'pausedUntil');

const pauseOf = (lane: Lane): mongo.BSON.Document => ({ $ifNull: [`$${stopsAt(lane)}`, NEVER] });

/** Takes up to `want` whole tokens for a lane, none during a pause. `by` names the question. */
export const draw = (limit: Limit, lane: Lane, want: number, by: string): Pipeline => {
  const left = { $floor: { $subtract: ['$tokens', floorOf(lane, limit)] } };
  const granted = { $max: [0, { $min: [want, left] }] };
  return [
    { $set: { tokens: refill(limit), at: counted(), forgetAt: { $add: ['$$NOW', FORGET_MS] }, by } },
    { $set: { granted: { $cond: [{ $gt: [pauseOf(lane), '$$NOW'] }, 0, granted] } } },
    { $set: { tokens: { $subtract: ['$tokens', '$granted'] } } },
  ];
};

/**
 * Stops the account for reminders and campaigns. Alerts and replies go on, as a probe, until a second chat is refused: a
 * 429 may be one flooder's own doing, and he must not be able to silence the duty desk.
 */
export const pause = (chat: string, ms: number): Pipeline => {
  const until = { $add: ['$$NOW', ms] };
  const others = {
    $and: [
      { $gt: [{ $ifNull: ['$pausedUntil', NEVER] }, '$$NOW'] },
      { $ne: [{ $ifNull: ['$pausedBy', chat] }, chat] },
    ],
  };
  const later = (field: string) => ({ $max: [{ $ifNull: [field, NEVER] }, until] });
  return [
    {
      $set: {
        alertsUntil: { $cond: [others, later('$alertsUntil'), { $ifNull: ['$alertsUntil', NEVER] }] },
        pausedUntil: later('$pausedUntil'),
        pausedBy: chat,
        tokens: { $ifNull: ['$tokens', 0] },
        granted: 0,
        at: { $ifNull: ['$at', '$$NOW'] },
        forgetAt: { $add: ['$$NOW', FORGET_MS + ms] },
      },
    },
  ];
};

/** How long until the bucket gives a token to this lane (ms); the document is as it was just written. */
export const waitOf = (doc: BudgetDoc, limit: Limit, lane: Lane): number => {
  const paused = doc[stopsAt(lane)] ?? NEVER;
  const missing = 1 + floorOf(lane, limit) - doc.tokens;
  const growing = Math.ceil((Math.max(0, missing) * 1_000) / limit.perSecond);
  return Math.max(1, growing, paused.getTime() - doc.at.getTime());
};
