import { badRequest, forbidden } from './refusal.ts';
import { createScreen, type Screen } from './screen.ts';
import type { Upload } from './types.ts';
import type { Chat, Content, InlineKeyboard, Markup, Message, User } from './wire.ts';

/** A message as the server keeps it. */
export interface Stored {
  readonly id: number;
  readonly from?: User;
  readonly date: number;
  readonly byBot: boolean;
  content: Content;
  markup?: Markup;
  upload?: Upload;
  edited?: number;
  editedCount: number;
}

/** Why the bot may not write into a chat; undefined while it may. */
export type Closed = 'never started' | 'blocked' | 'deactivated' | 'left' | 'kicked';

export interface Room {
  chat: Chat;
  /** The person of a private chat. */
  readonly user?: User;
  closed: Closed | undefined;
  movedTo?: number;
  readonly messages: Map<number, Stored>;
  readonly screen: Screen;
  readonly instance: string;
}

const now = (): number => Math.floor(Date.now() / 1000);

/** The message as the API shows it: of markups, only inline keyboards are. */
export const wireMessage = (room: Room, stored: Stored): Message => ({
  message_id: stored.id,
  ...(stored.from === undefined ? { sender_chat: room.chat } : { from: stored.from }),
  chat: room.chat,
  date: stored.date,
  ...(stored.edited === undefined ? {} : { edit_date: stored.edited }),
  ...stored.content,
  ...(isInline(stored.markup) ? { reply_markup: stored.markup } : {}),
});

export const isInline = (markup: Markup | undefined): markup is InlineKeyboard =>
  markup !== undefined && 'inline_keyboard' in markup;

const CLOSED: Readonly<Record<Closed, (chat: Chat) => Error>> = {
  'never started': () => forbidden("bot can't initiate conversation with a user"),
  blocked: () => forbidden('bot was blocked by the user'),
  deactivated: () => forbidden('user is deactivated'),
  left: ({ type }) => forbidden(`bot is not a member of the ${type} chat`),
  kicked: ({ type }) => forbidden(`bot was kicked from the ${type} chat`),
};

export const createRooms = () => {
  const rooms = new Map<number, Room>();
  let lastId = Math.floor(Math.random() * 1000);

  const open = (chat: Chat, closed: Closed | undefined, user?: User): Room => {
    if (rooms.has(chat.id)) throw new Error(`there is a chat ${chat.id} already`);
    const messages = new Map<number, Stored>();
    const room: Room = {
      chat,
      ...(user === undefined ? {} : { user }),
      closed,
      messages,
      screen: createScreen(messages),
      instance: String(Math.floor(Math.random() * 1e15)),
    };
    rooms.set(chat.id, room);
    return room;
  };

  /** A chat that a call names: it must be there; `writing` also needs the bot to be welcome. */
  const named = (id: number | undefined): Room => {
    if (id === undefined) throw badRequest('chat_id is empty');
    const room = rooms.get(id);
    if (room === undefined) throw badRequest('chat not found');
    return room;
  };

  const writable = (id: number | undefined): Room => {
    const room = named(id);
    if (room.movedTo !== undefined)
      throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: room.movedTo });
    if (room.closed !== undefined) throw CLOSED[room.closed](room.chat);
    return room;
  };

  const add = (room: Room, from: User | undefined, byBot: boolean, content: Content): Stored => {
    lastId += 1;
    const stored: Stored = {
      id: lastId,
      ...(from === undefined ? {} : { from }),
      date: now(),
      byBot,
      content,
      editedCount: 0,
    };
    room.messages.set(stored.id, stored);
    return stored;
  };

  const edit = (stored: Stored, content: Content): void => {
    stored.content = content;
    stored.edited = now();
    stored.editedCount += 1;
  };

  const close = (): void => {
    for (const room of rooms.values()) room.screen.close();
  };

  return { open, named, writable, add, edit, close };
};

export type Rooms = ReturnType<typeof createRooms>;
