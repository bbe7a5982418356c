import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Channel } from '../bots/port.ts';
import { FLOWS } from '../flows/index.ts';
import { CATALOGUES } from '../locales/index.ts';
import { loadAssets } from '../web/assets.ts';
import { openChannels } from './app/channels.ts';
import { claimBots } from './app/claims.ts';
import { openDatabase } from './app/database.ts';
import { deliverBy, exercisesIn, sendTo } from './app/deliver.ts';
import { HOME } from './app/home.ts';
import { createFigures, type Figures } from './app/metrics.ts';
import { openStore, type Store } from './app/store.ts';
import { marked, openExercises } from './app/training.ts';
import { newToken } from './cli/server.ts';
import { createMailbox, type Mailbox } from './delivery/mailbox.ts';
import type { OutboxParts } from './delivery/outbox.ts';
import { withExercises } from './dialogue/exercise.ts';
import { createRenderer, type Renderer } from './dialogue/render.ts';
import { createEngine, type Engine } from './dialogue/step.ts';
import type { Lang } from './domain/lang.ts';
import { createHttp } from './http/http.ts';
import { type AlertDeskParts, createAlertDesk } from './services/alerts/desk.ts';
import { alertFigures } from './services/alerts/inbox.ts';
import { createCardReader } from './services/card/reader.ts';
import { Converse } from './services/converse/converse.ts';
import { createShelf } from './services/converse/shelf.ts';
import { declarationServices } from './services/declarations/index.ts';
import { placeFinder } from './services/placeFinder.ts';
import { createQr } from './services/qr.ts';
import { readCard } from './services/readCard.ts';
import { createRuleBook } from './services/risk/ruleBook.ts';
import { shippedRules } from './services/risk/shipped.ts';
import { talkServices } from './services/talks/index.ts';
import type { Settings } from './settings.ts';
import { Conversations } from './store/conversations.ts';
import { Mailboxes } from './store/mailboxes.ts';
import { loadGazetteer } from './store/places.ts';
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

const rendererOf = (gazetteer: ReturnType<typeof loadGazetteer>): Renderer =>
  createRenderer({ catalogues: CATALOGUES, placeName: (code, lang) => gazetteer.name(code, lang, 'full') });

const greetingOf = (engine: Engine) => (lang: Lang) => {
  const [say] = engine.greeting(lang).says;
  if (say === undefined) throw new Error('the engine greets nobody');
  return say;
};

const figuresOf = ({ database }: Store): Figures =>
  createFigures({
    alerts: () => alertFigures({ collections: database.collections }),
    parked: () => database.models.parked.estimatedDocumentCount(),
    databaseUp: () => database.alive(),
  });

/** Links that begin a chat with this said, of every channel that can give one. */
const linksOf = (channels: ReadonlyMap<string, Channel>) => (said: string) =>
  [...channels.values()].flatMap((channel) => {
    const url = channel.deepLink?.(said);
    return url === undefined ? [] : [{ channel: channel.name, url }];
  });

/** Stops in the order given; a part that fails to stop does not keep the others from it. */
const stopAll = async (log: Logger, steps: readonly (() => Promise<void>)[]): Promise<void> => {
  for (const step of steps)
    await step().catch((err: unknown) => log.error({ err }, 'a part did not stop cleanly'));
};

