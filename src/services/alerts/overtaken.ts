import { type DeliveryDoc, ON_ITS_WAY } from '../../store/deliveries.ts';
import type { StaffParts } from '../staff/parts.ts';

/**
 * Messages to the same member, for the same purpose and about the same, that say what a row says which got stuck: written
 * after it, or brought since. While a platform is down the clock goes on asking, and when it is back one question is enough.
 * Of several that got stuck the last one is left: no two of them overtake each other.
 */
const newerThan = (
  { _id, about, purpose, staff }: DeliveryDoc & Required<Pick<DeliveryDoc, 'about' | 'staff'>>,
  since: Date,
) => ({
  _id: { $ne: _id },
  about,
  purpose,
  staff,
  $or: [
    { state: 'sent' as const, sentAt: { $gt: since } },
    { state: { $in: [...ON_ITS_WAY] }, missedAt: { $not: { $lte: since } } },
  ],
});

/** Whether a question that reached nobody in time is asked by a newer one. */
export const overtaken = async ({ collections }: StaffParts, row: DeliveryDoc): Promise<boolean> => {
  const { about, staff, missedAt } = row;
  if (about === undefined || staff === undefined || missedAt === undefined) return false;
  const { deliveries } = collections;
  return (await deliveries.countDocuments(newerThan({ ...row, about, staff }, missedAt), { limit: 1 })) > 0;
};
