import { z } from 'zod';
import type { Inbound } from '../../src/services/inbound.ts';
import type { Received } from '../port.ts';
import { content, eventOf } from './content.ts';
import { readData } from './data.ts';
import { shownMessage, tracedText } from './trace.ts';

const user = z.looseObject({
  id: z.int(),
  is_bot: z.boolean().optional(),
  language_code: z.string().optional(),
});
const chat = z.looseObject({ id: z.int(), type: z.string() });
/** What every update has; all else of it depends on its kind. */
export const update = z.looseObject({ update_id: z.int().nonnegative() });
type Update = z.infer<typeof update>;

/** The kinds we ask for: people's messages, their presses, and that we were blocked, let in again, or put into a group. */
export const UPDATE_KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

const message = content.extend({ date: z.int(), chat, from: user.optional() });
const callback = z.looseObject({
  id: z.string(),
  from: user,
  data: z.string().optional(),
  /** Not there, or its date 0, when it is too old: the press still counts. */
  message: z.looseObject({ message_id: z.int(), date: z.int(), chat, ...shownMessage }).optional(),
});
const member = z.looseObject({ chat, new_chat_member: z.looseObject({ status: z.string() }) });

/** What stands in an update, and what must be done about it besides. */
export interface Read {
  readonly received: Exclude<Received, { kind: 'refused' }>;
  /** A press that waits to be answered, or its button keeps turning. */
  readonly callback?: string;
  /** The pressed message, as it will stand when its answer was taken. */
  readonly traced?: string;
  /** A group that has called us: it is told that we are for private chats. */
  readonly group?: number;
}

const ignored = (what: string): Read => ({ received: { kind: 'ignored', what } });

type From = z.infer<typeof user>;

/** A new chat begins in Vietnamese unless the phone says that it speaks something else. */
const langOf = ({ language_code: code }: From): Pick<Inbound, 'lang'> =>
  code === undefined ? {} : { lang: /^vi\b/i.test(code) ? 'vi' : 'en' };

/** A typed text that was changed; a position that moves on is an edit for Telegram too, and nothing to us. */
const readEdited = (id: number, given: unknown): Read => {
  const { text, caption } = message.parse(given);
  if (text === undefined && caption === undefined) return ignored('edited_message');
  const read = readMessage(id, given);
  if (read.received.kind !== 'messages') return read;
  const event = { type: 'unsupported', what: 'edited' } as const;
  return {
    received: { kind: 'messages', messages: read.received.messages.map((one) => ({ ...one, event })) },
  };
};

const readMessage = (id: number, given: unknown): Read => {
  const { chat: where, from, date, ...rest } = message.parse(given);
  if (where.type !== 'private')
    return { ...ignored('group'), ...(rest.text?.startsWith('/') && { group: where.id }) };
  if (from?.is_bot) return ignored('bot');
  const event = eventOf(rest, from?.id);
  if (typeof event === 'string') return ignored(event);
  const inbound = {
    channel: 'telegram',
    deliveryId: String(id),
    address: String(where.id),
    event,
    at: date * 1_000,
    ...(from && langOf(from)),
  };
  return { received: { kind: 'messages', messages: [inbound] } };
};

const readCallback = (id: number, given: unknown, now: number): Read => {
  const { id: press, from, data = '', message: on } = callback.parse(given);
  if (on !== undefined && on.chat.type !== 'private') return { ...ignored('group'), callback: press };
  const button = readData(data);
  if (button === undefined) return { ...ignored('callback_data'), callback: press };
  const { turn, id: choice } = button;
  const traced = on && tracedText(on, data);
  const inbound = {
    channel: 'telegram',
    deliveryId: String(id),
    address: String(on?.chat.id ?? from.id),
    event: { type: 'choice', ids: [choice], turn } as const,
    at: now,
    ...(on !== undefined && on.date > 0 && { pressed: String(on.message_id) }),
    ...langOf(from),
  };
  const received = { kind: 'messages', messages: [inbound] } as const;
  return { received, callback: press, ...(traced !== undefined && { traced }) };
};

/** Members we are ourselves: being added to a group, being blocked. */
const readMember = (given: unknown): Read => {
  const { chat: where, new_chat_member: now } = member.parse(given);
  if (where.type === 'private')
    return now.status === 'kicked'
      ? ignored('blocked')
      : { received: { kind: 'ignored', what: 'unblocked', letIn: String(where.id) } };
  const inside = now.status !== 'left' && now.status !== 'kicked';
  return { ...ignored('group'), ...(inside && { group: where.id }) };
};

/** The kind of an update is the name of its other field; only names of Telegram's form go into a figure's label. */
const kindOf = (given: object): string =>
  Object.keys(given).find((key) => key !== 'update_id' && /^[a-z_]{2,40}$/.test(key)) ?? 'unknown';

const readKnown = (given: Update, now: number): Read => {
  if ('message' in given) return readMessage(given.update_id, given.message);
  if ('edited_message' in given) return readEdited(given.update_id, given.edited_message);
  if ('callback_query' in given) return readCallback(given.update_id, given.callback_query, now);
  if ('my_chat_member' in given) return readMember(given.my_chat_member);
  return ignored(kindOf(given));
};

/**
 * What we cannot read is ignored, not refused: Telegram would send it again for a day, and hold back all that comes
 * after it in that chat.
 */
export const readUpdate = (given: Update, now: number): Read => {
  try {
    return readKnown(given, now);
  } catch (error) {
    if (error instanceof z.ZodError) return ignored('unreadable');
    throw error;
  }
};
