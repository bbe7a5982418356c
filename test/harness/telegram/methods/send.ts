import { markupOf } from '../markup.ts';
import { int, isUpload, object, type Params, text } from '../params.ts';
import { badRequest } from '../refusal.ts';
import { type Room, wireMessage } from '../rooms.ts';
import type { Upload } from '../types.ts';
import type { Content } from '../wire.ts';
import { captionContent, textContent } from '../words.ts';
import type { World } from '../world.ts';
import type { Methods } from './method.ts';

/** What every sending method takes (Bot API 9). */
const SENDING = {
  chat_id: 'int',
  message_thread_id: 'int',
  parse_mode: 'text',
  disable_notification: 'bool',
  protect_content: 'bool',
  reply_parameters: 'object',
  reply_markup: 'object',
} as const;

const CAPTIONED = { ...SENDING, caption: 'text', caption_entities: 'list' } as const;

/** sendChatAction, as listed in the Bot API. */
const ACTIONS: ReadonlySet<string> = new Set(
  ['typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice'].concat([
    'upload_document',
    'choose_sticker',
    'find_location',
    'record_video_note',
    'upload_video_note',
  ]),
);

const checkReply = (room: Room, params: Params): void => {
  const { message_id, allow_sending_without_reply } = object(params, 'reply_parameters') ?? {};
  if (message_id === undefined || allow_sending_without_reply === true) return;
  if (!room.messages.has(Number(message_id))) throw badRequest('message to be replied not found');
};

const send = ({ rooms, bot }: World, room: Room, params: Params, content: Content, upload?: Upload) => {
  checkReply(room, params);
  const markup = markupOf(params, room.chat);
  const stored = rooms.add(room, bot, true, content);
  if (markup !== undefined) stored.markup = markup;
  if (upload !== undefined) stored.upload = upload;
  room.screen.changed(stored);
  return wireMessage(room, stored);
};

/** An upload, or the id of a file this server has seen. Addresses are refused: nothing here goes to the network. */
const fileOf = (world: World, params: Params, name: 'photo' | 'document'): Content & { upload: Upload } => {
  const given = params[name];
  if (given === undefined || given === '') throw badRequest(`there is no ${name} in the request`);
  if (isUpload(given))
    return name === 'photo'
      ? { photo: world.files.addPhoto(given), upload: given }
      : { document: world.files.addDocument(given, 'application/octet-stream'), upload: given };
  const kept = world.files.find(String(given));
  const { photo, document, upload } = kept;
  if (kept[name] === undefined) throw badRequest(`can't use file of this type as ${name}`);
  return {
    ...(photo === undefined ? {} : { photo }),
    ...(document === undefined ? {} : { document }),
    upload,
  };
};

const sendFile = (world: World, params: Params, name: 'photo' | 'document') => {
  const room = world.rooms.writable(int(params, 'chat_id'));
  const caption = captionContent(params);
  const { upload, ...file } = fileOf(world, params, name);
  return send(world, room, params, { ...file, ...caption }, upload);
};

export const sending: Methods = {
  sendMessage: {
    takes: { ...SENDING, text: 'text', entities: 'list', link_preview_options: 'object' },
    run: (world, params) => {
      const room = world.rooms.writable(int(params, 'chat_id'));
      return send(world, room, params, textContent(params));
    },
  },
  sendPhoto: {
    takes: { ...CAPTIONED, photo: 'file', has_spoiler: 'bool', show_caption_above_media: 'bool' },
    run: (world, params) => sendFile(world, params, 'photo'),
  },
  sendDocument: {
    takes: { ...CAPTIONED, document: 'file', thumbnail: 'file', disable_content_type_detection: 'bool' },
    run: (world, params) => sendFile(world, params, 'document'),
  },
  sendChatAction: {
    takes: { chat_id: 'int', action: 'text', message_thread_id: 'int' },
    run: ({ rooms }, params) => {
      rooms.writable(int(params, 'chat_id'));
      if (!ACTIONS.has(text(params, 'action') ?? '')) throw badRequest('wrong parameter action in request');
      return true;
    },
  },
};
