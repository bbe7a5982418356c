import type { CampaignPlan } from '../../domain/campaign/campaign.ts';
import { type CampaignDay, campaignDays } from '../../domain/campaign/days.ts';
import type { CampaignState } from '../../domain/campaign/states.ts';
import type { Json } from '../../domain/json.ts';
import { sealContext } from '../../security/sealer.ts';
import type { CampaignDoc } from '../../store/campaigns.ts';
import { available } from '../../store/errors.ts';
import { eachAlone } from '../stuck.ts';
import type { CampaignParts } from './parts.ts';

export interface Campaign {
  readonly doc: CampaignDoc;
  readonly plan: CampaignPlan;
  /** None before it was approved. */
  readonly days: readonly CampaignDay[];
}

/** Its rows are made an hour before the first of them may leave: until then it is approved, and nothing is being sent. */
export const seenState = ({ doc, days: [first] }: Campaign, now: number): CampaignState =>
  doc.state === 'running' && first !== undefined && now < first.dueAt ? 'approved' : doc.state;

const context = (id: string) => sealContext('campaigns', 'sealed', id);

export const sealPlan = ({ sealer }: Pick<CampaignParts, 'sealer'>, id: string, plan: CampaignPlan): Buffer =>
  sealer.seal(context(id), plan as unknown as Json);

const openCampaign = async (
  { sealer }: Pick<CampaignParts, 'sealer'>,
  doc: CampaignDoc,
): Promise<Campaign> => {
  const plan = (await sealer.open(context(doc._id), doc.sealed)) as unknown as CampaignPlan;
  return { doc, plan, days: doc.first === undefined ? [] : campaignDays(plan, doc.first) };
};

/** Those of some campaigns that can be opened. */
export const openCampaigns = (
  parts: Pick<CampaignParts, 'sealer' | 'onStuck'>,
  docs: readonly CampaignDoc[],
): Promise<readonly Campaign[]> =>
  eachAlone(
    docs,
    (doc) => openCampaign(parts, doc),
    (error, { _id: id }) => parts.onStuck?.(error, { collection: 'campaigns', id }),
  );

export const findCampaign = async (parts: CampaignParts, id: string): Promise<Campaign | null> => {
  const doc = await available(parts.collections.campaigns.findOne({ _id: id }));
  return doc === null ? null : openCampaign(parts, doc);
};

/** The latest first. */
export const recentCampaigns = async (parts: CampaignParts, limit: number): Promise<readonly Campaign[]> => {
  const docs = await available(
    parts.collections.campaigns.find().sort({ at: -1, _id: 1 }).limit(limit).toArray(),
  );
  return openCampaigns(parts, docs);
};
