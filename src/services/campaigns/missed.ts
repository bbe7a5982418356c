import { type WhyNot, whyNot } from '../../domain/campaign/whyNot.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { DURABLE } from '../../store/connect.ts';
import { available } from '../../store/errors.ts';
import { type Contact, contactsOf } from './contacts.ts';
import { BATCH, type CampaignParts, recipientsAfter } from './parts.ts';
import type { Campaign } from './record.ts';

/** Somebody a campaign did not reach: whom to call, and why. */
export interface Missed extends Contact {
  /** Area path; empty where it is not known. */
  readonly area: string;
  readonly why: WhyNot;
}

/** Behind every area path: these are digits and strokes. */
const NOWHERE = '~';

/** Ids of the unreached by their commune, those without one last; the database sorts them, on its disk if need be. */
const idsOf = ({ collections }: CampaignParts, campaign: string) =>
  collections.audience.aggregate<{ _id: string }>(
    [
      { $match: { ...recipientsAfter(campaign), outcome: 'unreached' } },
      { $project: { area: { $ifNull: ['$area', NOWHERE] } } },
      { $sort: { area: 1, _id: 1 } },
    ],
    { allowDiskUse: true, batchSize: BATCH },
  );

const missedOf = async (parts: CampaignParts, ids: readonly string[]): Promise<readonly Missed[]> => {
  const found = await available(parts.collections.audience.find({ _id: { $in: [...ids] } }).toArray());
  const byId = new Map(found.map((doc) => [doc._id, doc]));
  const docs: readonly AudienceDoc[] = ids.flatMap((id) => byId.get(id) ?? []);
  const contacts = await contactsOf(parts, docs);
  return contacts.map((contact, n) => {
    const { area = '', reason = '' } = docs[n] ?? {};
    return { ...contact, area, why: whyNot(reason) };
  });
};

/** Everybody a campaign did not reach, by commune, a batch at a time: half a million are never held at once. */
export async function* missedPeople(
  parts: CampaignParts,
  { doc }: Campaign,
): AsyncGenerator<readonly Missed[]> {
  const cursor = idsOf(parts, doc._id);
  try {
    while (await available(cursor.hasNext(), Number.POSITIVE_INFINITY))
      yield await missedOf(
        parts,
        cursor.readBufferedDocuments().map(({ _id }) => _id),
      );
  } finally {
    await cursor.close();
  }
}

/** What stands in a campaign's history when somebody took names and numbers out. */
export const CALL_LIST = 'callList';

/** Notes who took names and numbers out, before they have them. */
export const noteTaken = async (
  { collections }: CampaignParts,
  { doc }: Campaign,
  by: string,
  now: number,
): Promise<void> => {
  const entry = { what: CALL_LIST, by, at: new Date(now) };
  const noted = { $push: { history: entry } };
  await available(collections.campaigns.updateOne({ _id: doc._id }, noted, { writeConcern: DURABLE }));
};
