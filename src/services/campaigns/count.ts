import type { CampaignPlan } from '../../domain/campaign/campaign.ts';
import type { Counted } from '../../domain/campaign/estimate.ts';
import { available } from '../../store/errors.ts';
import { BATCH, type CampaignParts, type More, recipientsAfter } from './parts.ts';
import { READ, type ReadConversation, recipientsIn, wanted } from './recipients.ts';
import { waysOf } from './rows.ts';

/** What was found of the recipients in the conversations that were looked at. */
interface Found {
  readonly ids: Set<string>;
  readonly channels: Map<string, number>;
  noChannel: number;
  looked: number;
}

const note = (found: Found, plan: CampaignPlan, id: string, ways: Parameters<typeof waysOf>[0]): void => {
  if (found.ids.has(id)) return;
  found.ids.add(id);
  const [way] = waysOf(ways, plan.channels);
  if (way === undefined) found.noChannel += 1;
  else found.channels.set(way.channel, (found.channels.get(way.channel) ?? 0) + 1);
};

/** Counts as far as there is time; ids of conversations are random, so the part that was seen is like the rest. */
const look = async (parts: CampaignParts, plan: CampaignPlan, now: number, more: More) => {
  const found: Found = { ids: new Set(), channels: new Map(), noChannel: 0, looked: 0 };
  const { conversations } = parts.collections;
  for (let cursor = ''; ; ) {
    const after = conversations.find({ _id: { $gt: cursor } }, { projection: READ });
    const docs: ReadConversation[] = await available(after.sort({ _id: 1 }).limit(BATCH).toArray());
    for (const each of await recipientsIn(parts, plan, docs, now))
      if (wanted(plan, each)) note(found, plan, each.id, each);
    found.looked += docs.length;
    cursor = docs.at(-1)?._id ?? cursor;
    if (docs.length < BATCH) return { found, all: true };
    if (!more()) return { found, all: false };
  }
};

const scaled = ({ ids, channels, noChannel, looked }: Found, all: number): Counted => {
  const times = (count: number): number => Math.round((count * all) / looked);
  const each = [...channels].map(([name, count]) => [name, times(count)] as const);
  return {
    total: times(ids.size),
    channels: Object.fromEntries(each),
    noChannel: times(noChannel),
    exact: false,
  };
};

const exactly = ({ ids, channels, noChannel }: Found): Counted => ({
  total: ids.size,
  channels: Object.fromEntries(channels),
  noChannel,
  exact: true,
});

/** People of an imported list; those of them with a chat are found when the list is fixed. */
const countList = async (parts: CampaignParts, plan: CampaignPlan, id: string): Promise<Counted> => {
  const { audience } = parts.collections;
  const all = audience.countDocuments(recipientsAfter(id));
  const known = plan.audience.kind === 'list' ? plan.audience.total : undefined;
  const total = known ?? (await available(all, Number.POSITIVE_INFINITY));
  return { total, channels: plan.channels.includes('sms') ? { sms: total } : {}, noChannel: 0, exact: true };
};

/** How many a campaign would reach now, and over which channels. Beyond the time there is, it is extrapolated. */
export const countAudience = async (
  parts: CampaignParts,
  plan: CampaignPlan,
  { id = '', now, more }: { readonly id?: string; readonly now: number; readonly more: More },
): Promise<Counted> => {
  if (plan.audience.kind === 'list') return countList(parts, plan, id);
  const { found, all } = await look(parts, plan, now, more);
  if (all) return exactly(found);
  return scaled(found, await available(parts.collections.conversations.estimatedDocumentCount()));
};
