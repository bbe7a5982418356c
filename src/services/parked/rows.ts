import type { mongo } from 'mongoose';
import { DURABLE } from '../../store/connect.ts';
import { available } from '../../store/errors.ts';
import type { ParkedDoc } from '../../store/parked.ts';

type Rows = mongo.Collection<ParkedDoc>;

/** What may be listed: everything but what is sealed. */
export type ParkedRow = Omit<ParkedDoc, 'sealed'>;

/** Nobody has settled it. Rows that are older than settling have no such field, and wait too. */
const waiting = { settledAt: { $exists: false } };

const filterOf = (all: boolean) => (all ? {} : waiting);

/** How many wait for somebody. Throws `Unavailable`, as all here do. */
export const countParked = (rows: Rows, all = false): Promise<number> =>
  available(rows.countDocuments(filterOf(all)));

/** The newest first; `all`: those that were settled too; `limit` 0: no limit. */
export const listParked = (rows: Rows, all: boolean, limit: number): Promise<ParkedRow[]> =>
  available(
    rows
      .find<ParkedRow>(filterOf(all), { projection: { sealed: 0 } })
      .sort({ at: -1, _id: 1 })
      .limit(limit)
      .toArray(),
  );

/** Ids of all there are, settled or not: a short name is good for as long as its row is there. */
export const parkedIds = async (rows: Rows): Promise<readonly string[]> => {
  const docs = await available(rows.find({}, { projection: { _id: 1 } }).toArray());
  return docs.map(({ _id }) => _id);
};

export const findParked = (rows: Rows, id: string): Promise<ParkedDoc | null> =>
  available(rows.findOne({ _id: id }));

/** Notes that somebody has read one. False: it is gone. */
export const noteOpened = async (rows: Rows, id: string, by: string, now: number): Promise<boolean> => {
  const note = { $push: { opened: { by, at: new Date(now) } } };
  const { matchedCount } = await available(rows.updateOne({ _id: id }, note, { writeConcern: DURABLE }));
  return matchedCount === 1;
};

/** Marks these (or `'all'` that wait) as dealt with, in somebody's name; who was quicker stays. Says how many. */
export const settleParked = async (
  rows: Rows,
  which: readonly string[] | 'all',
  by: string,
  now: number,
): Promise<number> => {
  const meant = which === 'all' ? waiting : { ...waiting, _id: { $in: [...which] } };
  const done = { $set: { settledBy: by, settledAt: new Date(now) } };
  const { modifiedCount } = await available(rows.updateMany(meant, done, { writeConcern: DURABLE }));
  return modifiedCount;
};
