/**
 * The process that plans: the build, as it is deployed, and nothing else is in its memory (no compiler, as the other
 * measurements have). A message names a day; the answer is its time and memory.
 */
import { pathToFileURL } from 'node:url';

/**
 * @template T
 * @param {string} file
 * @returns {Promise<T>}
 */
const built = (file) => import(new URL(file, pathToFileURL(`${process.argv[2]}/`)).href);

/** @type {typeof import('../../src/services/campaigns/plan.ts')} */
const { planDay } = await built('services/campaigns/plan.js');
/** @type {typeof import('../../src/store/connect.ts')} */
const { connect } = await built('store/connect.js');

const database = await connect(process.argv[3] ?? '');
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

/** @param {import('./plan.ts').ToPlan} asked */
const planOne = async ({ plan, days, n }) => {
  const [doc, day] = [await database.collections.campaigns.findOne(), days[n]];
  if (doc === null || day === undefined) throw new Error('there is no such day of a campaign');
  const began = performance.now();
  await planDay(parts, { doc, plan, days }, day, day.dueAt, () => true);
  process.send?.({ ms: performance.now() - began, rss });
};

process.on('message', planOne);
process.once('disconnect', async () => {
  clearInterval(look);
  await database.close();
});
process.send?.(process.memoryUsage().rss);
