import type { Collections } from '../store/collections.ts';
import { MailboxWatch } from '../store/mailbox-watch.ts';
import type { Mailboxes } from '../store/mailboxes.ts';
import { type Letter, letterFromJson, letterToJson } from './letter.ts';

/** Where channels whose clients pull (web, terminal) keep what was sent, for any process to hand out. */
export interface Mailbox {
  /** Resolves when the letter is there; one whose id is there already is left alone. */
  append(chat: string, letter: Letter): Promise<void>;
  /** The letters that came after the one with this id, oldest first; all that are kept when it is not among them. */
  since(chat: string, id?: string): Promise<readonly Letter[]>;
  /** Calls `wake` soon after something was put here, by whichever process; look with `since`. Returns the end. */
  watch(chat: string, wake: () => void): () => void;
  close(): Promise<void>;
}

export interface MailboxParts {
  readonly mailboxes: Pick<Mailboxes, 'put' | 'after'>;
  /** Watched by one change stream, for what other processes put there. */
  readonly collection: Collections['mailboxes'];
  readonly now?: () => number;
  /** How often everybody looks without having been woken (ms). */
  readonly lookEvery?: number;
}

/** While the change stream is away nothing tells of other processes' letters; nobody waits longer than this. */
const LOOK_EVERY = 10_000;

type Listeners = Map<string, Set<() => void>>;

const createListeners = () => {
  const listeners: Listeners = new Map();
  const wake = (chat: string): void => {
    for (const each of listeners.get(chat) ?? []) each();
  };
  return {
    wake,
    wakeAll: () => {
      for (const chat of listeners.keys()) wake(chat);
    },
    add: (chat: string, listener: () => void) => {
      const ofChat = listeners.get(chat) ?? new Set();
      listeners.set(chat, ofChat.add(listener));
      return () => {
        ofChat.delete(listener);
        if (ofChat.size === 0 && listeners.get(chat) === ofChat) listeners.delete(chat);
      };
    },
  };
};

/**
 * Wakes whoever looks at a chat: at once for what this process puts there, by the change stream for the others,
 * and by the clock in case that stream was broken. One wake too many is harmless.
 */
export const createMailbox = (parts: MailboxParts): Mailbox => {
  const { mailboxes, collection, now = Date.now, lookEvery = LOOK_EVERY } = parts;
  const { wake, wakeAll, add } = createListeners();
  const others = new MailboxWatch(collection, (chat) => (chat === undefined ? wakeAll() : wake(chat)));
  const clock = setInterval(wakeAll, lookEvery);
  return {
    append: async (chat, letter) => {
      await mailboxes.put(chat, { id: letter.id, at: now(), body: letterToJson(letter) });
      wake(chat);
    },
    since: async (chat, id) =>
      (await mailboxes.after(chat, id)).map((mail) => letterFromJson(mail.id, mail.body)),
    watch: add,
    close: async () => {
      clearInterval(clock);
      await others.close();
    },
  };
};
