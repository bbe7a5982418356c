import type { mongo } from 'mongoose';
import { nextOpen } from '../domain/quietHours.ts';
import { type DeliveryDoc, type DeliveryState, LANES, type Lane } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import { isQuiet, purposeOf } from './outboxPurposes.ts';

type Rows = mongo.Collection<DeliveryDoc>;

/** States in which a row stays until a person looks at it. */
const DEAD = ['failed', 'expired', 'unknown', 'held'] as const satisfies readonly DeliveryState[];

const dead = { state: { $in: [...DEAD] } };

/** A hundred thousand rows take longer to read than any question of the server may (ms). */
const UNHURRIED = 120_000;

/** What a person sees of a dead row. The messages stay sealed. */
const SEEN = { state: 1, lane: 1, purpose: 1, readyAt: 1, attempt: 1, fault: 1, redriven: 1 } as const;
export type DeadRow = Pick<DeliveryDoc, '_id' | keyof typeof SEEN>;

export interface DeadAsked {
  /** Of all when not given. */
  readonly lane?: Lane;
  readonly most: number;
  /** Those that stand behind this row. */
  readonly before?: Pick<DeliveryDoc, '_id' | 'lane' | 'readyAt'>;
}

/** Many are due in the same moment, as those of a campaign's day. */
const behind = ({ _id, readyAt }: NonNullable<DeadAsked['before']>) => ({
  $or: [{ readyAt: { $lt: readyAt } }, { readyAt, _id: { $lt: _id } }],
});

/** What did not arrive for certain: alerts first, as a campaign's day may leave hundreds; of each lane the latest first. */
export const deadRows = async (rows: Rows, { lane, most, before }: DeadAsked): Promise<DeadRow[]> => {
  const first = before === undefined ? 0 : LANES.indexOf(before.lane);
  const lanes = LANES.slice(first).filter((each) => lane === undefined || each === lane);
  let found: DeadRow[] = [];
  for (const each of lanes) {
    const left = most - found.length;
    if (left <= 0) break;
    const asked = { ...dead, lane: each, ...(before?.lane === each && behind(before)) };
    const cursor = rows.find(asked).project<DeadRow>(SEEN).sort({ readyAt: -1, _id: -1 }).allowDiskUse(true);
    const more = await available(cursor.limit(left).toArray(), UNHURRIED);
    found = found.concat(more); // there may be more than a call takes arguments
  }
  return found;
};

/** How many there are, of each lane. */
export const deadCounts = async (rows: Rows): Promise<Readonly<Record<Lane, number>>> => {
  const count = (lane: Lane) => available(rows.countDocuments({ ...dead, lane }));
  const counts = await Promise.all(LANES.map(async (lane) => [lane, await count(lane)] as const));
  return Object.fromEntries(counts) as Record<Lane, number>;
};

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
const FORGOTTEN = { waits: '', spent: '', failingSince: '', missedAt: '' } as const;

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
