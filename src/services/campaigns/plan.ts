import type { CampaignDay } from '../../domain/campaign/days.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { DURABLE } from '../../store/connect.ts';
import { crashPoint } from '../../store/crash-point.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { available } from '../../store/errors.ts';
import { declarers } from './declarers.ts';
import { BATCH, type CampaignParts, type More, occurrenceId, recipientOf, recipientsAfter } from './parts.ts';
import type { Campaign } from './record.ts';
import { rowsOf, writtenOnce } from './rows.ts';
import { dayBefore, triesOn } from './tries.ts';

/** A hint only: what a crash forgets is planned twice, and written once. */
const RELAXED = { w: 1, j: false } as const;

const READ = { ways: 1, phoneIndex: 1 } as const;

const next = (
  { collections, batch = BATCH }: CampaignParts,
  campaign: string,
  cursor: string,
): Promise<AudienceDoc[]> =>
  available(
    collections.audience
      .find(recipientsAfter(campaign, cursor), { projection: READ })
      .sort({ _id: 1 })
      .limit(batch)
      .toArray(),
  );

/** Rows that are being written while the next ones are made: one batch on its way, and the one behind it. */
const writer = ({ collections }: CampaignParts, _id: string) => {
  let writing: Promise<void> = Promise.resolve();
  const insert = async (rows: DeliveryDoc[]): Promise<void> => {
    if (rows.length > 0)
      await writtenOnce(available(collections.deliveries.insertMany(rows, { ordered: false })));
  };
  const note = (cursor: string, writeConcern: typeof DURABLE | typeof RELAXED) =>
    available(collections.occurrences.updateOne({ _id }, { $max: { cursor } }, { writeConcern }));
  /** The hint goes no further than what is written without a gap. */
  const noted = async (written: readonly Promise<void>[], cursor: string): Promise<void> => {
    await Promise.all(written);
    crashPoint('campaign-in-planning');
    await note(cursor, RELAXED);
  };
  return {
    /** Resolves when the batch before this one is written. */
    put: async (rows: DeliveryDoc[], cursor: string): Promise<void> => {
      const before = writing;
      writing = noted([before, insert(rows)], cursor);
      writing.catch(() => undefined); // thrown to whoever waits for it
      await before;
    },
    /** Whoever goes on sees how far this one came. */
    done: async (cursor: string): Promise<void> => {
      await writing;
      await note(cursor, DURABLE);
    },
  };
};

/** The rows of some recipients on a day: none for who has declared since, or has no way to be reached. */
const maker = async (parts: CampaignParts, campaign: Campaign, day: CampaignDay, now: number) => {
  const { doc } = campaign;
  const [make, before] = [rowsOf(campaign, day, now), await dayBefore(parts, campaign, day.day)];
  const hasDeclared = await declarers(parts, doc.frozenAt ?? new Date(now));
  return async (batch: readonly AudienceDoc[]): Promise<DeliveryDoc[]> => {
    const [declared, tries] = await Promise.all([hasDeclared(batch), triesOn(parts, doc._id, before, batch)]);
    const left = batch.filter(({ _id }) => !declared.has(_id));
    return left.flatMap((one) => make(one, tries.get(recipientOf(one._id))));
  };
};

/**
 * Makes the rows of a day for all recipients who have not declared since, in steps; true when all are there. May be run
 * anew from any point, by any number of processes: a row's id is the campaign's, the day's and the recipient's.
 */
export const planDay = async (
  parts: CampaignParts,
  campaign: Campaign,
  day: CampaignDay,
  now: number,
  more: More,
): Promise<boolean> => {
  const id = campaign.doc._id;
  const _id = occurrenceId(id, day.day);
  const [rowsFor, { put, done }] = [await maker(parts, campaign, day, now), writer(parts, _id)];
  const cursor = (await available(parts.collections.occurrences.findOne({ _id })))?.cursor ?? '';
  let last = cursor;
  let batch = await next(parts, id, cursor);
  while (batch.length > 0) {
    last = recipientOf(batch.at(-1)?._id ?? '');
    const reading = next(parts, id, last); // read on while these are made
    reading.catch(() => undefined); // waited for below
    await put(await rowsFor(batch), last);
    batch = await reading;
    if (batch.length > 0 && !more()) break;
  }
  await done(last);
  return batch.length === 0;
};
