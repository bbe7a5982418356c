import type { Update } from './wire.ts';

/** One API call as it came, and what it was answered with once it was. */
export interface Call {
  readonly method: string;
  /** JSON, form or multipart, parsed; a file is `{ filename, bytes }`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** ms since 1970 */
  readonly at: number;
  /** It came as the body of a webhook answer: Telegram carries it out and tells nobody how that went. */
  readonly byWebhook?: true;
  readonly answer?: Answer;
}

export interface Answer {
  readonly status: number;
  readonly result?: unknown;
  readonly description?: string;
}

export interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/**
 * `drop`: the line is cut before anything was done. `lost`: it was done, and the line is cut before the answer.
 * `hang`: no answer ever. `garbage`: 200 with something that is no JSON.
 */
export type Fault =
  | { readonly status: number; readonly description: string; readonly parameters?: object }
  | 'drop'
  | 'lost'
  | 'hang'
  | 'garbage';

/** A message of the bot as the person's screen shows it. */
export interface ScreenMessage {
  readonly id: number;
  /** Empty for a photo or a file: see `caption`. */
  readonly text: string;
  readonly caption?: string;
  readonly photo?: Uint8Array;
  readonly document?: Upload;
  /** Labels of the buttons under the message, row by row. */
  readonly inline: readonly (readonly string[])[];
  /** What the message did to the keyboard at the foot of the chat. */
  readonly keyboard?: readonly (readonly string[])[] | 'removed';
  readonly editedCount: number;
}

/** What stands in a chat, and what comes. */
export interface View {
  /** The bot's messages as they are now, after edits and deletions, oldest first. */
  screen(): readonly ScreenMessage[];
  /** The next message or edit of the bot after the last one returned, as it was then; waits up to `ms` (60,000). */
  next(ms?: number): Promise<ScreenMessage>;
}

/** Somebody with a phone. What they do returns the update's id, or 0 where the bot did not ask for that kind. */
export interface FakeUser extends View {
  readonly id: number;
  /** The id of their newest message, for `edit`. */
  lastMessageId(): number;
  say(text: string): number;
  /** `/start payload`; the slash may be left out. */
  command(text: string): number;
  /** Presses the newest button with this label: under a message, or on the keyboard, where it says the label. */
  press(label: string): number;
  /** Sends any data from under a message, gone or not: an old screen, or a hand-made client. */
  pressData(messageId: number, data: string): number;
  /** Their own number, or (own = false) somebody else's card. */
  sharePhone(phone: string, own?: boolean): number;
  shareLocation(lat: number, lon: number): number;
  /** A PNG or JPEG, as a photo in several sizes. */
  sendPhoto(bytes: Uint8Array, caption?: string): number;
  sendFile(bytes: Uint8Array, mime: string, filename?: string): number;
  sendSticker(): number;
  edit(messageId: number, text: string): number;
  block(): void;
  unblock(): void;
  /** The account is deleted. */
  deactivate(): void;
  /** The toasts that answered their presses, oldest first; an empty one ended the waiting only. */
  toasts(): readonly string[];
  /** Presses that nobody has answered: their buttons still show a clock. */
  waiting(): number;
}

export interface GroupOptions {
  readonly type?: 'group' | 'supergroup' | 'channel';
  readonly title?: string;
}

/** A chat that is not private. In a channel `say` is a post of the channel itself. */
export interface FakeGroup extends View {
  readonly id: number;
  say(text: string): number;
  addBot(): number;
  removeBot(): number;
  /** A group becomes a supergroup with another id, which is returned. */
  migrate(): number;
  /** Whether the bot is in it. */
  hasBot(): boolean;
}

export interface UserOptions {
  readonly id?: number;
  readonly language?: string;
  readonly firstName?: string;
}

export interface Options {
  readonly token?: string;
  /** How long a second of Telegram's is, in ms: retries, Retry-After, the `timeout` of getUpdates. 1,000. */
  readonly second?: number;
  /** How long a webhook may take to answer, in ms: 60,000. */
  readonly webhookWait?: number;
  /** How long an update is kept for the bot, in ms: 24 h, and 150 s for a callback query. */
  readonly messageLife?: number;
  readonly queryLife?: number;
  /** How long a callback query may be answered, in ms. Telegram publishes no number; 15,000 here. */
  readonly answerLife?: number;
  /** The first update_id; random otherwise, as with Telegram. */
  readonly firstUpdate?: number;
}

export interface FakeTelegram {
  /** `http://127.0.0.1:<port>` */
  readonly apiRoot: string;
  readonly token: string;
  readonly username: string;
  /** Every API call, in the order they came. */
  readonly calls: readonly Call[];
  user(options?: UserOptions): FakeUser;
  group(options?: GroupOptions): FakeGroup;
  /** Pushes a raw update of any kind; its id is assigned and returned. `queue` keeps it in order with its like. */
  push(update: object, queue?: string): number;
  /** An update that was ever made, as it went out. */
  update(id: number): Update | undefined;
  /** The next `times` (1) calls of a method are answered so; `*` is any, `file` a download; only for `chat`, if given. */
  fail(method: string, answer: Fault, times?: number, chat?: number): void;
  /** 502 for everything; `refuse` cuts every line instead. Webhooks go on. */
  outage(on: boolean | 'refuse'): void;
  /** The highest update id that getUpdates confirmed; 0 before that. */
  confirmed(): number;
  /** Updates that still wait to be fetched or delivered. */
  pending(): number;
  webhook(): { readonly url: string; readonly secret?: string } | undefined;
  commands(language?: string): readonly { readonly command: string; readonly description: string }[];
  description(language?: string): string | undefined;
  shortDescription(language?: string): string | undefined;
  /** Delivers an update again: one already delivered by webhook, or one that getUpdates has not confirmed. */
  redeliver(updateId: number): void;
  close(): Promise<void>;
}
