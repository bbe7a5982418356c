import type { Channel } from '../../bots/port.ts';
import type { Mailbox } from '../delivery/mailbox.ts';
import type { OutboxMessage, SentAs } from '../delivery/outbox.ts';
import { SEND_DEADLINE } from '../delivery/outboxFault.ts';
import { inDoubt, isDoubtful, type Outgoing, SendError } from '../delivery/outgoing.ts';
import type { ReplyBudget } from '../delivery/replyBudget.ts';
import { amidExercise } from '../dialogue/exercise.ts';
import type { Say } from '../dialogue/say.ts';
import type { Deliver } from '../services/converse/ports.ts';
import type { Member } from '../store/conversation.ts';
import { TookTooLong, within } from '../store/within.ts';
import { inOrder } from './firstTried.ts';
import { type Stored, stateOf } from './reader.ts';
import { receiverOf } from './receiver.ts';

type Channels = ReadonlyMap<string, Channel>;

const OFF = 'channel-off';

const channelOf = (channels: Channels, name: string): Channel => {
  const channel = channels.get(name);
  // A chat of a channel that is not switched on now: its messages wait for the day it is.
  if (channel === undefined) throw new SendError('temporary', OFF);
  return channel;
};

type Replies = Pick<ReplyBudget, 'admit' | 'sent' | 'refused'>;

/** One reply under its account's budget. What one chat brings upon itself is its channel's matter. */
const reply = async (replies: Replies, channel: Channel, chat: string, outgoing: Outgoing): Promise<void> => {
  const wait = await replies.admit(channel.name);
  if (wait > 0) throw new SendError('throttled', 'account-paused', Math.ceil(wait / 1_000));
  try {
    await channel.send(outgoing);
    replies.sent(channel.name);
  } catch (error) {
    if (error instanceof SendError && error.account)
      await replies.refused(channel.name, chat, error.retryAfter);
    throw error;
  }
};

/** Replies and echoes, as the conversation hands them out: each goes to its channel. */
export const deliverBy =
  (channels: Channels, mailbox: Mailbox, replies: Replies): Deliver =>
  async ({ id, chat, channel, address, lang, body }) => {
    if ('say' in body)
      await reply(replies, channelOf(channels, channel), chat, { id, address, lang, ...body });
    else await mailbox.append(chat, { id, lang, echo: body.echo });
  };

/** A chat that does not answer leaves time for the next one. A single one has all the time there is. */
const inTime = async <T>(sending: Promise<T>, count: number): Promise<T> => {
  if (count === 1) return sending;
  return within(SEND_DEADLINE / (count + 1), 'sending', sending).catch((cause: unknown) => {
    if (!(cause instanceof TookTooLong)) throw cause;
    throw new SendError('temporary', 'deadline', undefined, { cause, doubtful: true });
  });
};

/** What may pass soonest comes first: a fault of the line, then what a platform says to wait, then what stays. */
const hope = (error: unknown): number => {
  if (!(error instanceof SendError)) return 0;
  if (!error.retryable) return error.fault === 'stopped' ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  return error.retryAfter ?? 0;
};

type To = (member: Member) => Promise<SentAs | undefined>;

/** Whether a message has certainly not arrived: it was refused, or never left. A line that broke tells nothing. */
const surelyNot = (error: unknown): boolean =>
  error instanceof SendError && (error.fault !== 'temporary' || error.code === OFF);

/**
 * The first chat that takes it, the next one at once when one does not; when none does, the fault that may pass. What
 * must not arrive twice is not tried again where nobody said that it had not arrived.
 */
const toOneOf = async (members: readonly Member[], to: To, once = false): Promise<SentAs | undefined> => {
  const errors: unknown[] = [];
  for (const member of members) {
    try {
      return await (once ? to(member) : inTime(to(member), members.length));
    } catch (error) {
      if (once && !surelyNot(error)) throw error;
      errors.push(error);
    }
  }
  const best = errors.toSorted((a, b) => hope(a) - hope(b))[0];
  throw errors.some(isDoubtful) ? inDoubt(best) : best;
};

/**
 * A message that is no reply, to a chat or a talk by its id: what it needs to be sent stands in the document. In a
 * talk it reaches one of the chats. A chat whose person has stopped us is not tried until they speak again or their
 * platform says that they let us in; but what is urgent costs a refusal rather than a nurse who hears nothing.
 * @param onUnmarked a chat took a message, and its mark stays: it is told only what is urgent until that is taken away
 */
export const sendTo =
  (channels: Channels, conversations: Stored, onUnmarked: (error: unknown) => void) =>
  async (chat: string, { id, say, edits, to, once, urgent }: OutboxMessage): Promise<SentAs | undefined> => {
    const conversation = await receiverOf(channels, conversations, chat, to);
    const { rev, stopped = {} } = conversation;
    const { lang, memory } = stateOf(conversation);
    const inChat = (said: Say): Say => amidExercise(memory, said);
    const changed = edits && { ref: edits.ref, say: inChat(edits.say) };
    const members = inOrder(channels, conversation, edits?.via, chat);
    const sending: To = async (member) => {
      const { chat: via, channel, address } = member;
      const isStopped = stopped[via] !== undefined;
      if (isStopped && !urgent) throw new SendError('stopped', 'blocked');
      const edit = edits?.via === via && changed && { edits: changed };
      const outgoing = { id, say: inChat(say), address, lang, ...edit };
      try {
        const { ref } = await channelOf(channels, channel).send(outgoing);
        // Not waited for, and no fault of this message: it has arrived, and the next one will try it again.
        if (isStopped) void conversations.reached(conversation.id, via).catch(onUnmarked);
        return ref === undefined ? undefined : { via, ref };
      } catch (error) {
        if (error instanceof SendError && error.fault === 'stopped')
          await conversations.stopped(conversation.id, via, rev);
        throw error;
      }
    };
    return toOneOf(members, sending, once);
  };
