import type { mongo } from 'mongoose';
import { UNWANTED } from '../../domain/campaign/outcome.ts';
import { crashPoint } from '../../store/crash-point.ts';
import { type DeliveryDoc, ON_ITS_WAY } from '../../store/deliveries.ts';
import { available } from '../../store/errors.ts';
import type { OccurrenceDoc } from '../../store/occurrences.ts';
import type { CampaignParts, More } from './parts.ts';
import type { Campaign } from './record.ts';

/** Rows changed by one command: an answer takes no longer than a question may. */
const AT_ONCE = 5_000;

/** When a row is due that waits for its campaign to go on: nobody claims it, and none of the index is walked over. */
const HELD = new Date('9999-01-01T00:00:00Z');

type Change = mongo.UpdateFilter<DeliveryDoc> | mongo.Document[];
type Which = mongo.Filter<DeliveryDoc>;

/** How a day ends: `stopped` by somebody, else because its hours are over; `now`: ms since 1970. */
interface Ending {
  readonly stopped: boolean;
  readonly now: number;
}

/** Changes the rows of a day that nobody has claimed, in steps; true when none is left. */
const changeReady = async (
  { collections: { deliveries }, batch = AT_ONCE }: CampaignParts,
  about: string,
  which: Which,
  change: Change,
  more: More,
): Promise<boolean> => {
  const ready = { state: 'ready' as const, lane: 'campaign' as const, ...which };
  const options = { projection: { _id: 1 }, sort: { readyAt: 1 }, limit: batch } as const;
  for (;;) {
    const found = await available(deliveries.find({ ...ready, about }, options).toArray());
    if (found.length === 0) return true;
    const ids = { $in: found.map(({ _id }) => _id) };
    await available(deliveries.updateMany({ ...ready, _id: ids }, change));
    crashPoint('campaign-in-settle');
    if (found.length < batch) return true;
    if (!more()) return false;
  }
};

const hold = async (parts: CampaignParts, { _id }: OccurrenceDoc, more: More): Promise<void> => {
  await available(parts.collections.occurrences.updateOne({ _id }, { $set: { held: true } }));
  await changeReady(parts, _id, { readyAt: { $lt: HELD } }, { $set: { readyAt: HELD } }, more);
};

/**
 * Lets a day go on. Also where it is not marked as held some rows may be: a process that still saw the pause put them
 * off in the moment another one let them go. Those that wait for another try are left alone then.
 */
const release = async (
  parts: CampaignParts,
  { _id, dueAt, held }: OccurrenceDoc,
  now: number,
  more: More,
): Promise<void> => {
  const at = new Date(Math.max(now, dueAt.getTime()));
  const which = held === true ? { readyAt: { $gt: at } } : { readyAt: { $gte: HELD } };
  const all = await changeReady(parts, _id, which, { $set: { readyAt: at } }, more);
  if (all && held === true)
    await available(parts.collections.occurrences.updateOne({ _id }, { $unset: { held: '' } }));
};

/**
 * What nobody will send any more: the campaign was stopped, or its hours are over. A row that a pause put off for good is
 * no longer due beyond that: rows are deleted, and those that did not arrive are listed, by when they were due.
 */
const endRows = (
  parts: CampaignParts,
  { _id, endsAt }: OccurrenceDoc,
  { stopped, now }: Ending,
  more: More,
): Promise<boolean> => {
  const end = stopped
    ? { state: 'suppressed', fault: UNWANTED.stopped }
    : { state: 'expired', fault: { $ifNull: ['$fault', 'late'] } }; // why it was tried in vain says more
  const readyAt = { $min: ['$readyAt', new Date(Math.min(now, endsAt.getTime()))] };
  return changeReady(parts, _id, {}, [{ $set: { ...end, readyAt } }], more);
};

/** Rows of a day by how they ended: state, or fault where there is one. */
export const figuresOf = async (
  { collections }: Pick<CampaignParts, 'collections'>,
  about: string,
): Promise<Record<string, number>> => {
  const ofDay = { $match: { about, purpose: 'campaign' } };
  const group = { $group: { _id: { state: '$state', fault: '$fault' }, count: { $sum: 1 } } };
  type Row = { _id: { state: string; fault?: string }; count: number };
  const rows = await available(
    collections.deliveries.aggregate<Row>([ofDay, group]).toArray(),
    Number.POSITIVE_INFINITY,
  );
  const named = rows.map(({ _id: { state, fault }, count }) => {
    const why = state === 'sent' || state === 'ready' ? undefined : fault;
    return [why === undefined ? state : `${state}:${why}`, count] as const;
  });
  const figures: Record<string, number> = {};
  for (const [name, count] of named) figures[name] = (figures[name] ?? 0) + count;
  return figures;
};

const isUnderWay = (figures: Readonly<Record<string, number>>): boolean =>
  ON_ITS_WAY.some((state) => figures[state] !== undefined);

/**
 * Ends a day whose hours are over, or whose campaign was stopped; true when it is, and its figures are written. First it
 * says so: somebody may still be making rows, and finds it out behind each batch.
 */
const endDay = async (
  parts: CampaignParts,
  day: OccurrenceDoc,
  ending: Ending,
  more: More,
): Promise<boolean> => {
  const { deliveries, occurrences } = parts.collections;
  if (day.state === 'planning')
    await available(occurrences.updateOne({ _id: day._id }, { $set: { over: true } }));
  if (!(await endRows(parts, day, ending, more))) return false;
  const open = { about: day._id, purpose: 'campaign', state: { $in: [...ON_ITS_WAY] } };
  if ((await available(deliveries.findOne(open))) !== null) return false; // one is in somebody's hands
  const figures = await figuresOf(parts, day._id);
  if (isUnderWay(figures)) return false; // made since
  const ended = { $set: { state: 'ended' as const, figures } };
  await available(occurrences.updateOne({ _id: day._id }, ended));
  return true;
};

const isBegun = ({ state }: OccurrenceDoc): boolean => state === 'planning' || state === 'planned';

/**
 * Makes the rows follow what was decided: put off while the campaign is paused, due again when it goes on, ended when it
 * was stopped or the day is over. True when no day of it is under way.
 */
export const settleDays = async (
  parts: CampaignParts,
  { doc, days }: Campaign,
  now: number,
  more: More,
): Promise<boolean> => {
  const ids = days.map(({ day }) => `${doc._id}|${day}`);
  const rows = await available(parts.collections.occurrences.find({ _id: { $in: ids } }).toArray());
  let over = true;
  for (const day of rows.filter(isBegun)) {
    const stopped = doc.state === 'stopped';
    if (stopped || day.endsAt.getTime() <= now) {
      over = (await endDay(parts, day, { stopped, now }, more)) && over;
      continue;
    }
    over = false;
    if (doc.state === 'paused') await hold(parts, day, more);
    else await release(parts, day, now, more);
  }
  return over;
};
