import { LRUCache } from 'lru-cache';
import type { AudienceDoc } from '../../store/audience.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { available } from '../../store/errors.ts';
import { declaredSince } from './declared.ts';
import { audienceIdOf, type CampaignParts, campaignOf } from './parts.ts';
import { type Campaign, findCampaign } from './record.ts';
import { together } from './together.ts';

/** How old what is known of a campaign may be (ms): with the wait for a turn, a pause acts within a second. */
const FRESH = 250;
const MOST = 100;

/** What is known of the recipient of a row right before it is sent. */
export interface KnownRecipient {
  readonly doc: AudienceDoc;
  readonly declared: boolean;
}

export type CampaignById = (id: string) => Promise<Campaign | null>;

const campaignsBy = (parts: CampaignParts): CampaignById => {
  const known = new LRUCache<string, Promise<Campaign | null>>({ max: MOST, ttl: FRESH });
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const asked = findCampaign(parts, id);
    known.set(id, asked);
    asked.catch(() => known.delete(id)); // whoever asked hears of it; the next one asks anew
    return asked;
  };
};

const lookAt = async (
  parts: CampaignParts,
  campaign: Campaign | null,
  ids: readonly string[],
): Promise<readonly (readonly [string, KnownRecipient])[]> => {
  const docs = await available(parts.collections.audience.find({ _id: { $in: [...ids] } }).toArray());
  const since = campaign?.doc.frozenAt ?? new Date(0);
  const declared = await declaredSince(parts, docs, since);
  return docs.map((doc) => [doc._id, { doc, declared: declared.has(doc._id) }]);
};

/** Campaigns as they are now, and recipients as they are at this moment; what many rows ask at once is asked once. */
export const openKnown = (parts: CampaignParts) => {
  const campaign = campaignsBy(parts);
  const look = together(async (ids: readonly string[]) => {
    const found = [...new Set(ids.map(campaignOf))].map(async (id) => {
      const theirs = ids.filter((one) => campaignOf(one) === id);
      return lookAt(parts, await campaign(id), theirs);
    });
    return new Map((await Promise.all(found)).flat());
  });
  return { campaign, recipient: ({ _id }: DeliveryDoc) => look(audienceIdOf(_id)) };
};
