import type { CampaignDay } from '../../domain/campaign/days.ts';
import type { LastTry } from '../../domain/campaign/ways.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { available } from '../../store/errors.ts';
import { declaredSince } from './declared.ts';
import {
  BATCH,
  type CampaignParts,
  type More,
  occurrenceId,
  recipientOf,
  recipientsAfter,
  rowId,
} from './parts.ts';
import type { Campaign } from './record.ts';
import { rowsOf, writtenOnce } from './rows.ts';

/** A hint only: what a crash forgets is planned twice, and written once. */
const RELAXED = { w: 1, j: false } as const;

const READ = { ways: 1, phoneIndex: 1 } as const;

type Planned = Pick<AudienceDoc, '_id' | 'ways' | 'phoneIndex'> & Partial<AudienceDoc>;

const next = ({ collections }: CampaignParts, campaign: string, cursor: string): Promise<AudienceDoc[]> =>
  available(
    collections.audience
      .find(recipientsAfter(campaign, cursor), { projection: READ })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray(),
  );

/** What came of an earlier day's messages, by recipient. */
const triesOn = async (
  { collections }: CampaignParts,
  campaign: string,
  day: string | undefined,
  batch: readonly Planned[],
): Promise<ReadonlyMap<string, LastTry>> => {
  if (day === undefined) return new Map();
  const ids = batch.map(({ _id }) => rowId(campaign, day, recipientOf(_id)));
  const options = { projection: { state: 1, way: 1 } } as const;
  const rows = await available(collections.deliveries.find({ _id: { $in: ids } }, options).toArray());
  return new Map(
    rows.map(({ _id, state, way = 0 }) => [
      _id.slice(campaign.length + day.length + 2),
      { way, reached: state === 'sent' },
    ]),
  );
};

/** The last day before this one on which anything was sent. */
const dayBefore = async (
  { collections }: CampaignParts,
  { doc, days }: Campaign,
  day: string,
): Promise<string | undefined> => {
  const ids = days.filter((one) => one.day < day).map((one) => occurrenceId(doc._id, one.day));
  const begun = { _id: { $in: ids }, state: { $ne: 'missed' as const } };
  const last = await available(collections.occurrences.findOne(begun, { sort: { _id: -1 } }));
  return last?._id.slice(doc._id.length + 1);
};

/**
 * Makes the rows of a day for all recipients who have not declared since, in steps; true when all are there. May be run
 * anew from any point, by any number of processes: a row's id is the campaign's, the day's and the recipient's.
 */
export const planDay = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  now: number,
  more: More,
): Promise<boolean> => {
  const { occurrences, deliveries } = parts.collections;
  const id = campaign.doc._id;
  const _id = occurrenceId(id, day.day);
  const [make, before] = [rowsOf(campaign, day, now), await dayBefore(parts, campaign, day.day)];
  const since = campaign.doc.frozenAt ?? new Date(now);
  const cursor = (await available(occurrences.findOne({ _id })))?.cursor ?? '';
  let batch = await next(parts, id, cursor);
  while (batch.length > 0) {
    const last = recipientOf(batch.at(-1)?._id ?? '');
    const reading = next(parts, id, last); // read on while these are written
    reading.catch(() => undefined); // waited for below
    const [declared, tries] = await Promise.all([
      declaredSince(parts, batch, since),
      triesOn(parts, id, before, batch),
    ]);
    const rows = batch.flatMap((one) =>
      declared.has(one._id) ? [] : make(one, tries.get(recipientOf(one._id))),
    );
    if (rows.length > 0) await writtenOnce(available(deliveries.insertMany(rows, { ordered: false })));
    await available(occurrences.updateOne({ _id }, { $max: { cursor: last } }, { writeConcern: RELAXED }));
    batch = await reading;
    if (batch.length > 0 && !more()) return false;
  }
  return true;
};
