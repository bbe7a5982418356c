import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { Markup, Telegram, TelegramError } from 'telegraf';
import { ask } from './ask.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from './server.ts';

let fake: FakeTelegram;
let client: Telegram;
let lan: FakeUser;

beforeEach(async () => {
  fake = await startFakeTelegram();
  client = new Telegram(fake.token, { apiRoot: fake.apiRoot });
  lan = fake.user({ id: 5_000_000_001, firstName: 'Lan', language: 'vi' });
  lan.command('start v_ABC');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fake.close();
});

const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#39c' } })
    .png()
    .toBuffer();

describe("telegraf's own client", () => {
  test('getMe', async () => {
    expect(await client.getMe()).toMatchObject({ is_bot: true, username: fake.username, id: 123_456_789 });
  });

  test('sendMessage, an edit, and what the screen shows', async () => {
    const { message_id } = await client.sendMessage(lan.id, '<b>Anh/chị</b> có sốt không?', {
      parse_mode: 'HTML',
      ...Markup.inlineKeyboard([Markup.button.callback('Có', '1.yes')]),
    });
    const shown = { id: message_id, text: 'Anh/chị có sốt không?', inline: [['Có']], editedCount: 0 };
    expect(await lan.next()).toEqual(shown);
    await client.editMessageText(lan.id, message_id, undefined, 'Cảm ơn.');
    const edited = { id: message_id, text: 'Cảm ơn.', inline: [], editedCount: 1 };
    expect(await lan.next()).toEqual(edited);
    expect(lan.screen()).toEqual([edited]);
    await client.deleteMessage(lan.id, message_id);
    expect(lan.screen()).toEqual([]);
  });

  test('sendPhoto of a buffer, and again by its id', async () => {
    const bytes = await picture(400, 300);
    const first = await client.sendPhoto(lan.id, { source: bytes }, { caption: 'Mã QR' });
    expect(first.photo.map(({ width }) => width)).toEqual([90, 320, 400]);
    const shown = await lan.next();
    expect(Buffer.from(shown.photo ?? []).equals(bytes)).toBe(true);
    expect(shown.caption).toBe('Mã QR');
    await client.sendPhoto(lan.id, first.photo.at(-1)?.file_id ?? '');
    expect(Buffer.from((await lan.next()).photo ?? []).equals(bytes)).toBe(true);
  });

  test.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['no picture', () => Buffer.from('%PDF-1.7'), 'IMAGE_PROCESS_FAILED'],
    ['too narrow', () => picture(2, 100), 'PHOTO_INVALID_DIMENSIONS'],
    ['too large', () => Buffer.alloc(10 * 1024 * 1024 + 1), 'is too big for a photo'],
  ])('sendPhoto refuses what is %s', async (_, bytes, words) => {
    await expect(client.sendPhoto(lan.id, { source: await bytes() })).rejects.toThrow(words);
  });

  test('an upload over 50 MB is refused before anything else', async () => {
    const source = Buffer.alloc(52 * 1024 * 1024);
    await expect(client.sendDocument(lan.id, { source })).rejects.toThrow('413: Request Entity Too Large');
  });

  test('a reply to a message that is not there', async () => {
    const reply = (allow_sending_without_reply: boolean) =>
      client.sendMessage(lan.id, 'a', { reply_parameters: { message_id: 1e6, allow_sending_without_reply } });
    await expect(reply(false)).rejects.toThrow('message to be replied not found');
    await reply(true);
  });

  test('sendDocument keeps its name', async () => {
    await client.sendDocument(lan.id, { source: Buffer.from('a,b\r\n\r\n--c'), filename: 'bảng.csv' });
    const { document } = await lan.next();
    expect(document?.filename).toBe('bảng.csv');
    expect(Buffer.from(document?.bytes ?? []).toString()).toBe('a,b\r\n\r\n--c');
  });

  test('a refusal is a TelegramError with its parameters', async () => {
    fake.fail('sendMessage', {
      status: 429,
      description: 'Too Many Requests: retry after 3',
      parameters: { retry_after: 3 },
    });
    const refused = await client.sendMessage(lan.id, 'a').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TelegramError);
    expect((refused as TelegramError).parameters).toEqual({ retry_after: 3 });
  });

  test('commands and descriptions, by language', async () => {
    await client.setMyCommands([{ command: 'start', description: 'Bắt đầu' }]);
    await client.setMyCommands([{ command: 'start', description: 'Begin' }], { language_code: 'en' });
    await client.setMyDescription('Khai báo y tế');
    await client.setMyShortDescription('Khai báo', 'vi');
    expect(fake.commands()).toEqual([{ command: 'start', description: 'Bắt đầu' }]);
    expect(fake.commands('en')).toEqual([{ command: 'start', description: 'Begin' }]);
    expect(await client.getMyCommands({ language_code: 'en' })).toHaveLength(1);
    expect([fake.description(), fake.description('en')]).toEqual(['Khai báo y tế', undefined]);
    expect(fake.shortDescription('vi')).toBe('Khai báo');
  });

  test('MarkdownV2', async () => {
    const { entities } = await client.sendMessage(
      lan.id,
      '*Đậm* và [đây](https://a.example/\\)) _nghiêng_\\.',
      {
        parse_mode: 'MarkdownV2',
      },
    );
    expect(lan.screen()[0]?.text).toBe('Đậm và đây nghiêng.');
    expect(entities).toEqual([
      { type: 'bold', offset: 0, length: 3 },
      { type: 'text_link', offset: 7, length: 3, url: 'https://a.example/)' },
      { type: 'italic', offset: 11, length: 7 },
    ]);
  });
});

