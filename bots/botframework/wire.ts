import type { PersonEvent } from '../../src/dialogue/event.ts';
import { DONE } from '../../src/dialogue/question/choice.ts';
import type { Inbound } from '../../src/services/inbound.ts';
import type { Received } from '../port.ts';
import { type Activity, type AttachmentIn, type Press, pressOf } from './activity.ts';
import { addressOf, referenceOf } from './address.ts';
import { deliveryOf } from './delivery.ts';
import { photoRef } from './photo.ts';

/** Kinds of activity that say nothing to us; others are counted together. */
const KNOWN_KINDS = new Set([
  'command',
  'commandResult',
  'contactRelationUpdate',
  'conversationUpdate',
  'deleteUserData',
  'endOfConversation',
  'event',
  'handoff',
  'installationUpdate',
  'invoke',
  'messageDelete',
  'messageReaction',
  'messageUpdate',
  'suggestion',
  'trace',
  'typing',
]);

/** Unpaired halves of UTF-16 pairs, control characters and signs that turn the writing direction around. */
const UNWANTED = /[\p{Cs}\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const cleanText = (raw: string): string =>
  raw
    .normalize('NFC')
    .replace(UNWANTED, (sign) => (sign === '\n' ? sign : ''))
    .trim();

/** Both sides of a card; whatever else somebody sends at once is no card. */
const MOST_PHOTOS = 2;
/** Lists that somebody sends at once. */
const MOST_FILES = 5;

const choiceOf = ({ khaibao, picks = '' }: Press): PersonEvent => {
  const ticked = khaibao.id === DONE ? picks.split(',').filter((id) => id !== '' && id.length <= 200) : [];
  return { type: 'choice', ids: [...new Set([...ticked, khaibao.id])], turn: khaibao.turn };
};

const isPhoto = ({ contentType, contentUrl }: AttachmentIn): boolean =>
  contentType.startsWith('image/') && /^https?:/.test(contentUrl ?? '');

/** A list, a letter: by its address, as a photo. A voice message is none, nor is a card, which has none. */
const isFile = ({ contentType, contentUrl }: AttachmentIn): boolean =>
  !/^(?:(?:image|audio|video)\/|text\/html)/.test(contentType) && /^https?:/.test(contentUrl ?? '');

/** Teams repeats a text as HTML, and shows what a file is in the same way: neither is a thing by itself. */
const isThing = ({ contentType }: AttachmentIn): boolean => contentType !== 'text/html';

const photosOf = (activity: Activity, caption: string): readonly PersonEvent[] =>
  (activity.attachments ?? [])
    .filter(isPhoto)
    .slice(0, MOST_PHOTOS)
    .map(({ contentUrl = '' }, n) => ({
      type: 'photo',
      ref: photoRef({ url: contentUrl, serviceUrl: activity.serviceUrl }),
      ...(n === 0 && caption !== '' ? { caption } : {}),
    }));

const filesOf = ({ attachments, serviceUrl }: Activity): readonly PersonEvent[] =>
  (attachments ?? [])
    .filter(isFile)
    .slice(0, MOST_FILES)
    .map(({ contentUrl = '', name }) => ({
      type: 'file',
      ref: photoRef({ url: contentUrl, serviceUrl }),
      ...(name && { name }),
    }));

const eventsOf = (activity: Activity): readonly PersonEvent[] => {
  const pressed = pressOf(activity.value);
  if (pressed !== undefined) return [choiceOf(pressed)];
  const text = cleanText(activity.text ?? '');
  const photos = photosOf(activity, text);
  if (photos.length > 0) return photos;
  const said: readonly PersonEvent[] = text === '' ? [] : [{ type: 'text', text }];
  const heard = [...said, ...filesOf(activity)];
  if (heard.length > 0) return heard;
  const thing = (activity.attachments ?? []).find(isThing);
  return thing === undefined ? [] : [{ type: 'unsupported', what: thing.contentType }];
};

const langOf = ({ locale }: Activity): Pick<Inbound, 'lang'> => {
  const lang = /^(vi|en)\b/i.exec(locale ?? '')?.[1]?.toLowerCase();
  return lang === 'vi' || lang === 'en' ? { lang } : {};
};

const timeOf = ({ timestamp }: Activity, now: number): number => {
  const at = Date.parse(timestamp ?? '');
  return Number.isNaN(at) ? now : Math.min(at, now);
};

const inbound = (activity: Activity, user: string, events: readonly PersonEvent[], now: number): Received => {
  const address = addressOf(referenceOf(activity, user));
  const delivery = deliveryOf(activity, events);
  if (delivery === undefined) return { kind: 'refused', status: 400, code: 'no-id' };
  const pressed = pressOf(activity.value) !== undefined && activity.replyToId;
  const messages = events.map((event, n) => ({
    channel: 'botframework',
    deliveryId: n === 0 ? delivery : `${delivery}.${n}`,
    address,
    event,
    at: timeOf(activity, now),
    ...langOf(activity),
    ...(pressed ? { pressed } : {}),
  }));
  return { kind: 'messages', messages };
};

/** Whoever comes into the chat is greeted; in Teams it is the bot that comes into the person's. */
const newcomer = ({ channelId, membersAdded, recipient, from }: Activity): string | undefined =>
  membersAdded?.find(({ id }) => id !== recipient.id)?.id ??
  (channelId === 'msteams' && membersAdded?.length ? from?.id : undefined);

/** Teams says of its groups what they are, and not always that they are some. */
const isGroup = ({ conversation: { isGroup: said, conversationType } }: Activity): boolean =>
  said === true || conversationType === 'channel' || conversationType === 'groupChat';

/**
 * Whoever takes the bot in, for the first time or again after they had shut it out, says so in one of these; `add-upgrade` comes
 * where a newer release of the app is installed.
 */
const letsIn = ({ type, action, membersAdded, from, recipient }: Activity): boolean => {
  if (from === undefined || from.id === recipient.id) return false;
  if (type === 'conversationUpdate') return membersAdded?.some(({ id }) => id === recipient.id) === true;
  const takesIn = type === 'installationUpdate' || type === 'contactRelationUpdate';
  return takesIn && (action === 'add' || action === 'add-upgrade');
};

const ignoredKind = (activity: Activity): Received => {
  const { type, from } = activity;
  const what = KNOWN_KINDS.has(type) ? type : 'other';
  if (from === undefined || !letsIn(activity)) return { kind: 'ignored', what };
  return { kind: 'ignored', what, letIn: addressOf(referenceOf(activity, from.id)) };
};

const START: PersonEvent = { type: 'command', name: 'start' };

/** What an activity means to us, once it is believed. The bot talks with one person at a time, never in a group. */
export const readActivity = (activity: Activity, now: number): Received => {
  const { type, from, recipient } = activity;
  if (isGroup(activity)) return { kind: 'ignored', what: 'group' };
  if (type === 'conversationUpdate') {
    const user = newcomer(activity);
    if (user !== undefined) return inbound(activity, user, [START], now);
  }
  if (type !== 'message') return ignoredKind(activity);
  if (from === undefined) return { kind: 'refused', status: 400, code: 'bad-request' };
  if (from.id === recipient.id) return { kind: 'ignored', what: 'own' };
  const events = eventsOf(activity);
  return events.length === 0 ? { kind: 'ignored', what: 'empty' } : inbound(activity, from.id, events, now);
};
