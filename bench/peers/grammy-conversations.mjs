/** grammY's conversations: a function that is replayed from its log, which `@grammyjs/storage-mongodb` keeps. */
import { conversations, createConversation } from '@grammyjs/conversations';
import { MongoDBAdapter } from '@grammyjs/storage-mongodb';
import { Bot } from 'grammy';
import { API_ROOT, keepDeclaration, ME, openDatabase, serve, TOKEN } from './serve.mjs';
import { isChecked, isGood, QUESTIONS, question, THANKS, WRONG } from './words.mjs';

const { sessions, declarations } = await openDatabase('key');

async function declare(conversation, ctx) {
  const answers = [];
  for (let n = 1; n <= QUESTIONS; n += 1) {
    await ctx.reply(question(n));
    let { message } = await conversation.waitFor('message:text');
    while (isChecked(n) && !isGood(message.text)) {
      await ctx.reply(WRONG);
      ({ message } = await conversation.waitFor('message:text'));
    }
    answers.push(message.text);
  }
  await conversation.external(async () => {
    await keepDeclaration(declarations, ctx.chat.id, answers);
  });
  await ctx.reply(THANKS);
}

const bot = new Bot(TOKEN, { botInfo: ME, client: { apiRoot: API_ROOT } });
const adapter = new MongoDBAdapter({ collection: sessions });
bot.use(
  conversations({
    storage: { type: 'key', version: 1, getStorageKey: (ctx) => String(ctx.chat?.id), adapter },
  }),
);
bot.use(createConversation(declare, 'declare'));
bot.command('khaibao', (ctx) => ctx.conversation.enter('declare'));

/** The log holds every update that was waited for; in their order they are the answers given so far. */
const logged = ({ key, value }) => {
  const answers = [...JSON.stringify(value).matchAll(/"text":"(A\d+)"/g)].map(([, text]) => text);
  return answers.length > 0 ? { chat: key, answers } : undefined;
};

await serve({
  path: '/hook',
  take: ({ body }) => bot.handleUpdate(body),
  unfinished: logged,
  sessions,
  declarations,
});
