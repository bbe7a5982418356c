import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { ask } from './ask.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from './server.ts';

/** A made-up 2×1 picture. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

let fake: FakeTelegram;
let lan: FakeUser;
/** Ids of messages to try things on. */
let text = 0;
let photo = 0;
let keyed = 0;
let group = 0;
let away = 0;
let stranger = 0;
let blocked = 0;
let deleted = 0;
let query = '';

const sent = async (params: object): Promise<number> => {
  const said = await ask(fake, 'sendMessage', params);
  return (said.result as { message_id: number }).message_id;
};

beforeAll(async () => {
  fake = await startFakeTelegram({ answerLife: 60_000 });
  lan = fake.user({ firstName: 'Lan' });
  lan.command('start');
  const buttons = { inline_keyboard: [[{ text: 'Có', callback_data: '1.yes' }]] };
  text = await sent({ chat_id: lan.id, text: 'hỏi', reply_markup: buttons });
  keyed = await sent({ chat_id: lan.id, text: 'phím', reply_markup: { keyboard: [['a']] } });
  const client = new Telegram(fake.token, { apiRoot: fake.apiRoot });
  photo = (await client.sendPhoto(lan.id, { source: PNG })).message_id;
  const inside = fake.group({ type: 'supergroup' });
  inside.addBot();
  group = inside.id;
  away = fake.group().id;
  stranger = fake.user().id;
  const angry = fake.user();
  angry.say('a');
  angry.block();
  blocked = angry.id;
  const gone = fake.user();
  gone.say('a');
  gone.deactivate();
  deleted = gone.id;
  const update = fake.update(lan.press('Có')) as unknown as { callback_query: { id: string } };
  query = update.callback_query.id;
});
afterAll(() => fake.close());

const rows = (buttons: number, perRow: number): object => ({
  inline_keyboard: Array.from({ length: Math.ceil(buttons / perRow) }, (_, row) =>
    Array.from({ length: Math.min(perRow, buttons - row * perRow) }, () => ({
      text: 'a',
      callback_data: 'a',
    })),
  ),
});
const to = (params: object) => (): object => ({ chat_id: lan.id, ...params });
const button = (given: object) => to({ text: 'a', reply_markup: { inline_keyboard: [[given]] } });
const marked = (parse_mode: string, source: string) => to({ text: source, parse_mode });
const STALE = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
const UNPARSED = "Bad Request: can't parse entities:";

