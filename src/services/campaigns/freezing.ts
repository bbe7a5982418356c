import { available } from '../../store/errors.ts';
import { type CampaignParts, occurrenceId } from './parts.ts';
import type { Campaign } from './record.ts';

/** Behind every id: all recipients are written down. */
export const COMPLETE = '~';

/** Notes how far it has come; false when the audience is complete already, or the day is not begun any more. */
export const noteFreezing = async (
  { collections }: CampaignParts,
  _id: string,
  freezing: string,
): Promise<boolean> => {
  const still = { _id, state: 'planning' as const, over: { $ne: true }, freezing: { $ne: COMPLETE } };
  const noted = await available(collections.occurrences.updateOne(still, { $max: { freezing } }));
  return noted.matchedCount === 1;
};

/**
 * Recipients of a campaign that was stopped meanwhile, who were added behind its end: they are in no count. Of one that
 * goes on nobody is taken back: those are recipients, whoever wrote them down first.
 */
export const takeBack = async (
  { collections }: CampaignParts,
  campaign: string,
  ids: readonly string[],
): Promise<void> => {
  const stopped = { _id: campaign, state: 'stopped' as const };
  if (ids.length === 0 || (await available(collections.campaigns.findOne(stopped))) === null) return;
  const unended = { _id: { $in: [...ids] }, outcome: { $exists: false } };
  await available(collections.audience.deleteMany(unended));
};

/**
 * Whether anybody was to get it. Of a campaign that was stopped before all its recipients were written down nobody was,
 * however many of them are there, or still come from a process that finds it out late.
 */
export const hasAudience = async (
  { collections }: CampaignParts,
  { doc, days }: Campaign,
): Promise<boolean> => {
  if (doc.state !== 'stopped' || doc.frozenAt !== undefined) return true;
  const ids = days.map(({ day }) => occurrenceId(doc._id, day));
  const complete = { _id: { $in: ids }, freezing: COMPLETE };
  return (await available(collections.occurrences.findOne(complete))) !== null;
};
