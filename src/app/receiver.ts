import type { OutboxMessage } from '../delivery/outbox.ts';
import { SendError } from '../delivery/outgoing.ts';
import type { Conversation } from '../store/conversation.ts';
import { conversationOf, type Stored } from './reader.ts';

/** A conversation nobody has begun: somebody with an address of a channel, to whom it is a first message. */
const unwritten = (chat: string, { channel, address }: NonNullable<OutboxMessage['to']>): Conversation => ({
  id: chat,
  channel,
  address,
  rev: 0,
  state: {},
  seen: [],
  touched: 0,
  forgetAt: 0,
});

/** The conversation a message goes to; one that has an address of its own needs none, but a channel that is on. */
export const receiverOf = async (
  channels: { has(name: string): boolean },
  conversations: Stored,
  chat: string,
  to: OutboxMessage['to'],
): Promise<Conversation> => {
  if (to === undefined) return conversationOf(conversations, chat);
  if (!channels.has(to.channel)) throw new SendError('permanent', 'no-channel');
  return (await conversations.load(chat)) === null
    ? unwritten(chat, to)
    : conversationOf(conversations, chat);
};
