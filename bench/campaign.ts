/**
 * What a campaign costs: making the rows of five days for half a million recipients, beside a bare `insertMany` of the
 * very same documents into a collection with the same indexes, day by day in the same run; the memory of the process
 * that plans; how near sending comes to what a channel allows, from two outboxes at once; and how long an alert that is
 * raised meanwhile takes over the same channel, from its commit to the call.
 *
 *     npm run bench -- campaign --recipients 480000
 *
 * The recipients are an imported list: rows with a sealed address of their own, the largest there are.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { campaignDays } from '../src/domain/campaign/days.ts';
import { createBlindIndex } from '../src/security/blind-index.ts';
import { DataKeys } from '../src/security/data-keys.ts';
import { generateKeyRing } from '../src/security/key-ring.ts';
import { Sealer } from '../src/security/sealer.ts';
import { addList } from '../src/services/campaigns/list.ts';
import type { CampaignParts } from '../src/services/campaigns/parts.ts';
import { sealPlan } from '../src/services/campaigns/record.ts';
import { connect, type Database } from '../src/store/connect.ts';
import { keyStore } from '../src/store/keys.ts';
import { createIndexes, prepare } from '../src/store/prepare.ts';
import { projectRoot } from '../src/store/root.ts';
import { privateMongod } from '../test/harness/mongo.ts';
import { FIRST, ID, PLAN, type Planned, type ToPlan } from './campaign/plan.ts';
import { sending } from './campaign/sending.ts';

const { values: given } = parseArgs({
  options: {
    recipients: { type: 'string', default: '20000' },
    limit: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '20' },
  },
});
const RECIPIENTS = Number(given.recipients);
const BATCH = 1_000;

const partsOf = (database: Database, sealer: CampaignParts['sealer'], index: CampaignParts['index']) => ({
  collections: database.collections,
  sealer,
  index,
  areaOf: (code: string) => code,
  home: '12',
});

const ask = async (child: ChildProcess, wanted: ToPlan): Promise<Planned> => {
  const answer = once(child, 'message');
  child.send(wanted);
  return (await answer)[0] as Planned;
};

/** Nothing of it is to be deleted while it is measured. */
const FAR = new Date('2036-01-01');

const begin = async (parts: CampaignParts): Promise<void> => {
  const phones = Array.from({ length: RECIPIENTS }, (_, n) => `+849${String(n).padStart(8, '0')}`);
  await addList(parts, ID, phones, Date.parse('2026-11-23'));
  const at = new Date('2026-11-23T09:00:00+07:00');
  const sealed = sealPlan(parts, ID, PLAN);
  const more = { rev: 1, author: 'a', at, first: FIRST, frozenAt: at, total: RECIPIENTS, history: [] };
  await parts.collections.campaigns.insertOne({
    _id: ID,
    state: 'running',
    sealed,
    deleteAt: FAR,
    ...more,
  });
  for (const { day, dueAt, notAfter, endsAt } of campaignDays(PLAN, FIRST))
    await parts.collections.occurrences.insertOne({
      _id: `${ID}|${day}`,
      campaign: ID,
      state: 'planning',
      dueAt: new Date(dueAt),
      notAfter: new Date(notAfter),
      endsAt: new Date(endsAt),
      deleteAt: FAR,
    });
};

/** The same documents once more, as fast as they can be inserted; what reads them is not counted. ms */
const bare = async (
  from: CampaignParts,
  into: Pick<Database, 'collections'>,
  day: string,
): Promise<number> => {
  let ms = 0;
  const cursor = from.collections.deliveries.find({ about: `${ID}|${day}` }, { batchSize: BATCH });
  for (let docs = []; ; docs = []) {
    while (docs.length < BATCH && (await cursor.hasNext())) docs.push(await cursor.next());
    const all = docs.filter((doc) => doc !== null);
    if (all.length === 0) return ms;
    const began = performance.now();
    await into.collections.deliveries.insertMany(all, { ordered: false });
    ms += performance.now() - began;
  }
};

/** As a day ends: nearly all were sent, some were not. The first one is left for sending. */
const endOf = async ({ collections }: CampaignParts, day: string): Promise<void> => {
  if (day === FIRST) return;
  const about = { about: `${ID}|${day}`, purpose: 'campaign', _id: { $not: /[A-D]$/ } };
  await collections.deliveries.updateMany(about, { $set: { state: 'sent' } });
};

const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const perSecond = (ms: number): string => ((RECIPIENTS * 1_000) / ms).toFixed(0).padStart(7);

const planning = async (uri: string, parts: CampaignParts, database: Database): Promise<void> => {
  const beside = database.sibling(`${database.connection.name}_bare`);
  await createIndexes(beside);
  const built = join(projectRoot(), 'dist', 'src');
  const planner = join(projectRoot(), 'bench', 'campaign', 'planner.mjs');
  const child = fork(planner, [built, uri], { execArgv: [] }); // not the compiler this process has
  const [before] = await once(child, 'message');
  const sum = { plan: 0, bare: 0, rss: 0 };
  const days = campaignDays(PLAN, FIRST);
  for (const [n, { day }] of days.entries()) {
    const { ms, rss } = await ask(child, { plan: PLAN, days, n });
    const other = await bare(parts, beside, day);
    await endOf(parts, day);
    sum.plan += ms;
    sum.bare += other;
    sum.rss = Math.max(sum.rss, rss);
    const share = ((other * 100) / ms).toFixed(0);
    console.log(
      `day ${n + 1}: planned ${perSecond(ms)} rows/s, bare insertMany ${perSecond(other)} rows/s: ${share} %`,
    );
  }
  child.disconnect();
  await once(child, 'exit');
  const rows = await parts.collections.deliveries.countDocuments({ purpose: 'campaign' });
  const [stats] = await parts.collections.deliveries
    .aggregate([{ $collStats: { storageStats: {} } }])
    .toArray();
  await beside.connection.dropDatabase();
  const { size, count } = (stats as { storageStats: { size: number; count: number } }).storageStats;
  console.log(
    `${rows} rows in ${(sum.plan / 1_000).toFixed(0)} s: ${((sum.bare * 100) / sum.plan).toFixed(0)} % of a bare insertMany; ` +
      `${(size / count).toFixed(0)} bytes a row; the planner took ${mb(sum.rss)} MB at most, ${mb(before)} before the first row`,
  );
};

const measure = async (): Promise<void> => {
  const own = process.env.MONGODB_URI === undefined ? await privateMongod() : undefined;
  const address = new URL(own?.uri ?? process.env.MONGODB_URI ?? '');
  address.pathname = `/bench_${randomUUID().replaceAll('-', '')}`;
  await prepare(address.toString());
  const database = await connect(address.toString(), { patient: true }); // days are ended in one command
  try {
    const ring = generateKeyRing();
    const sealer = new Sealer(await DataKeys.open(ring, keyStore(database.collections.keys)));
    const parts = partsOf(database, sealer, createBlindIndex(ring));
    const began = performance.now();
    await begin(parts);
    console.log(
      `${RECIPIENTS} recipients listed and sealed: ${perSecond(performance.now() - began)} a second`,
    );
    await planning(address.toString(), parts, database);
    const [limit, seconds] = [Number(given.limit), Number(given.seconds)];
    await sending(parts, sealer, { recipients: RECIPIENTS, limit, seconds });
  } finally {
    await database.connection.dropDatabase();
    await database.close();
    await own?.stop();
  }
};

await measure();
