import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createBudget } from '../../src/delivery/budgets.ts';
import { type ChannelLimits, floorOf } from '../../src/delivery/limits.ts';
import { createReplyBudget, type ReplyBudget } from '../../src/delivery/replyBudget.ts';
import { until } from '../services/converse/toy.ts';
import { type OpenStore, openStore } from '../store/open-store.ts';

let store: OpenStore;
let open: ReplyBudget[] = [];
beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  await buckets().deleteMany({});
});
afterEach(async () => {
  await Promise.all(open.map((each) => each.stop()));
  open = [];
});
afterAll(() => store.close());

const buckets = () => store.database.collections.budgets;
/** Fills in 100 s: what a test sees does not depend on how quick the machine is. */
const SLOW: ChannelLimits = { account: { perSecond: 0.3, burst: 30 } };
const limits = { bot: SLOW };

/** One process's view. */
const party = () => {
  const budget = createBudget({ collection: buckets(), limits, channelOf: async () => 'bot' });
  const replies = createReplyBudget({ collection: buckets(), budget, limits });
  open.push(replies);
  return { budget, replies };
};
/** A bucket that was new when the platform refused has nothing. */
const refill = () => buckets().updateOne({ _id: 'bot' }, { $set: { tokens: SLOW.account.burst } });
const tokens = async () => (await buckets().findOne({ _id: 'bot' }))?.tokens;
const admitted = async ({ budget }: ReturnType<typeof party>, lane: 'alert' | 'campaign') =>
  (await budget.admit({ lane, chat: `c${Math.random()}`, cost: 1 })) === 0;

test('replies leave at once and are charged together: a campaign makes room, alerts keep their share', async () => {
  const { replies, budget } = party();
  for (let n = 0; n < 500; n += 1) {
    expect(await replies.admit('bot')).toBe(0);
    replies.sent('bot');
  }
  await until(async () => ((await tokens()) ?? 99) < 10);
  // Not below the floor of replies: what stays is for alerts.
  expect(await tokens()).toBeGreaterThanOrEqual(floorOf('reply', SLOW.account));
  const other = party();
  expect(await admitted(other, 'campaign')).toBe(false);
  expect(await admitted(other, 'alert')).toBe(true);
  expect(budget).toBeDefined();
});

test('a platform that wants nothing of anybody stops the replies of every process within some rounds, and no longer', async () => {
  const [one, two] = [party(), party()];
  two.replies.sent('bot');
  await one.replies.refused('bot', 'a', 5);
  await one.replies.refused('bot', 'b', 5);
  const began = performance.now();
  await until(async () => (await two.replies.admit('bot')) > 0);
  expect(performance.now() - began).toBeLessThan(4_000); // ten rounds are a second; a busy machine takes longer for them
  expect(await two.replies.admit('bot')).toBeLessThanOrEqual(5_000);
  await refill();
  await until(async () => (await two.replies.admit('bot')) === 0 && (await one.replies.admit('bot')) === 0);
});

test('after such a pause replies of every process wait for their tokens, and alerts find theirs', async () => {
  const [one, two] = [party(), party()];
  two.replies.sent('bot');
  for (const chat of ['a', 'b']) await one.replies.refused('bot', chat, 1);
  await until(async () => (await two.replies.admit('bot')) > 0);
  await refill();
  let left = 0;
  // The pause is over at some time; then there are tokens down to the floor of replies, and no more.
  await until(async () => {
    if ((await two.replies.admit('bot')) === 0) left += 1;
    return left > 0 && (await two.replies.admit('bot')) > 1_000;
  });
  expect(left).toBeLessThanOrEqual(SLOW.account.burst - floorOf('reply', SLOW.account) + 1);
  expect(await admitted(one, 'alert')).toBe(true);
});

test('one chat that is refused stops nobody else’s replies', async () => {
  const [one, two] = [party(), party()];
  two.replies.sent('bot');
  for (let n = 0; n < 3; n += 1) await one.replies.refused('bot', 'loud', 60);
  two.replies.sent('bot');
  await until(async () => ((await buckets().findOne({ _id: 'bot' }))?.by ?? '') !== '');
  expect(await two.replies.admit('bot')).toBe(0);
});

test('a process that has stopped writes nothing more', async () => {
  const { replies } = party();
  replies.sent('bot');
  await until(async () => (await tokens()) !== undefined);
  await replies.stop();
  await buckets().deleteMany({});
  await new Promise((resolve) => setTimeout(resolve, 300)); // three rounds
  expect(await buckets().countDocuments()).toBe(0);
});

test('a channel without a known limit is not charged', async () => {
  const { replies } = party();
  replies.sent('page');
  await replies.stop();
  expect(await buckets().countDocuments()).toBe(0);
});
