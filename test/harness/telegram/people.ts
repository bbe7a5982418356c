import { arrive, messageQueue, messagesOf, STICKER, standing, written } from './acts.ts';
import { inlineWith, keyWith, noButton } from './buttons.ts';
import { type Room, wireMessage } from './rooms.ts';
import type { FakeUser, Upload } from './types.ts';
import type { Content, User } from './wire.ts';
import type { World } from './world.ts';

/** What somebody can send, in the shapes Telegram gives it. */
export const createUser = (world: World, room: Room, user: User): FakeUser => {
  const { queries, updates, files } = world;
  let last = 0;

  const send = (content: Content): number => {
    if (room.closed === 'blocked' || room.closed === 'deactivated')
      throw new Error(`nobody can write here: the chat is ${room.closed}`);
    // Writing to the bot for the first time is what starts the chat.
    room.closed = undefined;
    const { stored, update } = arrive(world, room, user, content);
    last = stored.id;
    return update;
  };

  const query = (stored: object, data: string): number =>
    updates.offer(
      'callback_query',
      { id: queries.open(user.id), from: user, message: stored, chat_instance: room.instance, data },
      `callback_query ${user.id}`,
    );

  const pressData = (messageId: number, data: string): number => {
    const stored = room.messages.get(messageId);
    // Of a message that is gone the server knows the number only (Bot API, InaccessibleMessage).
    const shown =
      stored === undefined ? { chat: room.chat, message_id: messageId, date: 0 } : wireMessage(room, stored);
    return query(shown, data);
  };

  const press = (label: string): number => {
    const found = inlineWith(room, label);
    if (found?.button.callback_data !== undefined)
      return pressData(found.stored.id, found.button.callback_data);
    const key = keyWith(room, label);
    if (found !== undefined || key === undefined) throw noButton(room, label);
    if (key.request_contact === true) throw new Error(`"${label}" shares a number: use sharePhone`);
    if (key.request_location === true) throw new Error(`"${label}" shares a place: use shareLocation`);
    return send(written(label));
  };

  const change = (to: 'kicked' | 'member'): void => {
    room.closed = to === 'kicked' ? 'blocked' : undefined;
    standing(world, room, user, to === 'kicked' ? 'member' : 'kicked', to);
  };

  const edit = (messageId: number, text: string): number => {
    const stored = room.messages.get(messageId);
    if (stored === undefined || stored.byBot) throw new Error(`message ${messageId} is not theirs to edit`);
    world.rooms.edit(stored, written(text));
    return updates.offer('edited_message', wireMessage(room, stored), messageQueue(room));
  };

  const sendPhoto = (bytes: Uint8Array, caption?: string): number => {
    const photo = files.addPhoto({ filename: 'photo.jpg', bytes });
    return send({ photo, ...(caption === undefined ? {} : { caption }) });
  };

  const sendFile = (bytes: Uint8Array, mime: string, filename = 'file'): number => {
    const upload: Upload = { filename, bytes };
    return send({ document: files.addDocument(upload, mime) });
  };

  return {
    id: user.id,
    lastMessageId: () => last,
    say: (text) =>
      messagesOf(text)
        .map((part) => send(written(part)))
        .at(-1) ?? 0,
    command: (text) => send(written(text.startsWith('/') ? text : `/${text}`)),
    press,
    pressData,
    sharePhone: (phone, own = true) =>
      send({
        contact: { phone_number: phone, first_name: user.first_name, ...(own ? { user_id: user.id } : {}) },
      }),
    shareLocation: (latitude, longitude) => send({ location: { latitude, longitude } }),
    sendPhoto,
    sendFile,
    sendSticker: () => send({ sticker: STICKER }),
    edit,
    block: () => change('kicked'),
    unblock: () => change('member'),
    deactivate: () => {
      room.closed = 'deactivated';
    },
    toasts: () => queries.toasts(user.id),
    waiting: () => queries.waiting(user.id),
    screen: room.screen.screen,
    next: room.screen.next,
  };
};
