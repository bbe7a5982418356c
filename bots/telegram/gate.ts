import { LRUCache } from 'lru-cache';
import { SendError } from '../../src/delivery/outgoing.ts';

/** Chats whose pause is remembered; one that was forgotten is told again by Telegram. */
const KEPT = 10_000;
/** Seconds, where Telegram does not say how long: it always did so far. */
const UNSAID = 5;

export interface Gate {
  /** @throws SendError `throttled` while Telegram wants nothing sent there. */
  pass(chat: string): void;
  /** Telegram answered 429; `chat` undefined: a call that belongs to none. */
  shut(chat: string | undefined, seconds?: number): void;
}

/**
 * Keeps to the pauses Telegram asks for. It does not say whether a 429 is meant for one chat or for the whole bot: the
 * first is taken for the chat's own, a second chat's within the same time for the bot's.
 */
export const createGate = (now: () => number = Date.now): Gate => {
  const chats = new LRUCache<string, number>({ max: KEPT });
  let all = 0;
  let latest: { readonly chat: string; readonly until: number } | undefined;
  return {
    pass: (chat) => {
      const left = Math.max(all, chats.get(chat) ?? 0) - now();
      if (left > 0) throw new SendError('throttled', 'telegram.429', Math.ceil(left / 1_000));
    },
    shut: (chat, seconds = UNSAID) => {
      const until = now() + seconds * 1_000;
      const another = latest !== undefined && latest.chat !== chat && latest.until > now();
      if (chat === undefined || another) all = Math.max(all, until);
      if (chat === undefined) return;
      chats.set(chat, until);
      if (latest === undefined || latest.until < until) latest = { chat, until };
    },
  };
};
