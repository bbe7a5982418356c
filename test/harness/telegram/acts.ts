import { type Room, type Stored, wireMessage } from './rooms.ts';
import type { Content, Entity, User } from './wire.ts';
import type { World } from './world.ts';

/** Commands are the one entity that the server finds in what people write and that bots live by. */
const commandsIn = (text: string): readonly Entity[] =>
  [...text.matchAll(/(?<=^|\s)\/[A-Za-z0-9_]{1,32}(?:@\w+)?/g)].map(({ 0: found, index }) => ({
    type: 'bot_command',
    offset: index,
    length: found.length,
  }));

export const written = (text: string): Content => {
  const entities = commandsIn(text);
  return { text, ...(entities.length === 0 ? {} : { entities }) };
};

/** Longer than 4,096 characters, a phone sends several messages; of nothing, none. */
export const messagesOf = (text: string): readonly string[] => {
  const parts = text.trim().match(/[\s\S]{1,4096}/g);
  if (parts === null) throw new Error('a phone does not send an empty message');
  return parts;
};

export const messageQueue = (room: Room): string => `chat ${room.chat.id}`;

/** The queue a raw update goes to: messages by their chat, everything else by kind and person (Client.cpp). */
export const queueOf = (update: object): string => {
  const [kind = 'empty', body] = Object.entries(update)[0] ?? [];
  const { chat, from } = (body ?? {}) as { readonly chat?: { id: unknown }; readonly from?: { id: unknown } };
  const message = /(message|post)$/.test(kind) && chat !== undefined;
  return message ? `chat ${chat.id}` : `${kind} ${from?.id}`;
};

/** A message from somebody arrives: kept, and offered to the bot. */
export const arrive = (
  { rooms, updates }: World,
  room: Room,
  from: User | undefined,
  content: Content,
  kind = 'message',
): { readonly stored: Stored; readonly update: number } => {
  const stored = rooms.add(room, from, false, content);
  const update = updates.offer(kind, wireMessage(room, stored), messageQueue(room));
  return { stored, update };
};

/** The bot's standing in a chat changed; such updates have a queue of their own, by person. */
export const standing = (
  { updates, bot }: World,
  room: Room,
  from: User,
  before: string,
  after: string,
): number => {
  const member = (status: string): object => ({
    user: bot,
    status,
    ...(status === 'kicked' ? { until_date: 0 } : {}),
  });
  const body = {
    chat: room.chat,
    from,
    date: Math.floor(Date.now() / 1000),
    old_chat_member: member(before),
    new_chat_member: member(after),
  };
  return updates.offer('my_chat_member', body, `my_chat_member ${from.id}`);
};

/** The one sticker people have here. */
export const STICKER: object = {
  file_id: 'CAACAgIAAxkBAAEBmadeUpStickerZ1',
  file_unique_id: 'AgADmadeUp',
  type: 'regular',
  width: 512,
  height: 512,
  is_animated: false,
  is_video: false,
  emoji: '👍',
};
