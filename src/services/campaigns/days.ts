import { type CampaignDay, stageOf } from '../../domain/campaign/days.ts';
import { available } from '../../store/errors.ts';
import type { OccurrenceDoc } from '../../store/occurrences.ts';
import { forgetAt, freezeAudience } from './freeze.ts';
import { type CampaignParts, type More, occurrenceId, recipientsAfter } from './parts.ts';
import { planDay } from './plan.ts';
import type { Campaign } from './record.ts';
import { writtenOnce } from './rows.ts';

/** Inserts a day; false when somebody else did. */
const beginDay = async (
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
  const first = { _id: doc._id, frozenAt: { $exists: false } };
  await available(campaigns.updateOne(first, { $set: { frozenAt: new Date(now), total } }));
  const after = await available(campaigns.findOne({ _id: doc._id }));
  return after === null ? null : { ...campaign, doc: after };
};

/** What came of a day when it was looked at. */
export type DayLook = 'begun' | 'missed' | 'planned' | undefined;

/** Goes on with a day: begins it, or reports that it is too late; fixes the audience; makes its rows. */
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
  if (known === null && stage !== 'open')
    return (await beginDay(parts, campaign, day, 'missed')) ? 'missed' : undefined;
  if (known === null) await beginDay(parts, campaign, day, 'planning');
  else if (known.state !== 'planning' || stage === 'over') return undefined;
  const ready = await frozen(parts, campaign, day, now, more);
  if (ready === null || !(await planDay(parts, ready, day, now, more))) return 'begun';
  const planned = { _id, state: 'planning' as const };
  await available(parts.collections.occurrences.updateOne(planned, { $set: { state: 'planned' } }));
  return 'planned';
};