/** Puts the parts together and opens the doors; whatever was begun is ended again when a later part fails. */
export const startApp = async (settings: Settings, log: Logger): Promise<App> => {
  const began: (() => Promise<void>)[] = [];
  const stop = () => stopAll(log, began.reverse().splice(0));
  try {
    return await build(settings, log, (end) => began.push(end), stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

type Began = (end: () => Promise<void>) => void;

/** What everything else stands on: the store, the words, the places, the rules. */
const openBase = async (settings: Settings, log: Logger, began: Began) => {
  const at = await openDatabase(settings, log);
  began(at.stop);
  const store = await openStore(settings, at.uri);
  began(store.close);
  await claimBots(settings, store.database);
  const gazetteer = loadGazetteer();
  const areaOf = (code: string): string => gazetteer.get(code)?.path ?? code;
  const rules = await createRuleBook({
    collections: store.database.collections,
    shipped: shippedRules(),
    areaOf,
    onError: (err) => log.error({ err }, 'the rules cannot be read again'),
  });
  began(() => rules.close());
  return {
    settings,
    log,
    store,
    gazetteer,
    areaOf,
    rules,
    renderer: rendererOf(gazetteer),
    figures: figuresOf(store),
  };
};

type Base = Awaited<ReturnType<typeof openBase>>;

const openMailbox = ({ store }: Base, began: Began): Mailbox => {
  const collection = store.database.collections.mailboxes;
  const mailbox = createMailbox({ mailboxes: new Mailboxes(collection, store.sealer), collection });
  began(() => mailbox.close());
  return mailbox;
};

const deskParts = (
  { settings, store, rules, areaOf, log }: Base,
  send: OutboxParts['send'],
): AlertDeskParts => ({
  ...store,
  rules: () => rules.current().rules,
  areaOf,
  home: HOME,
  send: settings.training ? marked(send) : send,
  onError: (err) => log.error({ err }, 'alerts wait: the database or a row cannot be read'),
});

const declarationParts = ({ store, areaOf, rules, settings }: Base) => ({
  ...store,
  areaOf,
  assess: rules.assess,
  hotline: settings.hotline,
});

const build = async (
  settings: Settings,
  log: Logger,
  began: Began,
  stop: () => Promise<void>,
): Promise<App> => {
  const base = await openBase(settings, log, began);
  const { store, gazetteer, renderer, figures } = base;
  const { database, sealer, index, tokens } = store;
  const conversations = new Conversations(database, sealer, {
    patience: SEND_PATIENCE,
    onBatch: figures.onBatch,
    onTrouble: (err) => log.error({ err }, 'a mark was not written: the message may be sent again'),
  });
  const plain = createEngine({ flows: FLOWS, renderer, places: placeFinder(gazetteer, HOME) });
  const engine = withExercises(plain, { flows: FLOWS, everybody: settings.training });
  const mailbox = openMailbox(base, began);
  const assets = await loadAssets(join(projectRoot(), 'web', 'static'));
  const token = newToken();
  const greeting = greetingOf(engine);
  const channels = new Map<string, Channel>();
  const parts = deskParts(base, sendTo(channels, conversations));
  const desk = createAlertDesk({
    ...parts,
    observe: (outcome, _purpose, ms) => figures.alertSent(outcome, ms / 1000),
  });
  const everybody = settings.training;
  const exercises = openExercises({
    database,
    desk: parts,
    declarations: declarationParts(base),
    everybody,
    exercises: exercisesIn(conversations),
  });
  const qr = createQr({
    models: database.models,
    training: exercises.models,
    everybody,
    index,
    tokens,
    publicUrl: settings.publicUrl,
  });
  for (const [name, channel] of openChannels({ ...base, mailbox, qr, assets, token, greeting }))
    channels.set(name, channel);
  const declarations = declarationServices({
    ...declarationParts(base),
    models: database.models,
    alert: desk.alert,
    withdrawn: desk.withdrawn,
  });
  const talks = talkServices({
    ...store,
    collections: database.collections,
    conversations,
    links: linksOf(channels),
    random: randomBytes,
  });
  const reader = createCardReader();
  began(() => reader.close());
  const fetchPhoto = async (channel: string, ref: string) =>
    (await channels.get(channel)?.fetchPhoto?.(ref)) ?? null;
  const converse = new Converse({
    conversations,
    sealer,
    blindIndex: index,
    engine,
    services: exercises.services({ ...declarations, ...desk.services, ...talks }),
    workers: { readCard: readCard({ reader, gazetteer, fetchPhoto, onRead: figures.card }) },
    deliver: deliverBy(channels, mailbox),
    metrics: figures.converse,
    log,
    echoes: ECHOING,
  });
  began(() => converse.close());
  desk.start();
  began(() => desk.stop());
  await exercises.start();
  began(() => exercises.stop());
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
  const shelfParts = { collections: database.collections, sealer, index };
  for (const channel of channels.values()) {
    const ignored = (what: string): void => figures.ignored(channel.name, what);
    const shelf = createShelf({ ...shelfParts, onParked: figures.converse.parked }, channel.name);
    await channel.start({ hook: http.hook, http: http.routes, door: converse, shelf, ignored });
    began(() => channel.stop());
  }
  const listening = await http.listen(settings.port, settings.host);
  began(() => listening.close());
  return { url: `http://127.0.0.1:${listening.port}`, token, store, channels, stop };
};
