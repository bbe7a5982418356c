import type { Channel } from '../../bots/port.ts';
import type { Mailbox } from '../delivery/mailbox.ts';
import type { OutboxMessage, SentAs } from '../delivery/outbox.ts';
import { type Outgoing, SendError } from '../delivery/outgoing.ts';
import type { Deliver } from '../services/converse/ports.ts';
import type { Conversations } from '../store/conversations.ts';

type Channels = ReadonlyMap<string, Channel>;

const channelOf = (channels: Channels, name: string): Channel => {
  const channel = channels.get(name);
  // A chat of a channel that is not switched on now: its messages wait for the day it is.
  if (channel === undefined) throw new SendError('temporary', 'channel-off');
  return channel;
};

/** Replies and echoes, as the conversation hands them out: each goes to its channel. */
export const deliverBy =
  (channels: Channels, mailbox: Mailbox): Deliver =>
  async ({ id, chat, channel, address, lang, body }) => {
    if ('say' in body) await channelOf(channels, channel).send({ id, address, lang, ...body });
    else await mailbox.append(chat, { id, lang, echo: body.echo });
  };

/** A message that is no reply, to a chat by its id: what it needs to be sent stands in the chat's document. */
export const sendTo =
  (channels: Channels, conversations: Conversations) =>
  async (chat: string, { edits, ...message }: OutboxMessage): Promise<SentAs | undefined> => {
    const conversation = await conversations.load(chat);
    if (conversation === null) throw new SendError('permanent', 'no-such-chat');
    const lang = (conversation.state as { lang?: Outgoing['lang'] } | null)?.lang ?? 'vi';
    const { channel, address } = conversation;
    const outgoing = { ...message, address, lang, ...(edits?.via === chat && { edits }) };
    const { ref } = await channelOf(channels, channel).send(outgoing);
    return ref === undefined ? undefined : { via: chat, ref };
  };
