/**
 * One sender process of the delivery harness. It is not the whole app: what leaves by itself needs neither pages nor
 * flows, and starts in a third of the time, so that a hundred kills fit into minutes. All that sends is real, from the
 * build, and put together as `src/app/desks.ts` does: the alert desk with its outbox, budgets, epoch, wishes of readers
 * and order of chats; the chats in the database; Telegram's channel, for two bots; the ticks of campaigns and reminders.
 * Of its own it has a clock (the run begins shortly before the quiet hours end, and goes on the next days), shorter terms
 * and smaller batches, and a journal of what it was to send and how that ended.
 */
import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { crashing } from '../crashing.mjs';
import { clockIn } from './clockIn.mjs';
import { journaled } from './journaled.mjs';
import { marked } from './marked.mjs';
import { runTicks } from './ticks.mjs';

process.on('disconnect', () => process.exit(1));
const word = once(process, 'message');
const { parts } = await import('./parts.mjs');

const {
  MONGODB_URI = '',
  KHAIBAO_KEYS = '',
  JOURNAL = '',
  CLOCK = '',
  LEASE,
  DEADLINE,
  BOTS = '{}',
} = process.env;
const now = clockIn(CLOCK);
const log = pino({ level: 'warn' });
const journal = openSync(JOURNAL, 'a');
/** So small that a campaign's audience is written down, planned and closed in several batches. */
const BATCH = 18;
const note = (/** @type {string} */ what, id = '', epoch = 0) =>
  void writeSync(journal, `${what} ${epoch} ${id}\n`);

/** A name and the settings of its bot. @type {readonly (readonly [string, { apiRoot: string, token: string }])[]} */
const bots = Object.entries(JSON.parse(BOTS));
const renderer = parts.createRenderer({ catalogues: parts.CATALOGUES, placeName: (code) => code });
const channels = new Map(
  bots.map(([name, settings]) => {
    const attachments = { image: async () => null, file: async () => null };
    const more = { publicUrl: '', commands: [], log, attachments };
    return [name, marked(parts.createTelegramChannel({ settings, renderer, ...more }))];
  }),
);
const { telegram } = parts.LIMITS;
const limits = telegram && Object.fromEntries(bots.map(([name]) => [name, telegram]));

/** The same as `openStore`, without making indexes in each life. */
const openStore = async () => {
  const database = await parts.connect(MONGODB_URI);
  const ring = parts.parseKeyRing(KHAIBAO_KEYS);
  const keys = await parts.DataKeys.open(ring, parts.keyStore(database.collections.keys)).catch(
    async (error) => {
      await database.close();
      throw error;
    },
  );
  return { database, sealer: new parts.Sealer(keys), index: parts.createBlindIndex(ring) };
};

const start = async () => {
  const { database, sealer, index } = await openStore();
  const { deliveries, budgets } = database.collections;
  const conversations = new parts.Conversations(database, sealer);
  const staff = {
    ...{ collections: database.collections, sealer, index, rules: parts.shippedRules },
    ...{ areaOf: (/** @type {string} */ code) => code, home: '12', batch: BATCH },
  };
  const desk = parts.createAlertDesk({
    ...staff,
    database: {
      ...database,
      collections: { ...database.collections, deliveries: journaled(deliveries, note) },
    },
    budget: parts.createBudget({
      collection: budgets,
      ...parts.firstTried(channels, conversations),
      ...(limits && { limits }),
    }),
    send: parts.sendTo(channels, conversations, (err) => log.error({ err }, 'a mark stays')),
    wanted: parts.wantedIn(conversations),
    onError: (err) => log.error({ err }, 'the database or a row cannot be read'),
    now,
    lease: Number(LEASE),
    deadline: Number(DEADLINE),
  });
  desk.start();
  runTicks({ staff, write: parts.writeEffects(database) }, { parts, now, log });
  return desk;
};

const [{ armed }] = await word;
if (armed) parts.armCrashPoints(crashing(armed));
note('life');
/** A database that is away ends a start; whoever watches over the process would start it again. */
while (
  !(await start().catch((error) => {
    if (error?.code !== 'unavailable') throw error;
    log.warn({ err: error }, 'not started');
  }))
)
  await pause(200);
process.send?.('ready');
