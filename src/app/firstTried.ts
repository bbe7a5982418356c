import { LRUCache } from 'lru-cache';
import type { Channel } from '../../bots/port.ts';
import { isGroup } from '../delivery/limits.ts';
import type { Conversation, Member } from '../store/conversation.ts';
import { conversationOf, type Stored } from './reader.ts';

type Channels = ReadonlyMap<string, Channel>;

/**
 * The chats to try: where the message that is edited went, then those a platform brings to a pocket, then pages, which
 * take a message also while nobody has them open; of each kind the one that was named, then who spoke last.
 */
export const inOrder = (
  channels: Channels,
  { id, channel, address, members }: Conversation,
  edited: string | undefined,
  named: string,
): readonly Member[] => {
  if (members === undefined) return [{ chat: id, channel, address }];
  const last = members.find((member) => member.channel === channel && member.address === address);
  const isPage = (member: Member): boolean => channels.get(member.channel)?.capabilities.takes === 'page';
  const rank = (member: Member): number => {
    const order = [named, last?.chat, member.chat].indexOf(member.chat);
    return member.chat === edited ? -1 : order + (isPage(member) ? members.length + 2 : 0);
  };
  return members.toSorted((a, b) => rank(a) - rank(b));
};

/** Chats of which it is remembered where they are, for so long (ms): it hardly ever changes. */
const REMEMBERED = { max: 20_000, ttl: 60_000 };

interface FirstTried {
  readonly channel: string;
  readonly group: boolean;
}

/** Where a message to a chat is tried first: it is charged to the budgets there. */
export const firstTried = (channels: Channels, conversations: Stored) => {
  const known = new LRUCache<string, FirstTried>(REMEMBERED);
  const at = async (chat: string): Promise<FirstTried | undefined> => {
    const before = known.get(chat);
    if (before !== undefined) return before;
    const found = await conversationOf(conversations, chat).catch(() => undefined); // sending it will tell why
    const first = found && inOrder(channels, found, undefined, chat)[0];
    if (first === undefined) return undefined;
    const { channel, address } = first;
    const now = { channel, group: isGroup(channel, address) };
    known.set(chat, now);
    return now;
  };
  return {
    channelOf: async (chat: string) => (await at(chat))?.channel,
    groupAt: async (chat: string) => (await at(chat))?.group === true,
  };
};
