import { int, list, object, type Params, text } from '../params.ts';
import type { About } from '../profile.ts';
import { badRequest } from '../refusal.ts';
import type { World } from '../world.ts';
import type { Method, Methods } from './method.ts';

const scopeOf = (params: Params): string => {
  const { type = 'default', chat_id: chat = '', user_id: user = '' } = object(params, 'scope') ?? {};
  return [type, chat, user].join(':');
};
const languageOf = (params: Params): string => text(params, 'language_code') ?? '';

const COMMANDS = { scope: 'object', language_code: 'text' } as const;

const setAbout = (what: About): Method => ({
  takes: { [what]: 'text', language_code: 'text' },
  run: ({ profile }, params) => {
    profile.setAbout(what, languageOf(params), text(params, what) ?? '');
    return true;
  },
});

const getAbout = (what: About): Method => ({
  takes: { language_code: 'text' },
  run: ({ profile }, params) => ({ [what]: profile.about(what, languageOf(params)) ?? '' }),
});

const leave = ({ rooms }: World, params: Params): true => {
  const room = rooms.writable(int(params, 'chat_id'));
  if (room.chat.type === 'private') throw badRequest("chat member status can't be changed in private chats");
  room.closed = 'left';
  return true;
};

/** Who the bot is, what people see before they write, and files. */
export const about: Methods = {
  getMe: {
    takes: {},
    run: ({ bot }) => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
  },
  setMyCommands: {
    takes: { ...COMMANDS, commands: 'list' },
    run: ({ profile }, params) => {
      profile.setCommands(scopeOf(params), languageOf(params), list(params, 'commands') ?? []);
      return true;
    },
  },
  getMyCommands: {
    takes: COMMANDS,
    run: ({ profile }, params) => profile.commands(scopeOf(params), languageOf(params)),
  },
  deleteMyCommands: {
    takes: COMMANDS,
    run: ({ profile }, params) => {
      profile.setCommands(scopeOf(params), languageOf(params), []);
      return true;
    },
  },
  setMyDescription: setAbout('description'),
  getMyDescription: getAbout('description'),
  setMyShortDescription: setAbout('short_description'),
  getMyShortDescription: getAbout('short_description'),
  getFile: {
    takes: { file_id: 'text' },
    run: ({ files }, params) => files.info(text(params, 'file_id') ?? ''),
  },
  leaveChat: { takes: { chat_id: 'int' }, run: leave },
  answerCallbackQuery: {
    takes: {
      callback_query_id: 'text',
      text: 'text',
      show_alert: 'bool',
      url: 'text',
      cache_time: 'int',
    },
    run: ({ queries }, params) => {
      const toast = text(params, 'text') ?? '';
      // 0–200 characters (Bot API, answerCallbackQuery)
      if (toast.length > 200) throw badRequest('MESSAGE_TOO_LONG');
      queries.answer(text(params, 'callback_query_id') ?? '', toast);
      return true;
    },
  },
};
