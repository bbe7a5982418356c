import { purposeOf } from '../delivery/outboxPurposes.ts';
import { SendError } from '../delivery/outgoing.ts';
import { exercisesAt } from '../dialogue/exercise.ts';
import { type ChatState, readState } from '../dialogue/state.ts';
import { unwantedIn } from '../domain/unasked.ts';
import { AT_IT_AGAIN, type DraftParts } from '../services/reminders/drafts.ts';
import type { Conversation } from '../store/conversation.ts';
import type { Conversations } from '../store/conversations.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';

export type Stored = Pick<Conversations, 'load' | 'stopped' | 'reached'>;

/** The conversation a chat speaks in now: its own, or its talk. @throws SendError when there is none any more */
export const conversationOf = async (
  conversations: Pick<Stored, 'load'>,
  chat: string,
): Promise<Conversation> => {
  const own = await conversations.load(chat);
  const found = own?.talk === undefined ? own : await conversations.load(own.talk);
  if (found === null) throw new SendError('permanent', 'no-such-chat');
  return found;
};

/** The talk a chat is a part of, if it is. */
export const talkOf = async (
  conversations: Pick<Stored, 'load'>,
  chat: string,
): Promise<readonly string[]> => {
  const talk = (await conversations.load(chat))?.talk;
  return talk === undefined ? [] : [talk];
};

/** Notes that the person at an address can be reached again: in the chat of their own, or in its talk. */
export const letInBy =
  (conversations: Pick<Stored, 'load' | 'reached'>, chatOf: (address: string) => string) =>
  async (address: string): Promise<void> => {
    const chat = chatOf(address);
    for (const id of [chat, ...(await talkOf(conversations, chat))]) await conversations.reached(id, chat);
  };

/** What of a conversation's state a message from outside goes by. */
export const stateOf = ({ state }: Conversation): Pick<ChatState, 'lang' | 'memory'> => {
  const { lang = 'vi', memory = {} } = (state ?? {}) as Partial<ChatState>;
  return { lang, memory };
};

/** The conversation of a row's chat; null when it is gone. */
const found = (conversations: Stored, chat: string): Promise<Conversation | null> =>
  conversationOf(conversations, chat).catch((error: unknown) => {
    if (error instanceof SendError) return null;
    throw error;
  });

/** Whether a chat is in an exercise now. */
export const exercisesIn =
  (conversations: Stored) =>
  async (chat: string): Promise<boolean> =>
    exercisesAt(stateOf(await conversationOf(conversations, chat)).memory, Date.now());

type Wanted = (row: Pick<DeliveryDoc, 'purpose' | 'about' | 'chat' | 'tried' | 'to'>) => Promise<boolean>;

/** A row is wanted when every one of these says so. */
export const allOf =
  (...asked: readonly Wanted[]): Wanted =>
  async (row) => {
    for (const wanted of asked) if (!(await wanted(row))) return false;
    return true;
  };

/**
 * Asked right before sending: whether the reader has not stopped messages of this kind. A chat that is gone wants none;
 * who has an address and never wrote has stopped nothing.
 */
export const wantedIn =
  (conversations: Stored): Wanted =>
  async ({ purpose, chat, to }) => {
    const kind = purposeOf(purpose)?.unasked;
    if (kind === undefined) return true;
    const conversation = await found(conversations, chat);
    if (conversation === null) return to !== undefined;
    return !unwantedIn(stateOf(conversation).memory).includes(kind);
  };

/** A draft is reminded of only while it is there and nobody is at it again. */
export const draftWantedIn =
  (conversations: Stored, leftBehind: DraftParts['leftBehind'], now: () => number = Date.now): Wanted =>
  async ({ purpose, chat }) => {
    if (purpose !== 'draftReminder') return true;
    const conversation = await found(conversations, chat);
    if (conversation === null || now() - conversation.touched < AT_IT_AGAIN) return false;
    return leftBehind(readState(conversation.state), 'any') !== undefined;
  };
