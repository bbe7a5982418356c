/**
 * Microsoft's way: a waterfall of prompts on ConversationState, behind CloudAdapter without credentials. There is no
 * official MongoDB storage, so this is the usual one: a document by its key, written over.
 */
import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
} from 'botbuilder';
import { DialogSet, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import { keepDeclaration, openDatabase, serve } from './serve.mjs';
import { BEGIN, isChecked, isGood, QUESTIONS, question, THANKS, WRONG } from './words.mjs';

const { sessions, declarations } = await openDatabase();

const storage = {
  async read(keys) {
    const found = await sessions.find({ _id: { $in: keys } }).toArray();
    return Object.fromEntries(found.map(({ _id, state }) => [_id, state]));
  },
  async write(changes) {
    const operations = Object.entries(changes).map(([_id, state]) => ({
      replaceOne: { filter: { _id }, replacement: { state }, upsert: true },
    }));
    if (operations.length === 1) {
      const [{ replaceOne }] = operations;
      await sessions.replaceOne(replaceOne.filter, replaceOne.replacement, { upsert: true });
    } else if (operations.length > 0) await sessions.bulkWrite(operations);
  },
  async delete(keys) {
    await sessions.deleteMany({ _id: { $in: keys } });
  },
};

const state = new ConversationState(storage);
const dialogs = new DialogSet(state.createProperty('dialogs'));
dialogs.add(new TextPrompt('free'));
dialogs.add(new TextPrompt('checked', async ({ recognized }) => isGood(recognized.value ?? '')));

const ask = (n) => (step) => {
  if (n === 1) step.values.answers = [];
  else step.values.answers.push(step.result);
  return step.prompt(isChecked(n) ? 'checked' : 'free', { prompt: question(n), retryPrompt: WRONG });
};
const finish = async (step) => {
  const answers = [...step.values.answers, step.result];
  await keepDeclaration(declarations, step.context.activity.conversation.id, answers);
  await step.context.sendActivity(THANKS);
  return step.endDialog();
};
const questions = Array.from({ length: QUESTIONS }, (_, at) => ask(at + 1));
dialogs.add(new WaterfallDialog('declare', [...questions, finish]));

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_context, error) => {
  throw error;
};

const onTurn = async (context) => {
  if (context.activity.type !== ActivityTypes.Message) return;
  const dialog = await dialogs.createContext(context);
  if (context.activity.text === BEGIN) {
    await dialog.cancelAllDialogs();
    await dialog.beginDialog('declare');
  } else await dialog.continueDialog();
  await state.saveChanges(context);
};

/** The waterfall's own values, wherever in the stack they stand. */
const standing = ({ _id, state: stored }) => {
  const waterfall = stored.dialogs?.dialogStack?.find(({ id }) => id === 'declare');
  const chat = /conversations\/(\d+)/.exec(_id)?.[1];
  return waterfall && chat ? { chat, answers: waterfall.state.values?.answers ?? [] } : undefined;
};

await serve({
  path: '/api/messages',
  take: (req, res) => adapter.process(req, res, onTurn),
  unfinished: standing,
  sessions,
  declarations,
});
