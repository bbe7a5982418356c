import type { mongo } from 'mongoose';
import type { AlertDoc } from '../../store/alerts.ts';
import { type DeliveryDoc, ON_ITS_WAY } from '../../store/deliveries.ts';
import type { StaffParts } from '../staff/parts.ts';

/** The revision of the alert that a row tells of; not a number where its id names none. */
const revOf = ({ _id }: Pick<DeliveryDoc, '_id'>): number => Number(_id.split(':').at(-2));

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

/**
 * Whether a question that reached nobody in time is asked by newer ones: of several alerts, each that is left of them.
 * @param asks the alerts it asks or reminds of, as far as they still are as it says
 */
export const overtaken = async (
  parts: StaffParts,
  row: DeliveryDoc,
  asks: mongo.Filter<AlertDoc>,
): Promise<boolean> => {
  const { about, staff, missedAt, alerts } = row;
  if (about === undefined || staff === undefined || missedAt === undefined) return false;
  const found = parts.collections.deliveries.find(newerThan({ ...row, about, staff }, missedAt));
  const others = await found.project<Pick<DeliveryDoc, '_id' | 'alerts'>>({ alerts: 1 }).toArray();
  // An older word that came late, too, does not say that it has become graver.
  const newer = others.filter((other) => !(revOf(other) < revOf(row)));
  if (alerts === undefined) return newer.length > 0;
  const told = new Set(newer.flatMap((other) => other.alerts ?? []));
  const left = await parts.collections.alerts.find(asks, { projection: { _id: 1 } }).toArray();
  return left.every(({ _id }) => told.has(_id));
};
