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

/**
 * Recipients of a campaign that was stopped meanwhile, who were added behind its end: they are in no count. Of one whose
 * audience was complete before, and of one that goes on, nobody is taken back: those are recipients, whoever wrote them
 * down first.
 */
export const takeBack = async (
  parts: CampaignParts,
  campaign: Campaign,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0) return;
  const { campaigns, audience } = parts.collections;
  const doc = await available(campaigns.findOne({ _id: campaign.doc._id }));
  if (doc === null || (await hasAudience(parts, { ...campaign, doc }))) return;
  await available(audience.deleteMany({ _id: { $in: [...ids] }, outcome: { $exists: false } }));
};
