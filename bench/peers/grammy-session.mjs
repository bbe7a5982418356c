/** grammY's plain way: a state machine on its session, kept by `@grammyjs/storage-mongodb`. */
import { MongoDBAdapter } from '@grammyjs/storage-mongodb';
import { Bot, session } from 'grammy';
import { API_ROOT, keepDeclaration, ME, openDatabase, serve, TOKEN } from './serve.mjs';
import { isChecked, isGood, QUESTIONS, question, THANKS, WRONG } from './words.mjs';

const { sessions, declarations } = await openDatabase('key');
const bot = new Bot(TOKEN, { botInfo: ME, client: { apiRoot: API_ROOT } });
bot.use(
  session({ initial: () => ({ answers: null }), storage: new MongoDBAdapter({ collection: sessions }) }),
);
bot.command('khaibao', async (ctx) => {
  ctx.session.answers = [];
  await ctx.reply(question(1));
});
bot.on('message:text', async (ctx) => {
  const { answers } = ctx.session;
  if (answers === null) return;
  const { text } = ctx.message;
  const n = answers.length + 1;
  if (isChecked(n) && !isGood(text)) return ctx.reply(WRONG);
  answers.push(text);
  if (n < QUESTIONS) return ctx.reply(question(n + 1));
  ctx.session.answers = null;
  await keepDeclaration(declarations, ctx.chat.id, answers);
  await ctx.reply(THANKS);
});

await serve({
  path: '/hook',
  take: ({ body }) => bot.handleUpdate(body),
  unfinished: ({ key, value }) => value.answers && { chat: key, answers: value.answers },
  sessions,
  declarations,
});
