import type { RawRequest } from '../../../bots/port.ts';
import type { Good } from '../contract.ts';

/** Payloads as the Bot API documents them, with made-up people. */
export interface Payloads {
  readonly good: readonly Good[];
  readonly unknown: readonly { readonly title: string; readonly request: RawRequest }[];
  readonly letsIn: readonly { readonly title: string; readonly request: RawRequest }[];
}

const DATE = 1_795_400_000;
let updateId = 900_000_000;

export const payloadsOf = (person: number, post: (body: unknown) => RawRequest): Payloads => {
  const chat = { id: person, type: 'private', first_name: 'Mẫu' };
  const from = { id: person, is_bot: false, first_name: 'Mẫu', language_code: 'vi' };
  const group = { id: -100_200_300, type: 'supergroup', title: 'Xóm' };
  const update = (body: object): RawRequest => {
    updateId += 1;
    return post({ update_id: updateId, ...body });
  };
  const message = (content: object): RawRequest =>
    update({ message: { message_id: 7, date: DATE, chat, from, ...content } });
  const press = (content: object): RawRequest =>
    update({ callback_query: { id: '4382', from, chat_instance: '1', ...content } });
  const old = { message_id: 5, date: 0, chat };
  const sent = { message_id: 5, date: DATE, chat, from: { id: 1, is_bot: true, first_name: 'b' }, text: 'x' };
  const small = { file_id: 'small', file_unique_id: 's', width: 90, height: 67, file_size: 1_200 };
  const large = { file_id: 'large', file_unique_id: 'l', width: 1280, height: 960, file_size: 180_000 };
  const huge = { file_id: 'huge', file_unique_id: 'h', width: 9_000, height: 9_000, file_size: 19_000_000 };
  const card = { phone_number: '84912345678', first_name: 'Mẫu', user_id: person };
  const text = (said: string) => ({ type: 'text' as const, text: said });
  const good = (title: string, request: RawRequest, event: Good['event']): Good => ({
    title,
    request,
    event,
  });
  const thing = { file_id: 'x', file_unique_id: 'x', file_size: 10 };
  const unknown = (title: string, body: object) => ({ title, request: update(body) });
  const service = (title: string, content: object) => ({ title, request: message(content) });
  return {
    good: [
      good('a text', message({ text: 'khai báo' }), text('khai báo')),
      good(
        'a command',
        message({ text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] }),
        text('/start'),
      ),
      good('a link with a code', message({ text: '/start 7K3M9QXT2BC' }), text('/start 7K3M9QXT2BC')),
      good(
        'a link with an invitation',
        message({ text: '/start@khaibao_bot NV7K3M9QXT' }),
        text('/start@khaibao_bot NV7K3M9QXT'),
      ),
      good('a link in a bus', message({ text: '/start v_29B12345' }), {
        type: 'choice',
        ids: ['/go:declare:plate=29B12345'],
      }),
      good('a press', press({ data: '3.yes', message: sent }), { type: 'choice', ids: ['yes'], turn: 3 }),
      good('a press on turn 36', press({ data: '10./go:declare:whom=me', message: sent }), {
        type: 'choice',
        ids: ['/go:declare:whom=me'],
        turn: 36,
      }),
      good('a press on an old message', press({ data: '3.no', message: old }), {
        type: 'choice',
        ids: ['no'],
        turn: 3,
      }),
      good('a press on no message', press({ data: '3.no' }), { type: 'choice', ids: ['no'], turn: 3 }),
      good('their own number', message({ contact: card }), {
        type: 'contact',
        phone: '+84912345678',
        own: true,
      }),
      good(
        "somebody else's number, as it is dialled",
        message({ contact: { phone_number: '0912 345 679', first_name: 'B' } }),
        { type: 'contact', phone: '0912345679', own: false },
      ),
      good(
        'the card of somebody else on Telegram',
        message({ contact: { phone_number: '84912345680', first_name: 'C', user_id: 4_711 } }),
        { type: 'contact', phone: '+84912345680', own: false },
      ),
      good('a position', message({ location: { latitude: 22.4, longitude: 103.4 } }), {
        type: 'location',
        lat: 22.4,
        lon: 103.4,
      }),
      good(
        'a venue',
        message({
          location: { latitude: 22.4, longitude: 103.4 },
          venue: { location: { latitude: 22.4, longitude: 103.4 }, title: 'Bến xe', address: '' },
        }),
        { type: 'location', lat: 22.4, lon: 103.4 },
      ),
      good(
        'a photo, the largest that may be read',
        message({ photo: [small, large, huge], caption: 'thẻ' }),
        {
          type: 'photo',
          ref: 'large',
          bytes: 180_000,
          caption: 'thẻ',
        },
      ),
      good('an image as a file', message({ document: { ...thing, mime_type: 'image/jpeg' } }), {
        type: 'photo',
        ref: 'x',
        bytes: 10,
      }),
      good('a file', message({ document: { ...thing, mime_type: 'application/pdf' } }), {
        type: 'file',
        ref: 'x',
        bytes: 10,
      }),
      good(
        'a list with its name, and words beside it',
        message({ document: { ...thing, mime_type: 'text/csv', file_name: 'so.csv' }, caption: 'đây' }),
        { type: 'file', ref: 'x', bytes: 10, name: 'so.csv', caption: 'đây' },
      ),
      good('a GIF', message({ animation: thing, document: { ...thing, mime_type: 'video/mp4' } }), {
        type: 'unsupported',
        what: 'animation',
      }),
      good('a sticker', message({ sticker: { ...thing, emoji: '👍' } }), {
        type: 'unsupported',
        what: 'sticker',
      }),
      good('a voice message', message({ voice: { ...thing, duration: 3 } }), {
        type: 'unsupported',
        what: 'voice',
      }),
    ],
    letsIn: [
      unknown('we are let in', {
        my_chat_member: { chat, from, date: DATE, new_chat_member: { user: {}, status: 'member' } },
      }),
    ],
    unknown: [
      unknown('a position that moves on', {
        edited_message: {
          message_id: 7,
          date: DATE,
          edit_date: DATE + 5,
          chat,
          from,
          location: { latitude: 22.4, longitude: 103.4 },
        },
      }),
      unknown('a post in a channel', {
        channel_post: { message_id: 1, date: DATE, chat: { id: -1001, type: 'channel' }, text: 'tin' },
      }),
      unknown('an inline query', { inline_query: { id: '1', from, query: 'a', offset: '' } }),
      unknown('a reaction', { message_reaction: { chat, message_id: 7, date: DATE } }),
      unknown('a kind that is not invented yet', { brand_new_kind: { a: 1 } }),
      unknown('no kind at all', {}),
      unknown('we were blocked', {
        my_chat_member: { chat, from, date: DATE, new_chat_member: { user: {}, status: 'kicked' } },
      }),
      unknown('we were taken into a group', {
        my_chat_member: { chat: group, from, date: DATE, new_chat_member: { user: {}, status: 'member' } },
      }),
      unknown('a command in a group', {
        message: { message_id: 1, date: DATE, chat: group, from, text: '/start' },
      }),
      unknown('a group that moved', {
        message: {
          message_id: 1,
          date: DATE,
          chat: { ...group, type: 'group' },
          from,
          migrate_to_chat_id: -100_900,
        },
      }),
      unknown('a message of another form', { message: { text: 5, chat } }),
      unknown('a press of another form', { callback_query: 'press' }),
      service('a pinned message', { pinned_message: { message_id: 3 } }),
      service('a message from a bot', { from: { ...from, is_bot: true }, text: 'a' }),
      service('nothing we know', { brand_new_content: {} }),
      { title: 'a press on a button that is not ours', request: press({ data: 'hand made', message: sent }) },
      { title: 'a press on a game', request: press({ game_short_name: 'g' }) },
    ],
  };
};
