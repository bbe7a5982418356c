import type { Lane } from '../store/deliveries.ts';

/** A bucket: so many messages a second for long, and so many at once after a rest. */
export interface Limit {
  readonly perSecond: number;
  readonly burst: number;
}

export interface ChannelLimits {
  /** Of the bot, the brand name, the sender: all its messages together. */
  readonly account: Limit;
  /** Of each of its chats. */
  readonly chat?: Limit;
  /** Of each chat that is a group, by its address, in place of that. */
  readonly group?: Limit & { readonly addresses: RegExp };
}

/** A process that waits for one whole message may be so late (s) without a campaign losing what came in meanwhile. */
const LATE = 0.01;
/** So long (s) lies between two of its questions in any case, where more than one message comes in between them. */
const BETWEEN = 0.02;

/** What a campaign may find in the bucket at most, in messages. */
const forCampaigns = (perSecond: number): number => Math.max(1 + perSecond * LATE, perSecond * BETWEEN);

/**
 * The part of what is kept from campaigns that each lane leaves to those before it. A campaign has one message and what
 * comes in while it asks; all above that in the bucket is for the others, so an alert finds something at once, and while
 * alerts take all that comes in, a campaign gets none.
 */
const LEFT: Readonly<Record<Lane, number>> = { alert: 0, reply: 0.3, reminder: 0.6, campaign: 1 };

/** Tokens that stay in the bucket whatever this lane wants. */
export const floorOf = (lane: Lane, { burst, perSecond }: Limit): number =>
  Math.max(0, burst - forCampaigns(perSecond)) * LEFT[lane];

/**
 * Any second sees at most `perSecond + burst` messages: together they are the platform's own limit. More than 95 % of it
 * can be had for long; the rest is what an alert finds, and what messages that left in time and came late need.
 */
export const within = (limit: number): Limit => {
  const burst = Math.max(1.4, limit / 25);
  return { burst, perSecond: limit - burst };
};

/** The same for a limit of so many a minute, with as many at once as a single chat takes. */
const inAnyMinute = (limit: number, burst: number): Limit => ({ burst, perSecond: (limit - burst) / 60 });

/**
 * Per channel, what its platform says. Telegram: about 30 messages a second over all chats, about one a second to a single
 * chat with short bursts above it, and 20 a minute to a group (https://core.telegram.org/bots/faq, "My bot is hitting
 * limits"), whose id is negative (https://core.telegram.org/bots/api#chat). The bot leaves every group; a row for one is
 * held back all the same. Bot Framework: Teams takes 50 requests a second of an app in a tenant (delivery.md 2.2).
 */
export const LIMITS: Readonly<Record<string, ChannelLimits>> = {
  telegram: {
    account: within(30),
    chat: { perSecond: 1, burst: 3 },
    group: { ...inAnyMinute(20, 3), addresses: /^-/ },
  },
  botframework: { account: within(50) },
};

/** Whether the platform counts what is sent to an address as sent to a group. */
export const isGroup = (channel: string, address: string): boolean =>
  LIMITS[channel]?.group?.addresses.test(address) ?? false;

/** Pages of our own have no limit. */
const OWN: ReadonlySet<string> = new Set(['web']);

/** Messages a second that a channel takes for long; undefined: nobody knows, as of one that is not there yet. */
export const rateOf = (channel: string): number | undefined =>
  OWN.has(channel) ? Number.POSITIVE_INFINITY : LIMITS[channel]?.account.perSecond;
