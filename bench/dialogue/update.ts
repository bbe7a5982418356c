/** Whose protocol a bot speaks. */
export type Protocol = 'telegram' | 'botframework';

export const SECRET = 'bench-webhook-secret-0123456789';
export const TOKEN = '1000001:bench-token-of-nobody-0123456789';

export const HEADERS: Readonly<Record<Protocol, string>> = {
  telegram: `X-Telegram-Bot-Api-Secret-Token: ${SECRET}\r\n`,
  botframework: '',
};

let last = 0;

const telegram = (chat: number, text: string) => ({
  update_id: last,
  message: {
    message_id: last,
    date: Math.floor(Date.now() / 1_000),
    chat: { id: chat, type: 'private', first_name: 'Mẫu' },
    from: { id: chat, is_bot: false, first_name: 'Mẫu', language_code: 'vi' },
    text,
    ...(text.startsWith('/') && { entities: [{ type: 'bot_command', offset: 0, length: text.length }] }),
  },
});

const activity = (chat: number, text: string, serviceUrl: string) => ({
  type: 'message',
  id: String(last),
  timestamp: new Date().toISOString(),
  serviceUrl,
  channelId: 'emulator',
  from: { id: String(chat), name: 'Mẫu', role: 'user' },
  recipient: { id: 'bot', name: 'Bench', role: 'bot' },
  conversation: { id: String(chat) },
  locale: 'vi-VN',
  text,
});

/** The body of one post; each has a delivery id of its own. */
export const updateOf = (protocol: Protocol, chat: number, text: string, api: string): string => {
  last += 1;
  return JSON.stringify(protocol === 'telegram' ? telegram(chat, text) : activity(chat, text, api));
};
