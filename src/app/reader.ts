import { purposeOf } from '../delivery/outboxPurposes.ts';
import { SendError } from '../delivery/outgoing.ts';
import { exercisesAt } from '../dialogue/exercise.ts';
import type { ChatState } from '../dialogue/state.ts';
import { unwantedIn } from '../domain/unasked.ts';
import type { Conversation } from '../store/conversation.ts';
import type { Conversations } from '../store/conversations.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';

export type Stored = Pick<Conversations, 'load' | 'stopped'>;

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

/** What of a conversation's state a message from outside goes by. */
export const stateOf = ({ state }: Conversation): Pick<ChatState, 'lang' | 'memory'> => {
  const { lang = 'vi', memory = {} } = (state ?? {}) as Partial<ChatState>;
  return { lang, memory };
};

/** Whether a chat is in an exercise now. */
export const exercisesIn =
  (conversations: Stored) =>
  async (chat: string): Promise<boolean> =>
    exercisesAt(stateOf(await conversationOf(conversations, chat)).memory, Date.now());

/**
 * Asked right before sending: whether the reader has not stopped messages of this kind. A chat that is gone wants none;
 * who has an address and never wrote has stopped nothing.
 */
export const wantedIn =
  (conversations: Stored) =>
  async ({ purpose, chat, to }: Pick<DeliveryDoc, 'purpose' | 'chat' | 'to'>): Promise<boolean> => {
    const kind = purposeOf(purpose)?.unasked;
    if (kind === undefined) return true;
    const found = await conversationOf(conversations, chat).catch((error: unknown) => {
      if (error instanceof SendError) return null;
      throw error;
    });
    if (found === null) return to !== undefined;
    return !unwantedIn(stateOf(found).memory).includes(kind);
  };
