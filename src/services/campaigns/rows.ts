import mongoose from 'mongoose';
import type { CampaignDay } from '../../domain/campaign/days.ts';
import { smsText } from '../../domain/campaign/smsText.ts';
import { type LastTry, nextWay, waysInOrder } from '../../domain/campaign/ways.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { occurrenceId, recipientOf, rowId } from './parts.ts';
import type { Campaign } from './record.ts';

const DUPLICATE_KEY = 11_000;

/** What was written by somebody else already counts as written. Returns whether anything was there before. */
export const writtenOnce = async (writing: Promise<unknown>): Promise<boolean> => {
  try {
    await writing;
    return false;
  } catch (error) {
    const { MongoBulkWriteError, MongoServerError } = mongoose.mongo;
    const only = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
    const all = only.length > 0 && only.every(({ code }) => code === DUPLICATE_KEY);
    if (all || (error instanceof MongoServerError && only.length === 0 && error.code === DUPLICATE_KEY))
      return true;
    throw error;
  }
};

/** The ways of a recipient in the order a campaign takes them. */
export const waysOf = ({ ways }: Pick<AudienceDoc, 'ways'>, channels: readonly string[]) =>
  waysInOrder(
    Object.entries(ways).map(([chat, way]) => ({ chat, ...way })),
    channels,
  );

/** Makes the rows of one day; what is the same for all of them is worked out once. */
export const rowsOf = ({ doc, plan }: Campaign, { day, dueAt, endsAt }: CampaignDay, now: number) => {
  const about = occurrenceId(doc._id, day);
  const { segments } = smsText(plan);
  const times = { readyAt: new Date(Math.max(dueAt, now)), expiresAt: new Date(endsAt) };
  /** The message of the day to one recipient; none when no channel of the campaign is theirs. */
  return (recipient: AudienceDoc, last: LastTry | undefined): readonly DeliveryDoc[] => {
    const ways = waysOf(recipient, plan.channels);
    const n = nextWay(ways.length, last);
    const way = ways[n];
    if (way === undefined) return [];
    const { chat, channel, address } = way;
    const row: DeliveryDoc = {
      _id: rowId(doc._id, day, recipientOf(recipient._id)),
      about,
      chat,
      lane: 'campaign',
      purpose: 'campaign',
      state: 'ready',
      ...times,
      attempt: 0,
      epoch: 0,
    };
    if (address !== undefined) row.to = { channel, address };
    if (channel === 'sms' && segments > 1) row.cost = segments;
    if (n > 0) row.way = n;
    return [row];
  };
};
