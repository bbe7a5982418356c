import type { mongo } from 'mongoose';
import { nextOpen } from '../domain/quietHours.ts';
import type { DeliveryDoc, DeliveryState } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import { isQuiet, purposeOf } from './outboxPurposes.ts';

type Rows = mongo.Collection<DeliveryDoc>;

/** States in which a row stays until a person looks at it. */
const DEAD = ['failed', 'expired', 'unknown', 'held'] as const satisfies readonly DeliveryState[];

const dead = { state: { $in: [...DEAD] } };

/** What did not arrive for certain, the latest first. The messages stay sealed. */
export const deadRows = (rows: Rows, limit: number): Promise<DeliveryDoc[]> =>
  available(rows.find(dead).sort({ readyAt: -1 }).limit(limit).toArray());

export interface LaneCount {
  readonly lane: string;
  readonly state: string;
  readonly count: number;
}

export const laneCounts = (rows: Rows): Promise<LaneCount[]> =>
  available(
    rows
      .aggregate<LaneCount>([
        { $group: { _id: { lane: '$lane', state: '$state' }, count: { $sum: 1 } } },
        { $project: { _id: 0, lane: '$_id.lane', state: '$_id.state', count: 1 } },
        { $sort: { lane: 1, state: 1 } },
      ])
      .toArray(),
  );

/** Of the tries before. */
const FORGOTTEN = { waits: '', failingSince: '', missedAt: '' } as const;

/** It begins anew, at an hour when it may leave; what may have arrived says so. */
const anew = (row: DeliveryDoc, by: string, now: number): mongo.UpdateFilter<DeliveryDoc> => {
  const readyAt = isQuiet(row) ? nextOpen(now) : now;
  const lasts = purposeOf(row.purpose)?.lasts;
  const again = row.state === 'unknown' || row.state === 'held' ? { again: true } : {};
  const ends = lasts === undefined ? {} : { expiresAt: new Date(readyAt + lasts) };
  return {
    $set: { state: 'ready', readyAt: new Date(readyAt), attempt: 0, tried: [], ...again, ...ends },
    $inc: { epoch: 1 },
    $push: { redriven: { by, at: new Date(now) } },
    $unset: { leaseUntil: '', ...FORGOTTEN, ...(lasts === undefined && { expiresAt: '' }) },
  };
};

export type Redriven = 'ready' | 'not-dead' | 'no-such';

/** Sends a dead row once more, in somebody's name. One that is on its way, or has arrived, is left alone. */
export const redrive = async (rows: Rows, id: string, by: string, now: number): Promise<Redriven> => {
  const row = await available(rows.findOne({ _id: id }));
  if (row === null) return 'no-such';
  // By the epoch seen: two who do it at once do it once.
  const seen = { _id: id, ...dead, epoch: row.epoch ?? 0 };
  const { matchedCount } = await available(rows.updateOne(seen, anew(row, by, now)));
  return matchedCount === 1 ? 'ready' : 'not-dead';
};
