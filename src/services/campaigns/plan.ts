import type { CampaignDay } from '../../domain/campaign/days.ts';
import type { LastTry } from '../../domain/campaign/ways.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { available } from '../../store/errors.ts';
import { declarers } from './declarers.ts';
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
import { rowsOf, writtenOnce } from './rows.ts';

/** A hint only: what a crash forgets is planned twice, and written once. */
const RELAXED = { w: 1, j: false } as const;

const READ = { ways: 1, phoneIndex: 1 } as const;

const next = ({ collections }: CampaignParts, campaign: string, cursor: string): Promise<AudienceDoc[]> =>
  available(
    collections.audience
      .find(recipientsAfter(campaign, cursor), { projection: READ })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray(),
  );

/**
 * What came of an earlier day's messages, by recipient, where they were not reached or not on the first way. Ids of rows
 * and of recipients have one order: the rows of a batch lie beside each other.
 */
const triesOn = async (
  { collections }: CampaignParts,
  campaign: string,
  day: string | undefined,
  batch: readonly AudienceDoc[],
): Promise<ReadonlyMap<string, LastTry>> => {
  if (day === undefined) return new Map();
  const id = (one: AudienceDoc | undefined) => rowId(campaign, day, recipientOf(one?._id ?? ''));
  const theirs = { _id: { $gte: id(batch[0]), $lte: id(batch.at(-1)) } };
  const told = { $or: [{ state: { $ne: 'sent' as const } }, { way: { $gt: 0 } }] };
  const options = { projection: { state: 1, way: 1 } } as const;
  const rows = await available(collections.deliveries.find({ ...theirs, ...told }, options).toArray());
  return new Map(
    rows.map(({ _id, state, way = 0 }) => [
      _id.slice(campaign.length + day.length + 2),
      { way, reached: state === 'sent' },
    ]),
  );
};

/** The last day before this one on which anything was sent. */
const dayBefore = async (
  { collections }: CampaignParts,
  { doc, days }: Campaign,
  day: string,
): Promise<string | undefined> => {
  const ids = days.filter((one) => one.day < day).map((one) => occurrenceId(doc._id, one.day));
  const begun = { _id: { $in: ids }, state: { $ne: 'missed' as const } };
  const last = await available(collections.occurrences.findOne(begun, { sort: { _id: -1 } }));
  return last?._id.slice(doc._id.length + 1);
};

/** Rows that are being written while the next ones are made: one batch on its way, and the one behind it. */
const writer = ({ collections }: CampaignParts, _id: string) => {
  let writing: Promise<void> = Promise.resolve();
  const insert = async (rows: DeliveryDoc[]): Promise<void> => {
    if (rows.length > 0)
      await writtenOnce(available(collections.deliveries.insertMany(rows, { ordered: false })));
  };
  /** The hint goes no further than what is written without a gap. */
  const noted = async (written: readonly Promise<void>[], cursor: string): Promise<void> => {
    await Promise.all(written);
    const hint = { $max: { cursor } };
    await available(collections.occurrences.updateOne({ _id }, hint, { writeConcern: RELAXED }));
  };
  return {
    /** Resolves when the batch before this one is written. */
    put: async (rows: DeliveryDoc[], cursor: string): Promise<void> => {
      const before = writing;
      writing = noted([before, insert(rows)], cursor);
      writing.catch(() => undefined); // thrown to whoever waits for it
      await before;
    },
    done: (): Promise<void> => writing,
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
  let batch = await next(parts, id, cursor);
  while (batch.length > 0) {
    const last = recipientOf(batch.at(-1)?._id ?? '');
    const reading = next(parts, id, last); // read on while these are made
    reading.catch(() => undefined); // waited for below
    await put(await rowsFor(batch), last);
    batch = await reading;
    if (batch.length > 0 && !more()) break;
  }
  await done();
  return batch.length === 0;
};
