import type { Inbound, Shelf } from '../../src/services/inbound.ts';
import { addressOf, takeBatch } from './batch.ts';
import type { Take } from './intake.ts';
import { createTrials, type TrialsParts } from './trials.ts';
import type { Read } from './wire.ts';

/**
 * Updates in one batch: whatever is asked for again after a failure must still be among the last 64 deliveries that a
 * chat remembers, or it would be applied twice.
 */
const BATCH = 50;
/**
 * While an update is stuck, Telegram gives what comes after it only together with it: as many as it gives. What was
 * done of them is remembered here only, so after a crash up to 99 come again; more than the 64 that a chat remembers
 * if one chat alone sent more than those, and its oldest are then applied twice.
 */
const WINDOW = 100;
/** A full window in which so few chats fail, and none is taken, is a flood of theirs and no outage. */
const FEW = 3;
/** Updates put aside; further ones wait at Telegram. */
const MOST_ASIDE = 1_000;

export interface Fetched {
  readonly id: number;
  readonly read: Read;
}

export interface Advance {
  /** Updates that are done with since. */
  readonly went: number;
  /** ms until something that was not taken is tried again; undefined when nothing is left. */
  readonly wait?: number;
  /** The first error, if there was one. */
  readonly failed?: { readonly error: unknown };
}

export interface CursorParts extends TrialsParts {
  readonly take: Take;
  readonly shelf: Shelf;
}

const messageOf = ({ read: { received } }: Fetched): Inbound | undefined =>
  received.kind === 'messages' ? received.messages[0] : undefined;

const fetchedOf = (message: Inbound, id: number): Fetched => ({
  id,
  read: { received: { kind: 'messages', messages: [message] } },
});

const chatOf = ({ id, read }: Fetched): string => addressOf(read) ?? `#${id}`;

/**
 * Where we are in Telegram's queue. It has a single offset, and an update that is not taken must not keep the others
 * waiting: those after it are taken too and remembered as done, until the window is full. Then what is stuck goes on
 * the shelf: Telegram forgets it, and it is tried on from there, by the next process too.
 */
export const createCursor = ({ take, shelf, ...parts }: CursorParts) => {
  const trials = createTrials(parts);
  const done = new Set<number>();
  const aside = new Map<number, Fetched>();
  let offset: number | undefined;
  let isStuck = false;

  const settle = ({ id }: Fetched): void => {
    if (!aside.delete(id)) done.add(id);
  };

  /** From the shelf it goes before the next of its chat is taken: a crash brings back no more than a chat remembers. */
  const takeOne = async (one: Fetched): Promise<void> => {
    await take(one.read);
    const message = messageOf(one);
    if (aside.has(one.id) && message) await shelf.drop(message);
  };

  const passOver = async (one: Fetched, error: unknown): Promise<void> => {
    const message = messageOf(one);
    if (message) await shelf.park(message, error);
    settle(one);
  };

  const judge = async (tried: readonly Fetched[], results: readonly PromiseSettledResult<void>[]) => {
    let failed: Advance['failed'];
    const judged = new Set<string>();
    for (const [n, one] of tried.entries()) {
      const result = results[n];
      if (result?.status !== 'rejected' || judged.has(chatOf(one))) continue;
      judged.add(chatOf(one)); // what came after it was not even tried
      if (trials.failed(chatOf(one), one.id, result.reason)) await passOver(one, result.reason);
      else failed ??= { error: result.reason };
    }
    return failed;
  };

  const handIn = async (fresh: readonly Fetched[]) => {
    // Asked once for each chat: its time may come between two of its updates, and the later one must not go first.
    const due = new Map([...new Set(fresh.map(chatOf))].map((chat) => [chat, trials.isDue(chat)]));
    const tried = fresh.filter((one) => due.get(chatOf(one)));
    const results = await takeBatch(takeOne, tried);
    for (const [n, one] of tried.entries()) {
      if (results[n]?.status !== 'fulfilled') continue;
      settle(one);
      if (addressOf(one.read) !== undefined) trials.took(chatOf(one));
    }
    return judge(tried, results);
  };

  const putAside = async (stuck: readonly Fetched[]): Promise<void> => {
    const isFlood = new Set(stuck.map(chatOf)).size <= FEW;
    const moved = stuck.filter((one) => isFlood || trials.isAlone(chatOf(one)));
    for (const one of moved.slice(0, MOST_ASIDE - aside.size)) {
      const message = messageOf(one);
      if (message) await shelf.put(message, one.id);
      aside.set(one.id, one);
      done.add(one.id);
    }
  };

  const moveOver = (batch: readonly Fetched[]): void => {
    const stuck = batch.find(({ id }) => !done.has(id));
    isStuck = stuck !== undefined;
    const [last] = batch.slice(-1);
    offset = stuck?.id ?? (last === undefined ? offset : last.id + 1);
    for (const id of done) if (offset !== undefined && id < offset) done.delete(id);
  };

  return {
    /** The first update that is not done with; Telegram forgets all before it when it hears of it. */
    get offset(): number | undefined {
      return offset;
    },
    /** How many updates to ask for. */
    get limit(): number {
      return isStuck ? WINDOW : BATCH;
    },
    /** Takes up what an earlier process has left on the shelf; whether that is anything. */
    open: async (): Promise<boolean> => {
      for (const { message, order } of await shelf.left()) {
        aside.set(order, fetchedOf(message, order));
        done.add(order); // Telegram may not have heard yet that it can forget it
      }
      return aside.size > 0;
    },
    /** Hands in what is not done yet, each chat's in order, and moves over what is. */
    advance: async (batch: readonly Fetched[]): Promise<Advance> => {
      const fresh = [...aside.values(), ...batch.filter(({ id }) => !done.has(id))];
      const failed = await handIn(fresh);
      const isLeft = ({ id }: Fetched): boolean => aside.has(id) || !done.has(id);
      const left = fresh.filter(isLeft);
      if (batch.length >= WINDOW) await putAside(left.filter(({ id }) => !aside.has(id)));
      moveOver(batch);
      const went = fresh.length - left.length;
      const wait = Math.min(...left.map((one) => trials.wait(chatOf(one))));
      return { went, ...(left.length > 0 && { wait }), ...(failed && { failed }) };
    },
    /** The ids begin anew: nothing of the old ones says anything about the next. */
    forget: (): void => {
      offset = undefined;
      done.clear();
    },
  };
};
