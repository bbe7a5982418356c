import type { LastTry } from '../../domain/campaign/ways.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { available } from '../../store/errors.ts';
import { type CampaignParts, occurrenceId, recipientOf, rowId } from './parts.ts';
import type { Campaign } from './record.ts';

/**
 * What came of an earlier day's messages, by recipient, where they were not reached or not on the first way. Ids of rows
 * and of recipients have one order: the rows of a batch lie beside each other.
 */
export const triesOn = async (
  { collections }: CampaignParts,
  campaign: string,
  day: string | undefined,
  batch: readonly AudienceDoc[],
): Promise<ReadonlyMap<string, LastTry>> => {
  if (day === undefined) return new Map();
  const id = (one: AudienceDoc | undefined) => rowId(campaign, day, recipientOf(one?._id ?? ''));
  const theirs = { _id: { $gte: id(batch[0]), $lte: id(batch.at(-1)) } };
  const told = { $or: [{ state: { $ne: 'sent' as const } }, { way: { $gt: 0 } }] };
  const options = { projection: { state: 1, way: 1 } } as const;
  const rows = await available(collections.deliveries.find({ ...theirs, ...told }, options).toArray());
  return new Map(
    rows.map(({ _id, state, way = 0 }) => [
      _id.slice(campaign.length + day.length + 2),
      { way, reached: state === 'sent' },
    ]),
  );
};

/** The last day before this one on which anything was sent. */
export const dayBefore = async (
  { collections }: CampaignParts,
  { doc, days }: Campaign,
  day: string,
): Promise<string | undefined> => {
  const ids = days.filter((one) => one.day < day).map((one) => occurrenceId(doc._id, one.day));
  const begun = { _id: { $in: ids }, state: { $ne: 'missed' as const } };
  const last = await available(collections.occurrences.findOne(begun, { sort: { _id: -1 } }));
  return last?._id.slice(doc._id.length + 1);
};
