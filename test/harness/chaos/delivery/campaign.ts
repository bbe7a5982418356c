import type { Store } from '../../../../src/app/store.ts';
import type { CampaignPlan } from '../../../../src/domain/campaign/campaign.ts';
import { campaignDay } from '../../../../src/domain/campaign/days.ts';
import { dayOf } from '../../../../src/domain/day.ts';
import { sealPlan } from '../../../../src/services/campaigns/record.ts';
import { rowsOf } from '../../../../src/services/campaigns/rows.ts';
import type { CampaignDoc } from '../../../../src/store/campaigns.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import type { Reader } from './people.ts';
import { signed } from './sign.ts';

const PLAN = {
  accented: false,
  audience: { kind: 'all' },
  channels: ['telegram', 'second'],
  days: 1,
  opens: 7 * 60,
  closes: 22 * 60,
} as const;
const KEPT = 86_400_000;

/** A campaign that is being sent, as the real one stands in the database, with these readers for its audience. */
export const openCampaign = async (store: Store, name: string, readers: readonly Reader[], now: number) => {
  const [at, day, deleteAt] = [new Date(now), dayOf(now), new Date(now + KEPT)];
  const plan: CampaignPlan = { ...PLAN, text: `Sở Y tế mời anh/chị khai báo ${signed(name)}` };
  const doc: CampaignDoc = {
    _id: name,
    state: 'running',
    rev: 1,
    author: 'staff-0',
    at,
    first: day,
    frozenAt: at,
    closedAt: at, // no tick plans it beside those who do
    history: [],
    sealed: sealPlan(store, name, plan),
    deleteAt,
  };
  const audience = readers.map(({ chat, bot }) => ({
    _id: `${name}|${chat}`,
    ways: { [chat]: { channel: bot } },
    deleteAt,
  }));
  const { campaigns, audience: recipients } = store.database.collections;
  await campaigns.insertOne(doc);
  if (audience.length > 0) await recipients.insertMany(audience);
  const make = rowsOf({ doc, plan, days: [] }, campaignDay(plan, day), now);
  const of = new Map(audience.map((recipient, n) => [readers[n]?.chat, recipient]));
  /** The row of the day for one of them; made anew each time, as each planner does. */
  return (chat: string): DeliveryDoc | undefined => {
    const recipient = of.get(chat);
    return recipient && make(recipient, undefined)[0];
  };
};
