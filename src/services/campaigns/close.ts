import { type DayEnd, endOf, type RecipientEnd } from '../../domain/campaign/outcome.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { crashPoint } from '../../store/crash-point.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { available } from '../../store/errors.ts';
import { declaredSince } from './declared.ts';
import { COMPLETE, hasAudience } from './freezing.ts';
import {
  BATCH,
  type CampaignParts,
  type More,
  occurrenceId,
  recipientOf,
  recipientsAfter,
  rowId,
} from './parts.ts';
import type { Campaign } from './record.ts';
import { waysOf } from './rows.ts';

type Ended = Pick<DeliveryDoc, 'state' | 'fault' | 'sentAt' | 'deliveredAt'>;

const msOf = (at: Date | undefined, name: 'sentAt' | 'deliveredAt') => at && { [name]: at.getTime() };

const endOfDay = ({ state, fault, sentAt, deliveredAt }: Ended): DayEnd => ({
  state,
  ...(fault === undefined ? {} : { fault }),
  ...msOf(sentAt, 'sentAt'),
  ...msOf(deliveredAt, 'deliveredAt'),
});

/** Rows of some recipients on all days, by recipient, in the order of the days. */
const daysOf = async (
  { collections }: CampaignParts,
  { doc, days }: Campaign,
  batch: readonly AudienceDoc[],
): Promise<ReadonlyMap<string, readonly DayEnd[]>> => {
  const ids = batch.flatMap(({ _id }) => days.map(({ day }) => rowId(doc._id, day, recipientOf(_id))));
  const projection = { state: 1, fault: 1, sentAt: 1, deliveredAt: 1 } as const;
  const rows = await available(collections.deliveries.find({ _id: { $in: ids } }, { projection }).toArray());
  const ends = new Map(rows.map((row) => [row._id, endOfDay(row)]));
  return new Map(
    batch.map(({ _id }) => [
      _id,
      days.flatMap(({ day }) => ends.get(rowId(doc._id, day, recipientOf(_id))) ?? []),
    ]),
  );
};

/** What became of each of some recipients. */
const endsOf = async (
  parts: CampaignParts,
  campaign: Campaign,
  batch: readonly AudienceDoc[],
  until: number,
) => {
  const { doc, plan } = campaign;
  const days = await daysOf(parts, campaign, batch);
  const declared = await declaredSince(parts, batch, doc.frozenAt ?? doc.at);
  return batch.map((one): readonly [AudienceDoc, RecipientEnd] => {
    const at = declared.get(one._id);
    const within = at !== undefined && at <= until ? at : undefined;
    return [one, endOf(waysOf(one, plan.channels).length, days.get(one._id) ?? [], within)];
  });
};

/** Until when a declaration counts: the end of the last day, or the stop (ms). */
const untilOf = ({ doc, days }: Campaign): number => {
  const stop = doc.history.find(({ what }) => what === 'stop');
  return stop === undefined ? (days.at(-1)?.endsAt ?? 0) : stop.at.getTime();
};

/**
 * Writes down what became of every recipient, in steps; true when all have their end. Run again it writes the same, also
 * where more were written down behind it since: those are in no count.
 */
export const writeEnds = async (parts: CampaignParts, campaign: Campaign, more: More): Promise<boolean> => {
  const { audience, occurrences } = parts.collections;
  const [first] = campaign.days;
  if (first === undefined || !(await hasAudience(parts, campaign))) return true;
  const _id = occurrenceId(campaign.doc._id, first.day);
  const note = (closing: string) => available(occurrences.updateOne({ _id }, { $max: { closing } }));
  let cursor = (await available(occurrences.findOne({ _id })))?.closing ?? '';
  do {
    const after = audience
      .find(recipientsAfter(campaign.doc._id, cursor))
      .sort({ _id: 1 })
      .limit(parts.batch ?? BATCH);
    const batch = await available(after.toArray());
    const last = batch.at(-1);
    if (last === undefined) {
      await note(COMPLETE);
      return true;
    }
    const writes = (await endsOf(parts, campaign, batch, untilOf(campaign))).map(([one, end]) => ({
      updateOne: { filter: { _id: one._id }, update: { $set: end } },
    }));
    await available(audience.bulkWrite(writes, { ordered: false }));
    crashPoint('campaign-in-close');
    cursor = recipientOf(last._id);
    await note(cursor);
  } while (more());
  return false;
};
