import type { mongo } from 'mongoose';
import { randomId } from '../security/random.ts';
import type { BudgetDoc } from '../store/budgets.ts';
import { available } from '../store/errors.ts';
import { draw } from './bucket.ts';
import type { Budget, ReplyLane } from './budgets.ts';
import { type ChannelLimits, LIMITS } from './limits.ts';

/**
 * Replies and the accounts' budgets. Somebody who just spoke is not kept waiting for tokens: a reply goes out at once
 * and is charged afterwards, down to what is kept for alerts, so that reminders and campaigns make room for it. Until a
 * platform says that it is too much (`alertsUntil`: more than one chat was refused): then nothing leaves for as long as
 * it says, and for a while after that replies wait for their tokens in their lane, behind alerts, or the next refusal
 * would hold up an alert again. A single chat's pause is its channel's own matter, or a flooder could silence everybody.
 */
export interface ReplyBudget {
  /** 0 when a reply may leave now; else ms after which it is worth coming again. */
  admit(channel: string): Promise<number>;
  /** A reply has left. */
  sent(channel: string): void;
  /** The platform refused one, for so many seconds where it says so: everybody is told. Never rejects. */
  refused(channel: string, chat: string, seconds?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface ReplyBudgetParts {
  readonly collection: mongo.Collection<BudgetDoc>;
  readonly budget: Pick<Budget, 'throttled'> & ReplyLane;
  readonly limits?: Readonly<Record<string, ChannelLimits>>;
  readonly onError?: (error: unknown) => void;
}

interface Account {
  unpaid: number;
  /** ms of the monotonic clock: nothing is sent before. */
  closedUntil: number;
  /** ms of the monotonic clock: before it each reply waits for its token. */
  carefulUntil: number;
  /** ms of the monotonic clock: when a reply was last sent. */
  usedAt: number;
}

/** One write for all replies of such a time (ms); and so soon another process's pause is known here. */
const EVERY = 100;
/** Whoever sends nothing for so long need not know (ms): the first reply after it is a probe. */
const IDLE = 5_000;
/** So long after a pause of the whole account its replies keep to the limit (ms): then it is tried without again. */
const CAREFUL = 60_000;
/** Not waited for in the journal: what a crash forgets is a few tokens. */
const RELAXED = { w: 1, j: false } as const;

/** `left`: ms until the pause of the whole account is over; negative: since. */
const heed = (account: Account, left: number): void => {
  const over = performance.now() + left;
  account.closedUntil = over;
  account.carefulUntil = over + CAREFUL;
};

export const createReplyBudget = (parts: ReplyBudgetParts): ReplyBudget => {
  const { collection, budget, limits = LIMITS, onError } = parts;
  const accounts = new Map<string, Account>();
  let timer: NodeJS.Timeout | undefined;
  let paying: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const pay = async (channel: string, account: Account): Promise<void> => {
    const limit = limits[channel]?.account;
    if (limit === undefined) return;
    const want = account.unpaid;
    account.unpaid = 0;
    const options = { upsert: true, returnDocument: 'after', writeConcern: RELAXED } as const;
    const pipeline = draw(limit, 'reply', want, randomId());
    const doc = await available(collection.findOneAndUpdate({ _id: channel }, pipeline, options));
    heed(account, (doc?.alertsUntil?.getTime() ?? 0) - (doc?.at.getTime() ?? 0));
  };

  const round = (): void => {
    timer = undefined;
    const used = [...accounts].filter(([, { usedAt }]) => performance.now() - usedAt < IDLE);
    if (used.length === 0) return;
    // What could not be paid for is forgiven: the database is away, and campaigns with it.
    paying = Promise.all(used.map(([channel, account]) => pay(channel, account))).catch((error: unknown) =>
      onError?.(error),
    );
    void paying.then(wake);
  };
  const wake = (): void => {
    if (stopped) return;
    timer ??= setTimeout(round, EVERY).unref();
  };

  const accountOf = (channel: string): Account => {
    const account = accounts.get(channel) ?? { unpaid: 0, closedUntil: 0, carefulUntil: 0, usedAt: 0 };
    accounts.set(channel, account);
    return account;
  };
  const used = (channel: string, cost: number): void => {
    if (limits[channel] === undefined) return;
    const account = accountOf(channel);
    account.unpaid += cost;
    account.usedAt = performance.now();
    wake();
  };

  /** Of a careful account a reply has its token before it leaves. */
  const isCareful = (channel: string): boolean =>
    (accounts.get(channel)?.carefulUntil ?? 0) > performance.now();

  return {
    admit: async (channel) => {
      const closed = (accounts.get(channel)?.closedUntil ?? 0) - performance.now();
      if (closed > 0) return closed;
      return isCareful(channel) ? budget.admitReply(channel) : 0;
    },
    sent: (channel) => used(channel, isCareful(channel) ? 0 : 1),
    refused: async (channel, chat, seconds) => {
      used(channel, 0);
      await budget.throttled({ chat, lane: 'reply' }, seconds).catch((error: unknown) => onError?.(error));
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await paying;
    },
  };
};