describe('what people do, in the shapes of the documentation', () => {
  const from = { id: 5_000_000_001, is_bot: false, first_name: 'Lan', language_code: 'vi' };
  const chat = { id: 5_000_000_001, type: 'private', first_name: 'Lan' };
  const anyMessage = { message_id: expect.any(Number), from, chat, date: expect.any(Number) };

  test.each<[string, (who: FakeUser) => number, object]>([
    ['text', (who) => who.say('chào'), { text: 'chào' }],
    [
      'command',
      (who) => who.command('start x'),
      { text: '/start x', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
    ],
    [
      'own number',
      (who) => who.sharePhone('+84900000001'),
      { contact: { phone_number: '+84900000001', first_name: 'Lan', user_id: from.id } },
    ],
    [
      "somebody else's number",
      (who) => who.sharePhone('+84900000002', false),
      { contact: { phone_number: '+84900000002', first_name: 'Lan' } },
    ],
    ['place', (who) => who.shareLocation(22.4, 103.4), { location: { latitude: 22.4, longitude: 103.4 } }],
    ['sticker', (who) => who.sendSticker(), { sticker: expect.objectContaining({ type: 'regular' }) }],
    [
      'file',
      (who) => who.sendFile(Buffer.from('abc'), 'text/plain', 'a.txt'),
      { document: expect.objectContaining({ file_name: 'a.txt', mime_type: 'text/plain', file_size: 3 }) },
    ],
  ])('%s', (_, act, content) => {
    const id = act(lan);
    expect(fake.update(id)).toEqual({ update_id: id, message: { ...anyMessage, ...content } });
  });

  test('a long text goes out in several messages', () => {
    const last = lan.say(`${'a'.repeat(4096)}b`);
    expect([fake.update(last), fake.update(last - 1)]).toMatchObject([
      { message: { text: 'b' } },
      { message: { text: 'a'.repeat(4096) } },
    ]);
    expect(() => lan.say(' ')).toThrow('empty');
  });

  test('an edit', () => {
    lan.say('a');
    const message = expect.objectContaining({ text: 'b', edit_date: expect.any(Number) });
    expect(fake.update(lan.edit(lan.lastMessageId(), 'b'))).toMatchObject({ edited_message: message });
  });

  test('blocking and unblocking', async () => {
    lan.block();
    await expect(client.sendMessage(lan.id, 'a')).rejects.toThrow('bot was blocked by the user');
    expect(() => lan.say('a')).toThrow('blocked');
    lan.unblock();
    await client.sendMessage(lan.id, 'a');
    const { result } = await ask(fake, 'getUpdates', { allowed_updates: ['my_chat_member'] });
    const changes = (result as { my_chat_member?: { new_chat_member: { status: string } } }[]).flatMap(
      ({ my_chat_member }) => my_chat_member?.new_chat_member.status ?? [],
    );
    expect(changes).toEqual(['kicked', 'member']);
  });

  test('a press carries its message; answered once, and in time', async () => {
    const sent = await client.sendMessage(
      lan.id,
      'hỏi',
      Markup.inlineKeyboard([Markup.button.callback('Có', 'y')]),
    );
    const press = (): string => {
      const { callback_query } = fake.update(lan.press('Có')) as unknown as {
        callback_query: { id: string };
      };
      expect(callback_query).toMatchObject({
        from,
        data: 'y',
        message: sent,
        chat_instance: expect.any(String),
      });
      return callback_query.id;
    };
    const first = press();
    expect(lan.waiting()).toBe(1);
    await client.answerCbQuery(first, 'Đã ghi');
    expect([lan.toasts(), lan.waiting()]).toEqual([['Đã ghi'], 0]);
    await expect(client.answerCbQuery(first)).rejects.toThrow('query is too old');
    const second = press();
    const later = Date.now() + 15_001;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    await expect(client.answerCbQuery(second)).rejects.toThrow('query is too old');
  });

  test('a key says its label; the keyboard stays until it is taken away', async () => {
    await client.sendMessage(
      lan.id,
      'hỏi',
      Markup.keyboard([['Có'], [Markup.button.contactRequest('Gửi số')]]),
    );
    await client.sendMessage(lan.id, 'nữa');
    expect(fake.update(lan.press('Có'))).toMatchObject({ message: { text: 'Có' } });
    expect(() => lan.press('Gửi số')).toThrow('sharePhone');
    expect((await lan.next()).keyboard).toEqual([['Có'], ['Gửi số']]);
    await client.sendMessage(lan.id, 'hết', Markup.removeKeyboard());
    expect(lan.screen().at(-1)?.keyboard).toBe('removed');
    expect(() => lan.press('Có')).toThrow('no button');
  });

  test('a photo in several sizes, each to be fetched', async () => {
    const bytes = await picture(640, 480);
    const { message } = fake.update(lan.sendPhoto(bytes, 'thẻ')) as unknown as {
      message: { caption: string; photo: { file_id: string; width: number; height: number }[] };
    };
    expect(message.caption).toBe('thẻ');
    const sizes = await Promise.all(
      message.photo.map(async ({ file_id }) => {
        const response = await fetch(await client.getFileLink(file_id));
        return sharp(await response.arrayBuffer()).metadata();
      }),
    );
    expect(sizes.map(({ width }) => width)).toEqual([90, 320, 640]);
    expect(sizes.map(({ width }) => width)).toEqual(message.photo.map(({ width }) => width));
  });

  test('a file over 20 MB is announced, but not given', async () => {
    const { message } = fake.update(
      lan.sendFile(Buffer.alloc(20 * 1024 * 1024 + 1), 'image/png'),
    ) as unknown as {
      message: { document: { file_id: string } };
    };
    await expect(client.getFile(message.document.file_id)).rejects.toThrow('file is too big');
  });

  test('a download can break', async () => {
    const { message } = fake.update(lan.sendFile(Buffer.alloc(1000), 'image/png')) as unknown as {
      message: { document: { file_id: string } };
    };
    const link = await client.getFileLink(message.document.file_id);
    fake.fail('file', 'drop');
    await expect(fetch(link).then((response) => response.arrayBuffer())).rejects.toThrow();
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(`${link}x`)).status).toBe(404);
  });
});

