/** Telegram's own shapes, by its documentation (core.telegram.org/bots/api); not telegraf's, so that both are checked. */
export interface User {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly first_name?: string;
  readonly title?: string;
}

/** Offsets and lengths are UTF-16 code units. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
}

export interface PhotoSize {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly width: number;
  readonly height: number;
  readonly file_size?: number;
}

export interface Document {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_name: string;
  readonly mime_type: string;
  readonly file_size: number;
}

export interface InlineButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[];
}

export interface KeyboardButton {
  readonly text: string;
  readonly request_contact?: boolean;
  readonly request_location?: boolean;
}

/** What a reply_markup can be; exactly one of the fields is there. */
export type Markup =
  | InlineKeyboard
  | { readonly keyboard: readonly (readonly KeyboardButton[])[] }
  | { readonly remove_keyboard: true }
  | { readonly force_reply: true };

export interface Content {
  readonly text?: string;
  readonly entities?: readonly Entity[];
  readonly caption?: string;
  readonly caption_entities?: readonly Entity[];
  readonly photo?: readonly PhotoSize[];
  readonly document?: Document;
  readonly [other: string]: unknown;
}

export interface Message extends Content {
  readonly message_id: number;
  readonly from?: User;
  readonly sender_chat?: Chat;
  readonly chat: Chat;
  readonly date: number;
  readonly edit_date?: number;
  readonly reply_markup?: InlineKeyboard;
}

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** Kinds of update; the last three come only to those who ask for them by name. */
export const UPDATE_KINDS: readonly string[] = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'chat_member',
  'message_reaction',
  'message_reaction_count',
];
export const DEFAULT_KINDS: readonly string[] = UPDATE_KINDS.slice(0, -3);
