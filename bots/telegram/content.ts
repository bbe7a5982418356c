import { z } from 'zod';
import type { PersonEvent } from '../../src/dialogue/event.ts';
import { LIMITS } from '../../src/dialogue/limits.ts';

const file = z.looseObject({ file_id: z.string(), file_size: z.int().optional() });

/** What a message may hold that we read; all else is looked at by its name only. */
export const content = z.looseObject({
  text: z.string().optional(),
  caption: z.string().optional(),
  contact: z.looseObject({ phone_number: z.string(), user_id: z.int().optional() }).optional(),
  location: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
  photo: z.array(file).min(1).optional(),
  document: file.extend({ mime_type: z.string().optional(), file_name: z.string().optional() }).optional(),
});
type Content = z.infer<typeof content>;

/** What people send that no question can use; a GIF comes as a document too, so it stands before it. */
const UNSUPPORTED = [
  'animation',
  'audio',
  'sticker',
  'story',
  'video',
  'video_note',
  'voice',
  'dice',
  'game',
  'poll',
  'invoice',
  'paid_media',
  'checklist',
];

/** What Telegram tells about the chat itself, in the field's own name. */
const SERVICE = [
  'new_chat_members',
  'left_chat_member',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'message_auto_delete_timer_changed',
  'successful_payment',
  'users_shared',
  'chat_shared',
  'write_access_allowed',
  'web_app_data',
];

/** `/start <payload>`: what a link `t.me/<bot>?start=<payload>` says when it is opened. */
const START = /^\/start(?:@\w+)?\s+([\w-]{1,64})$/;
const VEHICLE = /^v_(.+)$/;

const said = (text: string): PersonEvent => {
  const plate = VEHICLE.exec(START.exec(text)?.[1] ?? '')?.[1];
  // A sticker in a bus leads to a declaration that knows the bus already.
  if (plate !== undefined) return { type: 'choice', ids: [`/go:declare:plate=${plate}`] };
  // Lookup, staff and link codes are known by their shape, behind `/start` too.
  return { type: 'text', text };
};

/** Telegram leaves the + away; a number of the address book may stand as it is dialled. */
const dialled = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  return digits.startsWith('0') ? digits : `+${digits}`;
};

/** The best of a photo's sizes that may be read: they come the smallest first. */
const photo = (sizes: NonNullable<Content['photo']>, caption: string | undefined): PersonEvent => {
  const fit = sizes.findLast(({ file_size: bytes = 0 }) => bytes <= LIMITS.photoBytes) ?? sizes[0];
  return {
    type: 'photo',
    ref: fit?.file_id ?? '',
    ...(fit?.file_size !== undefined && { bytes: fit.file_size }),
    ...(caption !== undefined && { caption }),
  };
};

/** A file that is no photo: a list, a letter. */
const fileEvent = (
  { file_id: ref, file_name: name, file_size: bytes }: NonNullable<Content['document']>,
  caption: string | undefined,
): PersonEvent => ({
  type: 'file',
  ref,
  ...(name !== undefined && { name }),
  ...(bytes !== undefined && { bytes }),
  ...(caption !== undefined && { caption }),
});

/** What a person's message says, or, as a string, what kind of news it is that no person said. */
export const eventOf = (message: Content, from: number | undefined): PersonEvent | string => {
  const { text, caption, contact, location, document } = message;
  if (text !== undefined) return said(text);
  if (contact !== undefined) {
    // A card of the address book without a Telegram account is nobody's own.
    const own = contact.user_id !== undefined && contact.user_id === from;
    return { type: 'contact', phone: dialled(contact.phone_number), own };
  }
  if (location !== undefined) return { type: 'location', lat: location.latitude, lon: location.longitude };
  if (message.photo !== undefined) return photo(message.photo, caption);
  if (document?.mime_type?.startsWith('image/')) return photo([document], caption);
  const what = UNSUPPORTED.find((name) => name in message);
  if (what !== undefined) return { type: 'unsupported', what };
  if (document !== undefined) return fileEvent(document, caption);
  return SERVICE.find((name) => name in message) ?? 'service';
};
