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
  let writing = Promise.resolve(true);
  /** The day is over, or its campaign was stopped, while this process was: what it still wrote is in no count. */
  const takeBack = async (rows: readonly DeliveryDoc[]): Promise<void> => {
    const ids = rows.map((row) => row._id);
    await available(collections.deliveries.deleteMany({ _id: { $in: ids }, state: 'ready' }));
  };
  const insert = async (rows: DeliveryDoc[]): Promise<void> => {
    if (rows.length > 0)
      await writtenOnce(available(collections.deliveries.insertMany(rows, { ordered: false })));
  };
  /** False when no row of the day is to be made any more. */
  const note = async (cursor: string, writeConcern: typeof DURABLE | typeof RELAXED): Promise<boolean> => {
    const still = { _id, over: { $ne: true } };
    const noted = collections.occurrences.updateOne(still, { $max: { cursor } }, { writeConcern });
    return (await available(noted)).matchedCount === 1;
  };
  /** The hint goes no further than what is written without a gap. */
  const noted = async (before: Promise<boolean>, rows: DeliveryDoc[], cursor: string): Promise<boolean> => {
    await Promise.all([before, insert(rows)]);
    crashPoint('campaign-in-planning');
    const goesOn = await note(cursor, RELAXED);
    if (!goesOn) await takeBack(rows);
    return goesOn;
  };
  return {
    /** Resolves when the batch before this one is written: with false when none is to be written any more. */
    put: async (rows: DeliveryDoc[], cursor: string): Promise<boolean> => {
      const before = writing;
      writing = noted(before, rows, cursor);
      writing.catch(() => undefined); // thrown to whoever waits for it
      return before;
    },
    /** Whoever goes on sees how far this one came. */
    done: async (cursor: string): Promise<boolean> => (await writing) && note(cursor, DURABLE),
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
    if (!(await put(await rowsFor(batch), last))) break;
    batch = await reading;
    if (batch.length > 0 && !more()) break;
  }
  return (await done(last)) && batch.length === 0;
};
