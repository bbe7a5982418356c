/**
 * No bot to be compared with, but the floor under all of them: the same post through express, the same reply by
 * telegraf's client, and nothing between. It forgets everything when it ends.
 */
import { Agent } from 'node:http';
import { Telegram } from 'telegraf';
import { API_ROOT, openDatabase, serve, TOKEN } from './serve.mjs';
import { BEGIN, QUESTIONS, question, THANKS } from './words.mjs';

const { sessions, declarations } = await openDatabase('key');
const telegram = new Telegram(TOKEN, { apiRoot: API_ROOT, webhookReply: false });
telegram.options.agent = new Agent({ keepAlive: true });
const given = new Map();

await serve({
  path: '/hook',
  take: async ({ body: { message } }) => {
    const { text, chat } = message;
    const n = text === BEGIN ? 1 : (given.get(chat.id) ?? 0) + 1;
    if (n <= QUESTIONS) given.set(chat.id, n);
    else given.delete(chat.id);
    await telegram.sendMessage(chat.id, n <= QUESTIONS ? question(n) : THANKS);
  },
  unfinished: () => undefined,
  sessions,
  declarations,
});
