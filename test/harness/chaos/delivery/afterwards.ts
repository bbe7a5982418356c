import type { Store } from '../../../../src/app/store.ts';
import { openRow } from '../../../../src/delivery/outboxRow.ts';
import { DAY_MS } from '../../../../src/domain/day.ts';
import { recipientOf, recipientsAfter } from '../../../../src/services/campaigns/parts.ts';
import type { CampaignDoc } from '../../../../src/store/campaigns.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import type { Approved, Broadcast, BroadcastRow, Notice } from './broadcast.ts';
import type { Moment } from './look.ts';
import { OFFICERS } from './officers.ts';

/** The last thing that happens to the campaigns, so that whoever reads their history knows its end. */
const LAST = 'the end of the run';

/** How often each campaign was closed, from the database's own log. */
const closingsSince = async ({ database }: Store, from: Moment): Promise<ReadonlyMap<string, number>> => {
  const { campaigns } = database.collections;
  await campaigns.insertOne({ _id: LAST, state: 'draft' } as CampaignDoc);
  const stream = campaigns.watch([], { ...(from && { startAtOperationTime: from }) });
  const closings = new Map<string, number>();
  for await (const change of stream) {
    if (change.operationType === 'insert' && change.fullDocument._id === LAST) break;
    if (change.operationType !== 'update') continue;
    const { closedAt } = change.updateDescription.updatedFields ?? {};
    const id = String(change.documentKey._id);
    if (closedAt !== undefined) closings.set(id, (closings.get(id) ?? 0) + 1);
  }
  await stream.close();
  return closings;
};

const noticeOf = async ({ sealer }: Store, row: DeliveryDoc): Promise<Notice> => {
  const { notes } = await openRow(sealer, row);
  const result = notes.find(({ key }) => key === 'campaign.result')?.values;
  const counts =
    result &&
    Object.entries(result).map(([name, value]) => [name, (value as { count: number }).count] as const);
  const notice = { what: `${row.purpose} ${row.about}`, staff: row.staff ?? '' };
  return counts === undefined ? notice : { ...notice, counts: Object.fromEntries(counts) };
};

/** What stands in the database of one campaign. */
const seenOf = async (
  store: Store,
  approved: Approved,
  closings: ReadonlyMap<string, number>,
): Promise<Broadcast> => {
  const { id } = approved;
  const { campaigns, audience, occurrences, deliveries } = store.database.collections;
  const of = { about: { $gt: `${id}|`, $lt: `${id}}` } };
  const projection = { about: 1, chat: 1, state: 1, fault: 1, readyAt: 1 } as const;
  const doc = await campaigns.findOne({ _id: id });
  const [people, days, rows, told] = await Promise.all([
    audience.find(recipientsAfter(id)).toArray(),
    occurrences.find({ campaign: id }).toArray(),
    deliveries
      .find({ ...of, purpose: 'campaign' })
      .project<BroadcastRow>(projection)
      .toArray(),
    deliveries.find({ ...of, purpose: { $in: ['campaignBegun', 'campaignNews'] } }).toArray(),
  ]);
  return {
    ...approved,
    state: doc?.state ?? 'draft',
    frozen: doc?.frozenAt !== undefined,
    total: doc?.total ?? 0,
    closed: closings.get(id) ?? 0,
    audience: people.map(({ _id, ways, outcome }) => ({
      id: recipientOf(_id),
      chats: Object.keys(ways).sort(),
      outcome,
    })),
    occurrences: days.map(({ _id, state, figures }) => ({ day: recipientOf(_id), state, figures })),
    rows,
    notices: await Promise.all(told.map((row) => noticeOf(store, row))),
  };
};

/** All campaigns that were approved, as they stand when everything is over. */
export const broadcastsSince = async (
  store: Store,
  approved: readonly Approved[],
  from: Moment,
): Promise<readonly Broadcast[]> => {
  const closings = await closingsSince(store, from);
  return Promise.all(approved.map((each) => seenOf(store, each, closings)));
};

/** Of how many that are not over the rows of a day ('YYYY-MM-DD') are not all there yet, or nobody was told of it. */
export const unbegunOn = async (
  { database }: Store,
  approved: readonly Approved[],
  day: string,
): Promise<number> => {
  const { campaigns, occurrences } = database.collections;
  const today = approved.filter(({ days }) => days.includes(day)).map(({ id }) => id);
  const over = { _id: { $in: today }, state: { $in: ['ended' as const, 'stopped' as const] } };
  const begun = { _id: { $in: today.map((id) => `${id}|${day}`) }, told: true };
  const docs = await campaigns.find(over).toArray();
  const days = await occurrences.find(begun).toArray();
  const done = new Set([...docs.map(({ _id }) => _id), ...days.map(({ campaign }) => campaign)]);
  return today.length - done.size;
};

export const isClosed = async ({ database }: Store, id: string): Promise<boolean> =>
  (await database.collections.campaigns.countDocuments({ _id: id, closedAt: { $exists: true } })) > 0;

/** How many campaigns are still to be closed. */
export const openBroadcasts = ({ database }: Store): Promise<number> =>
  database.collections.campaigns.countDocuments({ closedAt: { $exists: false }, _id: { $ne: LAST } });

/** Rows of those that no tick and nobody else makes for the staff. */
export const forCitizens = { staff: { $nin: [...OFFICERS] } };

/** How many of them wait, but for those a pause puts off for good. */
export const waitingRows = ({ database }: Store, now: number): Promise<number> =>
  database.collections.deliveries.countDocuments({
    ...forCitizens,
    state: 'ready',
    readyAt: { $lt: new Date(now + DAY_MS) },
  });
