import { LRUCache } from 'lru-cache';
import { SendError } from '../../src/delivery/outgoing.ts';

/** Chats that are remembered; one that was forgotten is told again by Telegram. */
const KEPT = 10_000;
/** Seconds, where Telegram does not say how long: it always did so far. */
const UNSAID = 5;
/** A chat may have about one message a second: after so long without one (ms), a refusal is not for its own sake. */
const QUIET_MS = 10_000;
/** Chats that are paused at once before a quiet chat's refusal is believed to be meant for the bot. */
const SUSPICIOUS = 2;
/** One flooder's pause may be hours: all wait no longer for it than this (ms), then the next call tells more. */
const MOST_FOR_OTHERS_MS = 60_000;

/** Told that the call was answered 429, and the seconds Telegram asks for. */
export type Refused = (seconds?: number) => void;

export interface Gate {
  /** Lets one call through. @throws SendError `throttled` while Telegram wants nothing sent there. */
  pass(chat: string): Refused;
}

interface Chat {
  /** ms since 1970: nothing is sent before. */
  readonly paused: number;
  /** ms since 1970: a refusal before it is the chat's own doing. */
  readonly busy: number;
}

/**
 * Keeps to the pauses Telegram asks for. It does not say whether a 429 is meant for one chat or for the whole bot, and
 * flooders must not be able to silence everybody. So a 429 pauses its chat. While two are paused, the calls of chats
 * that were quiet are probes: they go through (a duty alert is one), and only when such a chat is refused too, which
 * it cannot be for its own sake, is the bot throttled and all wait, for the longest of these pauses.
 */
export const createGate = (now: () => number = Date.now): Gate => {
  const chats = new LRUCache<string, Chat>({ max: KEPT });
  const pauses = new Map<string, number>();
  let all = 0;

  const longest = (): number => Math.min(now() + MOST_FOR_OTHERS_MS, Math.max(...pauses.values()));

  const refuse = (chat: string, seconds: number, wasQuiet: boolean): void => {
    for (const [each, until] of pauses) if (until <= now()) pauses.delete(each);
    pauses.delete(chat);
    const until = now() + seconds * 1_000;
    if (wasQuiet && pauses.size >= SUSPICIOUS) all = Math.max(all, until, longest());
    pauses.set(chat, until);
    chats.set(chat, { paused: until, busy: until + QUIET_MS });
  };

  return {
    pass: (chat) => {
      const { paused, busy } = chats.get(chat) ?? { paused: 0, busy: 0 };
      const left = Math.max(all, paused) - now();
      const account = all > now();
      if (left > 0) throw new SendError('throttled', 'telegram.429', Math.ceil(left / 1_000), { account });
      const wasQuiet = busy <= now();
      chats.set(chat, { paused, busy: Math.max(busy, now() + QUIET_MS) });
      return (seconds = UNSAID) => refuse(chat, seconds, wasQuiet);
    },
  };
};
