import { object, type Params } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Chat, Markup } from './wire.ts';

/** 1–64 bytes (Bot API, InlineKeyboardButton). */
const LONGEST_DATA = 64;
/**
 * Not in Telegram's documentation: at most 100 buttons, 8 in a row under a message; 300 and 12 on a keyboard
 * (tginfo/Telegram-Limits #228, rubenlagus/TelegramBots #218); about 10 kB of JSON (tginfo/Telegram-Limits #187).
 */
const MOST_INLINE = { all: 100, row: 8 };
const MOST_KEYS = { all: 300, row: 12 };
const LONGEST_JSON = 10_240;

const INLINE_ACTIONS = ['callback_data', 'url', 'web_app', 'login_url', 'copy_text', 'pay'].concat(
  ['switch_inline_query', 'switch_inline_query_current_chat', 'switch_inline_query_chosen_chat'],
  ['callback_game'],
);
const KEY_ACTIONS = ['request_contact', 'request_location', 'request_users', 'request_chat'].concat([
  'request_poll',
  'web_app',
]);
const LOOKS = ['style', 'icon_custom_emoji_id'];

/** Fields of each kind of markup besides the one that names it. */
const EXTRAS: ReadonlyMap<string, readonly string[]> = new Map([
  ['inline_keyboard', []],
  [
    'keyboard',
    ['is_persistent', 'resize_keyboard', 'one_time_keyboard', 'input_field_placeholder', 'selective'],
  ],
  ['remove_keyboard', ['selective']],
  ['force_reply', ['input_field_placeholder', 'selective']],
]);

const known = (given: object, names: readonly string[], what: string): void => {
  // The names are checked by our own caution: Telegram passes over what it does not know.
  const odd = Object.keys(given).find((name) => !names.includes(name));
  if (odd !== undefined) throw badRequest(`unknown field "${odd}" of ${what}`);
};

const rowsOf = (given: unknown, most: { readonly all: number; readonly row: number }): Params[][] => {
  if (!Array.isArray(given) || !given.every(Array.isArray))
    throw badRequest("can't parse keyboard: an Array of Array is expected");
  const rows = given as unknown[][];
  if (rows.flat().length > most.all || JSON.stringify(given).length > LONGEST_JSON)
    throw badRequest('reply markup is too long');
  if (rows.some((row) => row.length > most.row)) throw badRequest(`more than ${most.row} buttons in a row`);
  return rows.map((row) => row.map(buttonOf));
};

const buttonOf = (given: unknown): Params => {
  const button = typeof given === 'string' ? { text: given } : given;
  if (typeof button !== 'object' || button === null)
    throw badRequest("can't parse keyboard button: it must be an Object");
  const { text } = button as { readonly text?: unknown };
  if (typeof text !== 'string')
    throw badRequest('can\'t parse keyboard button: field "text" must be of type String');
  if (text.trim() === '') throw badRequest('keyboard button text must be non-empty');
  // telegraf leaves a field of its own in every button
  const { hide: _, ...own } = button as Params;
  return own;
};

const checkData = (data: unknown): void => {
  const length = typeof data === 'string' ? Buffer.byteLength(data) : 0;
  if (length < 1 || length > LONGEST_DATA) throw badRequest('BUTTON_DATA_INVALID');
};

const checkUrl = (url: unknown): void => {
  if (typeof url !== 'string' || !/^(https?|tg|tel):/.test(url)) throw badRequest('BUTTON_URL_INVALID');
};

const checkInline = (button: Params): void => {
  known(button, ['text', ...INLINE_ACTIONS, ...LOOKS], 'InlineKeyboardButton');
  const actions = INLINE_ACTIONS.filter((name) => button[name] !== undefined);
  if (actions.length === 0) throw badRequest('text buttons are unallowed in the inline keyboard');
  if (actions.length > 1) throw badRequest(`a button does one thing only, not ${actions.join(' and ')}`);
  if (actions[0] === 'callback_data') checkData(button.callback_data);
  if (actions[0] === 'url') checkUrl(button.url);
};

const checkKey = (button: Params, chat: Chat): void => {
  known(button, ['text', ...KEY_ACTIONS, ...LOOKS], 'KeyboardButton');
  if (chat.type === 'private') return;
  if (button.request_contact === true)
    throw badRequest('phone number can be requested in private chats only');
  if (button.request_location === true) throw badRequest('location can be requested in private chats only');
};

const kindOf = (given: Params): string => {
  const kinds = [...EXTRAS.keys()].filter((kind) => given[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined) throw badRequest('object expected as reply markup');
  if (kinds.length > 1) throw badRequest(`reply markup must be one kind only, not ${kinds.join(' and ')}`);
  known(given, [kind, ...(EXTRAS.get(kind) ?? [])], 'reply_markup');
  return kind;
};

/** The reply_markup of a call, looked through; an empty inline keyboard is none. */
export const markupOf = (params: Params, chat: Chat): Markup | undefined => {
  const given = object(params, 'reply_markup');
  if (given === undefined) return undefined;
  const kind = kindOf(given);
  if (kind === 'inline_keyboard') {
    const rows = rowsOf(given.inline_keyboard, MOST_INLINE).filter((row) => row.length > 0);
    for (const button of rows.flat()) checkInline(button);
    return rows.length === 0 ? undefined : ({ inline_keyboard: rows } as unknown as Markup);
  }
  if (kind === 'keyboard') {
    const rows = rowsOf(given.keyboard, MOST_KEYS);
    for (const button of rows.flat()) checkKey(button, chat);
    return { keyboard: rows } as unknown as Markup;
  }
  if (given[kind] !== true) throw badRequest(`field "${kind}" of reply markup must be true`);
  return given as unknown as Markup;
};

/** What an edit may put under a message. */
export const inlineOf = (params: Params, chat: Chat): Markup | undefined => {
  const markup = markupOf(params, chat);
  if (markup !== undefined && !('inline_keyboard' in markup)) throw badRequest('inline keyboard expected');
  return markup;
};
