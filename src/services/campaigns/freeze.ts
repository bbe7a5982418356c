import type { mongo } from 'mongoose';
import { DAY_MS } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { crashPoint } from '../../store/crash-point.ts';
import { available } from '../../store/errors.ts';
import { COMPLETE, noteFreezing, takeBack } from './freezing.ts';
import { keptList } from './keptList.ts';
import { addList } from './list.ts';
import { BATCH, type CampaignParts, type More, recipientOf, recipientsAfter } from './parts.ts';
import { READ, type ReadConversation, type Recipient, recipientsIn, wanted } from './recipients.ts';
import type { Campaign } from './record.ts';
import { writtenOnce } from './rows.ts';

type Write = mongo.AnyBulkWriteOperation<AudienceDoc>;

/** As long as what it is made from. */
export const forgetAt = (now: number): Date => new Date(now + RETENTION_DAYS * DAY_MS);

/** Two conversations of one person are two ways to one recipient. Written twice it is the same. */
const added = (campaign: string, { id, ways, phoneIndex, facts }: Recipient, now: number): Write => {
  const { area } = facts;
  const set = Object.entries(ways).map(([chat, way]) => [`ways.${chat}`, way] as const);
  const first = {
    ...(area === undefined ? {} : { area }),
    ...(phoneIndex === undefined ? {} : { phoneIndex }),
    deleteAt: forgetAt(now),
  };
  const change = { $set: Object.fromEntries(set), $setOnInsert: first };
  return { updateOne: { filter: { _id: `${campaign}|${id}` }, update: change, upsert: true } };
};

/** Returns the ids of those who were not there before. */
const write = async (
  { collections }: CampaignParts,
  operations: readonly Write[],
): Promise<readonly string[]> => {
  if (operations.length === 0) return [];
  let fresh: readonly string[] = [];
  const writing = available(collections.audience.bulkWrite([...operations], { ordered: false }));
  // An upsert that another process was quicker with wrote the very same.
  await writtenOnce(
    writing.then(({ upsertedIds }) => {
      fresh = Object.values(upsertedIds).map(String);
    }),
  );
  return fresh;
};

type Found = { readonly last: string; readonly full: boolean; readonly fresh: readonly string[] };

/** Those of the next conversations the campaign is for. */
const fromChats = async (
  parts: CampaignParts,
  { doc, plan }: Campaign,
  cursor: string,
  now: number,
): Promise<Found> => {
  const { batch = BATCH } = parts;
  const after = { _id: { $gt: cursor } };
  const docs: ReadConversation[] = await available(
    parts.collections.conversations.find(after, { projection: READ }).sort({ _id: 1 }).limit(batch).toArray(),
  );
  const found = await recipientsIn(parts, plan, docs, now);
  const fresh = await write(
    parts,
    found.filter((each) => wanted(plan, each)).map((each) => added(doc._id, each, now)),
  );
  return { last: docs.at(-1)?._id ?? cursor, full: docs.length === batch, fresh };
};

/** Chats of the next people of an imported list: whoever has one is written to there. */
const fromList = async (
  parts: CampaignParts,
  { doc, plan }: Campaign,
  cursor: string,
  now: number,
): Promise<Found> => {
  const { batch = BATCH } = parts;
  const { audience, people, conversations } = parts.collections;
  const docs = await available(
    audience.find(recipientsAfter(doc._id, cursor)).sort({ _id: 1 }).limit(batch).toArray(),
  );
  const numbers = new Set(docs.map(({ _id }) => recipientOf(_id)));
  const owners = await available(people.find({ phoneIndex: { $in: [...numbers] } }).toArray());
  const chats = { _id: { $in: owners.flatMap((owner) => owner.chats) } };
  const own: ReadConversation[] = await available(conversations.find(chats, { projection: READ }).toArray());
  const talks = { _id: { $in: own.flatMap(({ talk }) => (talk === undefined ? [] : [talk])) } };
  const shared: ReadConversation[] = await available(
    conversations.find(talks, { projection: READ }).toArray(),
  );
  const found = await recipientsIn(parts, plan, [...own, ...shared], now);
  const listed = found.filter(({ phoneIndex = '' }) => numbers.has(phoneIndex));
  const fresh = await write(
    parts,
    listed.map((each) => added(doc._id, each, now)),
  );
  return { last: recipientOf(docs.at(-1)?._id ?? `|${cursor}`), full: docs.length === batch, fresh };
};

/** The numbers that came in by a chat become recipients. Written twice they are the same. */
const addKept = async (parts: CampaignParts, { doc, plan }: Campaign, now: number): Promise<void> => {
  const { lists = [] } = plan.audience.kind === 'list' ? plan.audience : {};
  for (const id of lists) await addList(parts, doc._id, (await keptList(parts, id))?.phones ?? [], now);
};

/**
 * Writes down whom a campaign is for, in steps; true when all are. Any number of processes may do it at once, and again
 * from any point: the ids are the recipients'. Nobody who comes behind the cursor is added any more.
 */
export const freezeAudience = async (
  parts: CampaignParts,
  campaign: Campaign,
  occurrence: string,
  now: number,
  more: More,
): Promise<boolean> => {
  const { occurrences } = parts.collections;
  const step = campaign.plan.audience.kind === 'list' ? fromList : fromChats;
  let cursor = (await available(occurrences.findOne({ _id: occurrence })))?.freezing ?? '';
  if (cursor === COMPLETE) return true;
  if (cursor === '') await addKept(parts, campaign, now);
  do {
    const { last, full, fresh } = await step(parts, campaign, cursor, now);
    crashPoint('campaign-in-freeze');
    cursor = last;
    if (!(await noteFreezing(parts, occurrence, full ? cursor : COMPLETE))) {
      await takeBack(parts, campaign, fresh);
      return false;
    }
    if (!full) return true;
  } while (more());
  return false;
};
