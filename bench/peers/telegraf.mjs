/** telegraf's own way: a WizardScene, its session in MongoDB by `@telegraf/session`. */
import { Agent } from 'node:http';
import { Mongo } from '@telegraf/session/mongodb';
import { Scenes, session, Telegraf } from 'telegraf';
import { API_ROOT, keepDeclaration, ME, openDatabase, serve, TOKEN } from './serve.mjs';
import { isChecked, isGood, QUESTIONS, question, THANKS, WRONG } from './words.mjs';

const { client, db, sessions, declarations } = await openDatabase('key');

const steps = Array.from({ length: QUESTIONS }, (_, at) => async (ctx) => {
  const n = at + 1;
  const { text } = ctx.message;
  if (isChecked(n) && !isGood(text)) return ctx.reply(WRONG);
  const { answers } = ctx.scene.state;
  answers.push(text);
  if (n < QUESTIONS) {
    await ctx.reply(question(n + 1));
    return ctx.wizard.next();
  }
  await keepDeclaration(declarations, ctx.chat.id, answers);
  await ctx.reply(THANKS);
  return ctx.scene.leave();
});
const wizard = new Scenes.WizardScene('declare', ...steps);
wizard.enter(async (ctx) => {
  ctx.scene.state.answers = [];
  await ctx.reply(question(1));
});

const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API_ROOT, webhookReply: false } });
bot.botInfo = ME;
// telegraf keeps its connections to https only; on the bench's plain http it would open one per call.
bot.telegram.options.agent = new Agent({ keepAlive: true });
bot.catch((error) => {
  throw error; // or the webhook would answer 200 to an update that failed
});
bot.use(session({ store: Mongo({ client, database: db.databaseName, collection: 'sessions' }) }));
const stage = new Scenes.Stage([wizard]);
stage.command('khaibao', (ctx) => ctx.scene.enter('declare'));
bot.use(stage.middleware());

await serve({
  path: '/hook',
  take: ({ body }) => bot.handleUpdate(body),
  unfinished: ({ key, session: { __scenes } }) =>
    __scenes?.state?.answers && { chat: key.split(':')[1], answers: __scenes.state.answers },
  sessions,
  declarations,
});
