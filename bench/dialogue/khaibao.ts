/**
 * khaibao as `src/app.ts` puts it together for one Telegram chat, with the bench's own declaration in place of the
 * product's: the whole HTTP shell, the channel, the engine, encryption, group commit, replies over kept connections,
 * metrics, a log line for every update. Left out is what no update of this talk meets: the desk of alerts,
 * cards, the QR, the other channels.
 */
import { join } from 'node:path';
import pino from 'pino';
import { createTelegramChannel } from '../../bots/telegram/channel.ts';
import { CATALOGUES } from '../../locales/index.ts';
import { deliverBy } from '../../src/app/deliver.ts';
import { HOME } from '../../src/app/home.ts';
import { createFigures } from '../../src/app/metrics.ts';
import { openStore } from '../../src/app/store.ts';
import { createBudget } from '../../src/delivery/budgets.ts';
import { createMailbox } from '../../src/delivery/mailbox.ts';
import { createReplyBudget } from '../../src/delivery/replyBudget.ts';
import { createRenderer } from '../../src/dialogue/render.ts';
import { createEngine } from '../../src/dialogue/step.ts';
import { createHttp } from '../../src/http/http.ts';
import { Converse } from '../../src/services/converse/converse.ts';
import { createShelf } from '../../src/services/converse/shelf.ts';
import { placeFinder } from '../../src/services/placeFinder.ts';
import { readSettings } from '../../src/settings.ts';
import { Conversations } from '../../src/store/conversations.ts';
import { Mailboxes } from '../../src/store/mailboxes.ts';
import { loadGazetteer } from '../../src/store/places.ts';
import { projectRoot } from '../../src/store/root.ts';
import { loadAssets } from '../../web/assets.ts';
import { benchFlow, benchWords } from './flow.ts';
import { answer } from './ipc.ts';
import { keepBench } from './keep.ts';
import { createLedger } from './ledger.ts';

const questions = Number(process.env.QUESTIONS ?? 10);
const settings = readSettings(process.env);
const log = pino({ level: settings.logLevel, base: null });

const store = await openStore(settings, settings.mongodbUri ?? '');
const { database, sealer, index } = store;
const gazetteer = loadGazetteer();
const words = benchWords(questions);
const renderer = createRenderer({
  catalogues: { vi: { ...CATALOGUES.vi, ...words }, en: { ...CATALOGUES.en, ...words } },
  placeName: (code, lang) => gazetteer.name(code, lang, 'full'),
});
const figures = createFigures({
  alerts: async () => ({ open: 0, claimed: 0, called: 0, waiting: 0, failed: 0 }),
  parked: () => database.models.parked.estimatedDocumentCount(),
  dead: async () => ({}),
  databaseUp: () => database.alive(),
});
let batches = 0;
let batched = 0;
const conversations = new Conversations(database, sealer, {
  onBatch: (size, ms) => {
    batches += 1;
    batched += size;
    figures.onBatch(size, ms);
  },
});
const collection = database.collections.mailboxes;
const mailbox = createMailbox({ mailboxes: new Mailboxes(collection, sealer), collection });
const { telegram } = settings;
if (telegram === undefined) throw new Error('the bench talks by Telegram: its settings are missing');
const channel = createTelegramChannel({
  settings: telegram,
  publicUrl: settings.publicUrl,
  attachments: { image: async () => null, file: async () => null },
  commands: [],
  renderer,
  log,
});
const channels = new Map([[channel.name, channel]]);
const engine = createEngine({
  flows: [benchFlow(questions)],
  renderer,
  places: placeFinder(gazetteer, HOME),
});
const { budgets } = store.database.collections;
const budget = createBudget({ collection: budgets, channelOf: async () => channel.name });
const replies = createReplyBudget({ collection: budgets, budget });
const converse = new Converse({
  conversations,
  sealer,
  blindIndex: index,
  engine,
  services: { keepBench: keepBench(store) },
  workers: {},
  deliver: deliverBy(channels, mailbox, replies),
  metrics: figures.converse,
  log,
});
const http = createHttp({
  renderer,
  assets: await loadAssets(join(projectRoot(), 'web', 'static')),
  log,
  registry: figures.registry,
  publicUrl: settings.publicUrl,
  checks: { database: () => database.alive() },
  verifyQr: async () => ({ state: 'unknown' }),
});
const shelf = createShelf({ collections: database.collections, sealer, index }, channel.name);
const nothing = () => undefined;
const door = converse;
const host = {
  hook: http.hook,
  http: http.routes,
  door,
  shelf,
  ignored: nothing,
  arrived: nothing,
  letIn: async () => undefined,
};
await channel.start(host);
const listening = await http.listen(settings.port, '127.0.0.1');

const ledger = createLedger({ store, conversations, engine, questions });
answer(
  { hook: `http://127.0.0.1:${listening.port}/telegram` },
  {
    ...ledger,
    usage: async () => {
      const { rss, heapUsed } = process.memoryUsage();
      return { cpu: process.cpuUsage(), rss, heapUsed, batches, batched };
    },
  },
  async () => {
    await channel.stop();
    await converse.close();
    await mailbox.close();
    await listening.close();
    await store.close();
  },
);
