import { isDeepStrictEqual } from 'node:util';
import { inlineOf } from '../markup.ts';
import { int, type Params } from '../params.ts';
import { badRequest } from '../refusal.ts';
import { isInline, type Room, type Stored, wireMessage } from '../rooms.ts';
import type { Content } from '../wire.ts';
import { captionContent, textContent } from '../words.ts';
import type { World } from '../world.ts';
import type { Methods } from './method.ts';

const EDITING = { chat_id: 'int', message_id: 'int', reply_markup: 'object' } as const;

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

const find = (room: Room, params: Params, act: string): Stored => {
  const id = int(params, 'message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const stored = room.messages.get(id);
  if (stored === undefined) throw badRequest(`message to ${act} not found`);
  return stored;
};

/** "It is currently only possible to edit messages without reply_markup or with inline keyboards" (Bot API). */
const editable = (room: Room, params: Params): Stored => {
  const stored = find(room, params, 'edit');
  const keyed = stored.markup !== undefined && !isInline(stored.markup);
  if (!stored.byBot || keyed) throw badRequest("message can't be edited");
  return stored;
};

/** An edit without reply_markup takes the buttons away. */
const edit = (
  { rooms }: World,
  params: Params,
  renew: (before: Content, stored: Stored) => Content,
): unknown => {
  const room = rooms.writable(int(params, 'chat_id'));
  const stored = editable(room, params);
  const content = renew(stored.content, stored);
  const markup = inlineOf(params, room.chat);
  if (isDeepStrictEqual(content, stored.content) && isDeepStrictEqual(markup, stored.markup))
    throw badRequest(NOT_MODIFIED);
  rooms.edit(stored, content);
  if (markup === undefined) delete stored.markup;
  else stored.markup = markup;
  room.screen.changed(stored);
  return wireMessage(room, stored);
};

const deleteOne = ({ rooms }: World, params: Params): true => {
  const room = rooms.named(int(params, 'chat_id'));
  const stored = find(room, params, 'delete');
  room.messages.delete(stored.id);
  return true;
};

export const editing: Methods = {
  editMessageText: {
    takes: { ...EDITING, text: 'text', parse_mode: 'text', entities: 'list', link_preview_options: 'object' },
    run: (world, params) => {
      const fresh = textContent(params);
      return edit(world, params, (before) => {
        if (before.text === undefined) throw badRequest('there is no text in the message to edit');
        return fresh;
      });
    },
  },
  editMessageCaption: {
    takes: {
      ...EDITING,
      caption: 'text',
      parse_mode: 'text',
      caption_entities: 'list',
      show_caption_above_media: 'bool',
    },
    run: (world, params) => {
      const fresh = captionContent(params);
      return edit(world, params, ({ caption: _, caption_entities: __, ...before }) => {
        if (before.text !== undefined) throw badRequest('there is no caption in the message to edit');
        return { ...before, ...fresh };
      });
    },
  },
  editMessageReplyMarkup: {
    takes: EDITING,
    run: (world, params) => edit(world, params, (before) => before),
  },
  deleteMessage: { takes: { chat_id: 'int', message_id: 'int' }, run: deleteOne },
};
