import { lastRestore } from '../../delivery/outboxEpoch.ts';
import { type CampaignDay, stageOf } from '../../domain/campaign/days.ts';
import { crashPoint } from '../../store/crash-point.ts';
import { available } from '../../store/errors.ts';
import type { OccurrenceDoc } from '../../store/occurrences.ts';
import { beginDay, beginSending } from './begin.ts';
import { freezeAudience } from './freeze.ts';
import { type CampaignParts, type More, occurrenceId, recipientsAfter } from './parts.ts';
import { planDay } from './plan.ts';
import type { Campaign } from './record.ts';

/** Fixes the audience once, before the first day that is sent. Returns the campaign as it is then, when it is. */
const frozen = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  now: number,
  more: More,
): Promise<Campaign | null> => {
  const { doc } = campaign;
  if (doc.frozenAt !== undefined) return campaign;
  if (!(await freezeAudience(parts, campaign, occurrenceId(doc._id, day.day), now, more))) return null;
  const { audience, campaigns } = parts.collections;
  const total = await available(audience.countDocuments(recipientsAfter(doc._id)), Number.POSITIVE_INFINITY);
  crashPoint('campaign-frozen');
  const first = { _id: doc._id, frozenAt: { $exists: false } };
  await available(campaigns.updateOne(first, { $set: { frozenAt: new Date(now), total } }));
  const after = await available(campaigns.findOne({ _id: doc._id }));
  return after === null ? null : { ...campaign, doc: after };
};

/**
 * Whether a day may have been sent in a life of the database that was lost: its hours had begun when a backup was
 * restored, and it had been approved before.
 */
const mayBeSent = async (
  { collections }: CampaignParts,
  { doc }: Campaign,
  { dueAt }: CampaignDay,
): Promise<boolean> => {
  const restore = await lastRestore(collections);
  if (restore === undefined || restore.at < dueAt) return false;
  const approved = doc.history.findLast(({ what }) => what === 'approve');
  return (approved?.at.getTime() ?? 0) <= restore.at;
};

/** No row of a day is made any more; those the backup had are held. Nothing when another process was quicker. */
const leaveRestored = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  known: OccurrenceDoc | null,
): Promise<DayLook> => {
  if (known === null) return (await beginDay(parts, campaign, day, 'missed')) ? 'restored' : undefined;
  const planning = { _id: known._id, state: 'planning' as const };
  const left = parts.collections.occurrences.updateOne(planning, { $set: { state: 'planned' } });
  return (await available(left)).modifiedCount === 1 ? 'restored' : undefined;
};

/** What came of a day when it was looked at, or had come of it and nobody was told yet. */
export type DayLook = 'begun' | 'missed' | 'planned' | 'restored' | undefined;

/** Whoever ended the look before may have died before they told of it. That a day begins is no news when it is over. */
const untold = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  { state, told }: OccurrenceDoc,
  isOver: boolean,
): Promise<DayLook> => {
  if (told === true || (state !== 'planned' && state !== 'missed')) return undefined;
  if (await mayBeSent(parts, campaign, day)) return 'restored';
  return state === 'planned' && isOver ? undefined : state;
};

/** Those who sent the campaign know of the day. */
export const noteTold = async (
  { collections }: CampaignParts,
  { doc }: Campaign,
  { day }: CampaignDay,
): Promise<void> => {
  const _id = occurrenceId(doc._id, day);
  await available(collections.occurrences.updateOne({ _id }, { $set: { told: true } }));
};

/**
 * Goes on with a day: begins it, or reports that it is too late, or that nobody knows whether it was sent before a
 * restore; fixes the audience; makes its rows.
 */
export const lookAtDay = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  now: number,
  more: More,
): Promise<DayLook> => {
  const stage = stageOf(day, now);
  if (stage === 'early') return undefined;
  const _id = occurrenceId(campaign.doc._id, day.day);
  const known = await available(parts.collections.occurrences.findOne({ _id }));
  if (known !== null && known.state !== 'planning')
    return untold(parts, campaign, day, known, stage === 'over');
  if (await mayBeSent(parts, campaign, day)) return leaveRestored(parts, campaign, day, known);
  if (known === null && stage !== 'open')
    return (await beginDay(parts, campaign, day, 'missed')) ? 'missed' : undefined;
  if (known !== null && stage === 'over') return undefined;
  if (!(await beginSending(parts, campaign, day, known !== null))) return undefined;
  crashPoint('campaign-day-begun');
  const ready = await frozen(parts, campaign, day, now, more);
  if (ready === null || !(await planDay(parts, ready, day, now, more))) return 'begun';
  crashPoint('campaign-planned');
  const planned = { _id, state: 'planning' as const };
  const marked = parts.collections.occurrences.updateOne(planned, { $set: { state: 'planned' } });
  return (await available(marked)).modifiedCount === 1 ? 'planned' : undefined;
};
