/** The process that plans: nothing else is in its memory. A message names a day; the answer is its time and memory. */
import { campaignDays } from '../../src/domain/campaign/days.ts';
import { planDay } from '../../src/services/campaigns/plan.ts';
import type { Campaign } from '../../src/services/campaigns/record.ts';
import { connect } from '../../src/store/connect.ts';
import { FIRST, ID, PLAN } from './plan.ts';

const database = await connect(process.argv[2] ?? '');
const doc = await database.collections.campaigns.findOne({ _id: ID });
if (doc === null) throw new Error('there is no campaign');
const campaign: Campaign = { doc, plan: PLAN, days: campaignDays(PLAN, FIRST) };
const nothing = () => {
  throw new Error('planning opens and seals nothing');
};
const parts = {
  collections: database.collections,
  sealer: { seal: nothing, open: nothing },
  index: nothing,
  areaOf: nothing,
  home: '12',
};
let rss = 0;
const look = setInterval(() => {
  rss = Math.max(rss, process.memoryUsage().rss);
}, 50);
process.on('message', async (n: number) => {
  const day = campaign.days[n];
  if (day === undefined) {
    clearInterval(look);
    await database.close();
    return process.disconnect();
  }
  const began = performance.now();
  await planDay(parts, campaign, day, day.dueAt, () => true);
  process.send?.({ ms: performance.now() - began, rss });
});
process.send?.(process.memoryUsage().rss);