describe('chats that are not private', () => {
  test.each([
    ['group', 'message', 'member'],
    ['supergroup', 'message', 'member'],
    ['channel', 'channel_post', 'administrator'],
  ] as const)('%s', async (type, kind, status) => {
    const group = fake.group({ type });
    expect(group.say('a')).toBe(0);
    expect(fake.update(group.addBot())).toMatchObject({
      my_chat_member: { chat: { id: group.id, type }, new_chat_member: { status } },
    });
    expect(fake.update(group.say('b'))).toMatchObject({
      [kind]: { chat: { id: group.id, type }, text: 'b' },
    });
    await client.sendMessage(group.id, 'chỉ nhắn riêng');
    expect((await group.next()).text).toBe('chỉ nhắn riêng');
    await client.leaveChat(group.id);
    expect(group.hasBot()).toBe(false);
    await expect(client.sendMessage(group.id, 'a')).rejects.toThrow(
      `bot is not a member of the ${type} chat`,
    );
  });

  test('a group that became a supergroup names the new one', async () => {
    const group = fake.group();
    group.addBot();
    const old = group.id;
    const fresh = group.migrate();
    const refused = await client.sendMessage(old, 'a').catch((error: unknown) => error);
    expect((refused as TelegramError).parameters).toEqual({ migrate_to_chat_id: fresh });
    await client.sendMessage(fresh, 'a');
    expect(group.screen()).toHaveLength(1);
    group.removeBot();
    await expect(client.sendMessage(fresh, 'a')).rejects.toThrow('bot was kicked from the supergroup chat');
  });
});

test('next gives up with the screen in its words, and closing ends it', async () => {
  await client.sendMessage(lan.id, 'một');
  await lan.next();
  await expect(lan.next(10)).rejects.toThrow('một');
  const waiting = lan.next();
  await Promise.all([expect(waiting).rejects.toThrow('closed'), fake.close()]);
  fake = await startFakeTelegram();
});
