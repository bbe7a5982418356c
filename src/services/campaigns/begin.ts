import type { CampaignDay } from '../../domain/campaign/days.ts';
import { available } from '../../store/errors.ts';
import type { OccurrenceDoc } from '../../store/occurrences.ts';
import { forgetAt } from './freeze.ts';
import { type CampaignParts, occurrenceId } from './parts.ts';
import type { Campaign } from './record.ts';
import { writtenOnce } from './rows.ts';

/** Inserts a day; false when somebody else did. */
export const beginDay = async (
  { collections }: CampaignParts,
  { doc }: Campaign,
  { day, dueAt, notAfter, endsAt }: CampaignDay,
  state: 'planning' | 'missed',
): Promise<boolean> => {
  const document: OccurrenceDoc = {
    _id: occurrenceId(doc._id, day),
    campaign: doc._id,
    state,
    dueAt: new Date(dueAt),
    notAfter: new Date(notAfter),
    endsAt: new Date(endsAt),
    deleteAt: forgetAt(endsAt),
  };
  return !(await writtenOnce(available(collections.occurrences.insertOne(document))));
};

/**
 * Begins a day that is to be sent, where nobody has (`known`). False when the campaign was stopped since it was read: it may be
 * closed by now, and then nobody would end a day any more that begins here, so it is ended at once.
 */
export const beginSending = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  known: boolean,
): Promise<boolean> => {
  const { campaigns, occurrences } = parts.collections;
  const id = campaign.doc._id;
  const own = !known && (await beginDay(parts, campaign, day, 'planning'));
  const stopped = { _id: id, state: 'stopped' as const };
  if ((await available(campaigns.findOne(stopped))) === null) return true;
  const ended = { $set: { state: 'ended' as const, over: true, figures: {} } };
  const begun = { _id: occurrenceId(id, day.day), state: 'planning' as const };
  if (own) await available(occurrences.updateOne(begun, ended));
  return false;
};
