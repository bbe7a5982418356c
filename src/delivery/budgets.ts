import type { mongo } from 'mongoose';
import type { BudgetDoc } from '../store/budgets.ts';
import type { DeliveryDoc, Lane } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import { AccountBudget } from './accountBudget.ts';
import { pause } from './bucket.ts';
import { ChatBudgets } from './chatBudgets.ts';
import { type ChannelLimits, LIMITS } from './limits.ts';

/** What the outbox asks before it sends, and tells when a platform wants less. */
export interface Budget {
  /** 0 when the row may be sent now; else ms after which it is worth asking again. */
  admit(row: Budgeted): Promise<number>;
  /** A platform refused a row for so many seconds: everybody waits. */
  throttled(row: Budgeted, seconds?: number): Promise<void>;
}

/** The same for what is no row. */
export interface ReplyLane {
  /** Of a conversation's reply, by its account alone: what one chat may is its channel's matter. */
  admitReply(channel: string): Promise<number>;
}

type Budgeted = Pick<DeliveryDoc, 'chat' | 'to' | 'lane' | 'cost'>;

export interface BudgetParts {
  readonly collection: mongo.Collection<BudgetDoc>;
  /** The channel a message to a chat will go over; undefined when it cannot be told. */
  readonly channelOf: (chat: string) => Promise<string | undefined>;
  /** Whether it goes to a group there; where it is not given, nothing does. */
  readonly groupAt?: (chat: string) => Promise<boolean>;
  readonly limits?: Readonly<Record<string, ChannelLimits>>;
}

/** A row waits for its turn so long (ms) before it is put back; an alert is better put back and looked at again. */
const PATIENCE: Readonly<Record<Lane, number>> = {
  alert: 1_000,
  reply: 3_000,
  reminder: 8_000,
  campaign: 8_000,
};
/** Where a platform refuses and does not say for how long (s). */
const UNSAID = 5;
/** One chat's pause may be hours; for the others it is no longer than this (s), then the next refusal tells more. */
const MOST_FOR_OTHERS = 60;

interface Buckets {
  readonly account: AccountBudget;
  readonly chats?: ChatBudgets;
  readonly groups?: ChatBudgets;
}

/** The budgets of all channels, shared by all processes through the database. */
export const createBudget = (parts: BudgetParts): Budget & ReplyLane => {
  const { collection, channelOf, groupAt = async () => false, limits = LIMITS } = parts;
  const buckets = new Map<string, Buckets>();
  const open = (channel: string, { account, chat, group }: ChannelLimits): Buckets => ({
    account: new AccountBudget(collection, channel, account),
    ...(chat && { chats: new ChatBudgets(collection, chat) }),
    ...(group && { groups: new ChatBudgets(collection, group) }),
  });
  const opened = (channel: string): Buckets | undefined => {
    const limit = limits[channel];
    const found = buckets.get(channel) ?? (limit && open(channel, limit));
    if (found !== undefined) buckets.set(channel, found);
    return found;
  };
  /** A row with an address of its own is for somebody's number, not for a group. */
  const chatsFor = async ({ chats, groups }: Buckets, { chat, to }: Budgeted) =>
    groups !== undefined && to === undefined && (await groupAt(chat)) ? groups : chats;
  const bucketsOf = async ({ chat, to }: Budgeted) => {
    const channel = to?.channel ?? (await channelOf(chat));
    const found = channel === undefined ? undefined : opened(channel);
    return channel === undefined || found === undefined ? undefined : { channel, ...found };
  };
  const idOf = (channel: string, chat: string): string => `${channel}|${chat}`;
  const stop = (_id: string, chat: string, seconds: number) =>
    available(collection.updateOne({ _id }, pause(chat, seconds * 1_000), { upsert: true }));
  return {
    admit: async (row) => {
      const { chat, lane, cost = 1 } = row;
      const found = await bucketsOf(row);
      if (found === undefined) return 0;
      const chats = await chatsFor(found, row);
      const wait = (await chats?.take(idOf(found.channel, chat), lane)) ?? 0;
      return wait > 0 ? wait : found.account.take(lane, cost, PATIENCE[lane]);
    },
    admitReply: async (channel) => opened(channel)?.account.take('reply', 1, PATIENCE.reply) ?? 0,
    throttled: async (row, seconds = UNSAID) => {
      const { chat } = row;
      const found = await bucketsOf(row);
      if (found === undefined) return;
      await stop(found.channel, chat, Math.min(seconds, MOST_FOR_OTHERS));
      if (found.chats ?? found.groups) await stop(idOf(found.channel, chat), chat, seconds);
    },
  };
};
