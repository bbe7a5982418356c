import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Channel } from '../bots/port.ts';
import { FLOWS } from '../flows/index.ts';
import { loadAssets } from '../web/assets.ts';
import { type Base, type BaseOn, type Began, openBase } from './app/base.ts';
import { openChannels } from './app/channels.ts';
import { openDatabase } from './app/database.ts';
import { deliverBy } from './app/deliver.ts';
import {
  citizenServices,
  openCardReader,
  openDesks,
  openListReader,
  openMailbox,
  openReceipts,
  openReplies,
} from './app/desks.ts';
import { HOME } from './app/home.ts';
import { startJobs } from './app/jobs.ts';
import { letInBy } from './app/reader.ts';
import type { Store } from './app/store.ts';
import { newToken } from './cli/server.ts';
import { withExercises } from './dialogue/exercise.ts';
import { createEngine, type Engine } from './dialogue/step.ts';
import type { Lang } from './domain/lang.ts';
import { createHttp } from './http/http.ts';
import { notingPresses } from './services/arrivals.ts';
import { chatIdBy } from './services/chatId.ts';
import { Converse } from './services/converse/converse.ts';
import { createShelf } from './services/converse/shelf.ts';
import { placeFinder } from './services/placeFinder.ts';
import { createQr } from './services/qr.ts';
import type { Settings } from './settings.ts';
import { Conversations } from './store/conversations.ts';
import { projectRoot } from './store/root.ts';

export interface App {
  /** Where it listens on this machine. */
  readonly url: string;
  /** What a terminal client must show. */
  readonly token: string;
  readonly store: Store;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Ends everything that was begun; at most 10 s. */
  stop(): Promise<void>;
}

/** Channels whose people see the whole talk, their own part too. */
const ECHOING = new Set(['web', 'terminal']);

/** How long whoever commits has to send what it decided, before another process may (ms). */
const SEND_PATIENCE = 15_000;

const greetingOf = (engine: Engine) => (lang: Lang) => {
  const [say] = engine.greeting(lang).says;
  if (say === undefined) throw new Error('the engine greets nobody');
  return say;
};

/** Stops in the order given; a part that fails to stop does not keep the others from it. */
const stopAll = async (log: Logger, steps: readonly (() => Promise<void>)[]): Promise<void> => {
  for (const step of steps)
    await step().catch((err: unknown) => log.error({ err }, 'a part did not stop cleanly'));
};

/** Puts the parts together and opens the doors, on the database `at`; whatever was begun is ended again when a later part fails. */
export const startApp = async (
  settings: Settings,
  log: Logger,
  at = openDatabase(settings, log),
): Promise<App> => {
  const began: (() => Promise<void>)[] = [];
  const stop = () => stopAll(log, began.reverse().splice(0));
  try {
    return await build({ settings, log, at }, (end) => began.push(end), stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The conversation: engine, services, channels, and the desk that hears of alerts. */
const openTalk = async (base: Base, began: Began) => {
  const { settings, log, store, gazetteer, renderer, figures } = base;
  const { database, sealer, index } = store;
  const conversations = new Conversations(database, sealer, {
    patience: SEND_PATIENCE,
    onBatch: figures.onBatch,
    onTrouble: (err) => log.error({ err }, 'a mark was not written: the message may be sent again'),
  });
  const plain = createEngine({ flows: FLOWS, renderer, places: placeFinder(gazetteer, HOME) });
  const engine = withExercises(plain, { flows: FLOWS, everybody: settings.training });
  const mailbox = openMailbox(base, began);
  const channels = new Map<string, Channel>();
  const desks = openDesks(base, channels, conversations);
  const { parts, desk, exercises } = desks;
  const replies = openReplies(base, parts, began);
  const qr = createQr({
    ...store,
    models: database.models,
    training: exercises.models,
    everybody: settings.training,
    publicUrl: settings.publicUrl,
  });
  const assets = await loadAssets(join(projectRoot(), 'web', 'static'));
  const token = newToken();
  const open = await openChannels({
    ...base,
    conversations,
    mailbox,
    qr,
    assets,
    token,
    greeting: greetingOf(engine),
  });
  for (const [name, channel] of open) channels.set(name, channel);
  const converse = new Converse({
    conversations,
    sealer,
    blindIndex: index,
    engine,
    services: exercises.services({
      ...desk.services,
      ...citizenServices(base, desks, channels, conversations),
    }),
    workers: {
      readCard: openCardReader(base, channels, began),
      readList: openListReader(base, channels, exercises),
    },
    deliver: deliverBy(channels, mailbox, replies),
    metrics: figures.converse,
    log,
    echoes: ECHOING,
  });
  began(() => converse.close());
  desk.start();
  began(() => desk.stop());
  await exercises.start();
  began(() => exercises.stop());
  began(await startJobs({ ...parts, database }, (err, tick) => log.error({ err, tick }, 'a tick failed')));
  return { converse, conversations, channels, qr, assets, token };
};

type Talk = Awaited<ReturnType<typeof openTalk>>;

/** Opens the channels, and the doors for those who come over HTTP. */
const openDoors = async (base: Base, talk: Talk, began: Began) => {
  const { converse, conversations, channels, qr, assets } = talk;
  const { settings, log, store, renderer, figures } = base;
  const { database, sealer, index } = store;
  const http = createHttp({
    renderer,
    assets,
    log,
    registry: figures.registry,
    publicUrl: settings.publicUrl,
    ...(settings.trustProxy === undefined ? {} : { trustProxy: settings.trustProxy }),
    checks: { database: () => database.alive() },
    verifyQr: qr.verify,
  });
  const shelfParts = {
    collections: database.collections,
    sealer,
    index,
    onParked: figures.converse.parked,
    onShut: (channel: string, err: unknown) =>
      log.error({ channel, err }, 'a message on the shelf cannot be opened: it stays there'),
  };
  const receipts = openReceipts(base, began);
  const door = notingPresses(converse, receipts, index);
  const arrived = (ids: readonly string[]): void => receipts.note(ids.map((id) => ({ id })));
  for (const channel of channels.values()) {
    const ignored = (what: string): void => figures.ignored(channel.name, what);
    const shelf = createShelf(shelfParts, channel.name);
    const letIn = letInBy(conversations, (address) => chatIdBy(index)(channel.name, address));
    await channel.start({ hook: http.hook, http: http.routes, door, shelf, ignored, arrived, letIn });
    began(() => channel.stop());
  }
  const listening = await http.listen(settings.port, settings.host);
  began(() => listening.close());
  return listening;
};

const build = async (on: BaseOn, began: Began, stop: () => Promise<void>): Promise<App> => {
  const base = await openBase(on, began);
  const talk = await openTalk(base, began);
  const { port } = await openDoors(base, talk, began);
  const { token, channels } = talk;
  return { url: `http://127.0.0.1:${port}`, token, store: base.store, channels, stop };
};