/** Method, parameters, status, words. */
const REFUSALS: readonly (readonly [string, () => object, number, string])[] = [
  ['noSuchMethod', () => ({}), 404, 'Not Found'],
  ['sendMessage', () => ({ text: 'a' }), 400, 'Bad Request: chat_id is empty'],
  ['sendMessage', () => ({ chat_id: 1, text: 'a' }), 400, 'Bad Request: chat not found'],
  ['sendMessage', () => ({ chat_id: 'lan', text: 'a' }), 400, 'Bad Request: chat not found'],
  ['sendMessage', () => ({ chat_id: 1.5, text: 'a' }), 400, 'Bad Request: chat not found'],
  [
    'sendMessage',
    () => ({ chat_id: stranger, text: 'a' }),
    403,
    "Forbidden: bot can't initiate conversation with a user",
  ],
  ['sendMessage', () => ({ chat_id: blocked, text: 'a' }), 403, 'Forbidden: bot was blocked by the user'],
  ['sendMessage', () => ({ chat_id: deleted, text: 'a' }), 403, 'Forbidden: user is deactivated'],
  [
    'sendMessage',
    () => ({ chat_id: away, text: 'a' }),
    403,
    'Forbidden: bot is not a member of the group chat',
  ],
  ['sendMessage', to({}), 400, 'Bad Request: message text is empty'],
  ['sendMessage', to({ text: ' \n ' }), 400, 'Bad Request: message text is empty'],
  ['sendMessage', to({ text: 'ă'.repeat(4097) }), 400, 'Bad Request: message is too long'],
  ['sendMessage', to({ text: '😷'.repeat(2049) }), 400, 'Bad Request: message is too long'],
  ['sendMessage', to({ text: 7 }), 400, 'Bad Request: parameter "text" must be of type text'],
  ['sendMessage', to({ text: 'a', silent: true }), 400, 'Bad Request: unknown parameter "silent"'],
  ['sendMessage', to({ text: 'a', parse_mode: 'HTM' }), 400, 'Bad Request: unsupported parse_mode'],
  ['sendMessage', to({ text: 'a\ud800' }), 400, 'Bad Request: strings must be encoded in UTF-8'],
  ['sendMessage', marked('HTML', 'ấ<p>'), 400, `${UNPARSED} Unsupported start tag "p" at byte offset 3`],
  [
    'sendMessage',
    marked('HTML', '<b>a'),
    400,
    `${UNPARSED} Can't find end tag corresponding to start tag "b"`,
  ],
  [
    'sendMessage',
    marked('HTML', '<b>a</i>'),
    400,
    `${UNPARSED} Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
  ],
  ['sendMessage', marked('HTML', 'a</b>'), 400, `${UNPARSED} Unexpected end tag at byte offset 1`],
  ['sendMessage', marked('HTML', '38 < 39'), 400, `${UNPARSED} Unclosed start tag at byte offset 3`],
  ['sendMessage', marked('HTML', '<b></b>'), 400, 'Bad Request: message text is empty'],
  [
    'sendMessage',
    marked('MarkdownV2', 'a.'),
    400,
    `${UNPARSED} Character '.' is reserved and must be escaped with the preceding '\\'`,
  ],
  [
    'sendMessage',
    marked('MarkdownV2', 'ấ *b'),
    400,
    `${UNPARSED} Can't find end of Bold entity at byte offset 4`,
  ],
  [
    'sendMessage',
    to({ text: 'a', reply_markup: '{' }),
    400,
    'Bad Request: parameter "reply_markup" must be of type object',
  ],
  ['sendMessage', to({ text: 'a', reply_markup: {} }), 400, 'Bad Request: object expected as reply markup'],
  [
    'sendMessage',
    to({ text: 'a', reply_markup: { keyboard: [['a']], remove_keyboard: true } }),
    400,
    'Bad Request: reply markup must be one kind only, not keyboard and remove_keyboard',
  ],
  [
    'sendMessage',
    to({ text: 'a', reply_markup: { inline_keyboard: [{ text: 'a' }] } }),
    400,
    "Bad Request: can't parse keyboard: an Array of Array is expected",
  ],
  [
    'sendMessage',
    button({ text: 'a', callback_data: 'ấ'.repeat(22) }),
    400,
    'Bad Request: BUTTON_DATA_INVALID',
  ],
  ['sendMessage', button({ text: 'a', callback_data: '' }), 400, 'Bad Request: BUTTON_DATA_INVALID'],
  ['sendMessage', button({ text: 'a', url: 'nowhere' }), 400, 'Bad Request: BUTTON_URL_INVALID'],
  [
    'sendMessage',
    button({ text: ' ', callback_data: 'a' }),
    400,
    'Bad Request: keyboard button text must be non-empty',
  ],
  [
    'sendMessage',
    button({ text: 'a' }),
    400,
    'Bad Request: text buttons are unallowed in the inline keyboard',
  ],
  [
    'sendMessage',
    button({ text: 'a', callback_data: 'a', url: 'https://a.example' }),
    400,
    'Bad Request: a button does one thing only, not callback_data and url',
  ],
  [
    'sendMessage',
    to({ text: 'a', reply_markup: rows(101, 8) }),
    400,
    'Bad Request: reply markup is too long',
  ],
  [
    'sendMessage',
    to({ text: 'a', reply_markup: rows(9, 9) }),
    400,
    'Bad Request: more than 8 buttons in a row',
  ],
  [
    'sendMessage',
    () => ({
      chat_id: group,
      text: 'a',
      reply_markup: { keyboard: [[{ text: 'a', request_contact: true }]] },
    }),
    400,
    'Bad Request: phone number can be requested in private chats only',
  ],
  [
    'sendMessage',
    () => ({
      chat_id: group,
      text: 'a',
      reply_markup: { keyboard: [[{ text: 'a', request_location: true }]] },
    }),
    400,
    'Bad Request: location can be requested in private chats only',
  ],
  ['sendPhoto', to({ photo: 'nofile' }), 400, 'Bad Request: wrong file identifier/HTTP URL specified'],
  ['sendPhoto', to({}), 400, 'Bad Request: there is no photo in the request'],
  [
    'sendPhoto',
    to({ photo: 'nofile', caption: 'a'.repeat(1025) }),
    400,
    'Bad Request: message caption is too long',
  ],
  ['sendChatAction', to({ action: 'thinking' }), 400, 'Bad Request: wrong parameter action in request'],
  [
    'editMessageText',
    () => ({ chat_id: lan.id, message_id: text + 1000, text: 'a' }),
    400,
    'Bad Request: message to edit not found',
  ],
  ['editMessageText', to({ text: 'a' }), 400, 'Bad Request: message identifier is not specified'],
  [
    'editMessageText',
    () => ({ chat_id: lan.id, message_id: keyed, text: 'a' }),
    400,
    "Bad Request: message can't be edited",
  ],
  [
    'editMessageText',
    () => ({ chat_id: lan.id, message_id: lan.lastMessageId(), text: 'a' }),
    400,
    "Bad Request: message can't be edited",
  ],
  [
    'editMessageText',
    () => ({ chat_id: lan.id, message_id: photo, text: 'a' }),
    400,
    'Bad Request: there is no text in the message to edit',
  ],
  [
    'editMessageText',
    () => ({
      chat_id: lan.id,
      message_id: text,
      text: 'hỏi ',
      reply_markup: { inline_keyboard: [[{ text: 'Có', callback_data: '1.yes' }]] },
    }),
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  ],
  [
    'editMessageText',
    () => ({ chat_id: lan.id, message_id: text, text: 'b', reply_markup: { keyboard: [['a']] } }),
    400,
    'Bad Request: inline keyboard expected',
  ],
  [
    'editMessageCaption',
    () => ({ chat_id: lan.id, message_id: text, caption: 'a' }),
    400,
    'Bad Request: there is no caption in the message to edit',
  ],
  [
    'deleteMessage',
    () => ({ chat_id: lan.id, message_id: 1_000_000 }),
    400,
    'Bad Request: message to delete not found',
  ],
  ['answerCallbackQuery', () => ({ callback_query_id: '1' }), 400, STALE],
  [
    'answerCallbackQuery',
    () => ({ callback_query_id: query, text: 'a'.repeat(201) }),
    400,
    'Bad Request: MESSAGE_TOO_LONG',
  ],
  [
    'getFile',
    () => ({ file_id: 'a' }),
    400,
    'Bad Request: wrong file_id or the file is temporarily unavailable',
  ],
  [
    'setMyCommands',
    () => ({ commands: [{ command: 'Bắt_đầu', description: 'a' }] }),
    400,
    'Bad Request: BOT_COMMAND_INVALID',
  ],
  [
    'setMyCommands',
    () => ({ commands: [{ command: 'a', description: '' }] }),
    400,
    'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
  ],
  [
    'setMyCommands',
    () => ({ commands: Array.from({ length: 101 }, (_, i) => ({ command: `a${i}`, description: 'a' })) }),
    400,
    'Bad Request: BOT_COMMANDS_TOO_MUCH',
  ],
  [
    'setMyCommands',
    () => ({ commands: [], language_code: 'vie' }),
    400,
    'Bad Request: invalid language code specified',
  ],
  ['setMyDescription', () => ({ description: 'a'.repeat(513) }), 400, 'Bad Request: description is too long'],
  [
    'setMyShortDescription',
    () => ({ short_description: 'a'.repeat(121) }),
    400,
    'Bad Request: short_description is too long',
  ],
  [
    'setWebhook',
    () => ({ url: 'http://bot.example' }),
    400,
    'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
  ],
  [
    'setWebhook',
    () => ({ url: 'https://bot.example:5000' }),
    400,
    'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
  ],
  [
    'setWebhook',
    () => ({ url: 'https://bot.example', secret_token: 'a b' }),
    400,
    'Bad Request: secret token contains unallowed characters',
  ],
  [
    'setWebhook',
    () => ({ url: 'https://bot.example', secret_token: 'a'.repeat(257) }),
    400,
    'Bad Request: secret token is too long',
  ],
  [
    'getUpdates',
    () => ({ allowed_updates: ['massage'] }),
    400,
    'Bad Request: unknown kind of update "massage" in allowed_updates',
  ],
  ['leaveChat', to({}), 400, "Bad Request: chat member status can't be changed in private chats"],
];

describe('what Telegram refuses, the fake refuses', () => {
  test.each(REFUSALS)('%s %#', async (method, params, status, words) => {
    const said = await ask(fake, method, params());
    expect([said.ok, said.error_code, said.description]).toEqual([false, status, words]);
  });

  test.each([
    ['another bot', '987654321:AAsomeOtherToken', 401, 'Unauthorized'],
    ['no token', 'token', 404, 'Not Found'],
  ])('%s', async (_, token, status, words) => {
    const response = await fetch(`${fake.apiRoot}/bot${token}/getMe`);
    expect([response.status, await response.json()]).toEqual([
      status,
      { ok: false, error_code: status, description: words },
    ]);
  });

  test.each<[string, RequestInit | undefined, string]>([
    ['an address', undefined, `?chat_id=CHAT&text=a`],
    ['a form', { method: 'POST', body: new URLSearchParams({ text: 'a' }) }, '?chat_id=CHAT'],
  ])('parameters come by %s too', async (_, init, search) => {
    const url = `${fake.apiRoot}/bot${fake.token}/SENDmessage${search.replace('CHAT', String(lan.id))}`;
    expect(await (await fetch(url, init)).json()).toMatchObject({ ok: true, result: { text: 'a' } });
  });

  test.each([
    ['application/json', '{"chat_id":', "Bad Request: can't parse request body as a JSON object"],
    ['multipart/form-data; boundary=b', '--b\r\n\r\n', 'Bad Request: multipart/form-data is not closed'],
    ['text/plain', 'a', 'Bad Request: unsupported Content-Type of the request body'],
  ])('a body of %s that is none', async (type, body, description) => {
    const url = `${fake.apiRoot}/bot${fake.token}/sendMessage`;
    const response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': type } });
    expect(await response.json()).toEqual({ ok: false, error_code: 400, description });
  });

  test('at the very limit it is taken', async () => {
    const said = await ask(fake, 'sendMessage', {
      chat_id: lan.id,
      text: `  ${'😷'.repeat(2048)}  `,
      reply_markup: rows(100, 8),
    });
    expect(said.ok).toBe(true);
    const data = 'ấ'.repeat(21);
    expect((await ask(fake, 'sendMessage', button({ text: 'a', callback_data: data })())).ok).toBe(true);
  });
});
