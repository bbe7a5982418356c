import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Channel } from '../bots/port.ts';
import { createTerminalChannel } from '../bots/terminal/channel.ts';
import { createWebChannel } from '../bots/web/channel.ts';
import { FLOWS } from '../flows/index.ts';
import { CATALOGUES } from '../locales/index.ts';
import { loadAssets } from '../web/assets.ts';
import { openDatabase } from './app/database.ts';
import { deliverBy } from './app/deliver.ts';
import { createFigures, type Figures } from './app/metrics.ts';
import { openStore, type Store, secretFor } from './app/store.ts';
import { newToken } from './cli/server.ts';
import { createMailbox } from './delivery/mailbox.ts';
import { createRenderer, type Renderer } from './dialogue/render.ts';
import { createEngine, type Engine } from './dialogue/step.ts';
import type { Lang } from './domain/lang.ts';
import { createHttp } from './http/http.ts';
import { createCardReader } from './services/card/reader.ts';
import { Converse } from './services/converse/converse.ts';
import { declarationServices } from './services/declarations/index.ts';
import { placeFinder } from './services/placeFinder.ts';
import { createQr } from './services/qr.ts';
import { readCard } from './services/readCard.ts';
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
  /** Ends everything that was begun; at most 10 s. */
  stop(): Promise<void>;
}

/** The province this installation serves: names of places are looked for there first. Lai Châu is 12. */
const HOME = '12';

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
    openAlerts: () => database.models.alerts.countDocuments({ state: 'open' }),
    parked: () => database.models.parked.estimatedDocumentCount(),
    databaseUp: () => database.alive(),
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

const build = async (
  settings: Settings,
  log: Logger,
  began: Began,
  stop: () => Promise<void>,
): Promise<App> => {
  const { publicUrl, hotline } = settings;
  const at = await openDatabase(settings, log);
  began(at.stop);
  const store = await openStore(settings, at.uri);
  began(store.close);
  const { database, sealer, index, tokens, ring } = store;
  const gazetteer = loadGazetteer();
  const renderer = rendererOf(gazetteer);
  const figures = figuresOf(store);
  const conversations = new Conversations(database, sealer, {
    patience: SEND_PATIENCE,
    onBatch: figures.onBatch,
  });
  const engine = createEngine({ flows: FLOWS, renderer, places: placeFinder(gazetteer, HOME) });
  const mailbox = createMailbox({
    mailboxes: new Mailboxes(database.collections.mailboxes, sealer),
    collection: database.collections.mailboxes,
  });
  began(() => mailbox.close());
  const declarations = {
    models: database.models,
    sealer,
    index,
    areaOf: (code: string) => gazetteer.get(code)?.path ?? code,
    hotline,
    assess: () => ({ level: 'low' as const, reasons: [], rules: 'x' }),
    alert: async () => [],
  };
  const qr = createQr({ ...declarations, tokens, publicUrl });
  const chatOf = (channel: string) => (address: string) => index('chat', `${channel}|${address}`);
  const token = newToken();
  const assets = await loadAssets(join(projectRoot(), 'web', 'static'));
  const web = {
    mailbox,
    renderer,
    assets,
    log,
    publicUrl,
    sessionKeys: [secretFor(ring, 'web-session')],
    greeting: greetingOf(engine),
  };
  const channels = new Map<string, Channel>(
    [
      createWebChannel({ ...web, chatOf: chatOf('web'), qrImage: qr.image }),
      createTerminalChannel({ token, mailbox, renderer, qrText: qr.text, chatOf: chatOf('terminal') }),
    ].map((channel) => [channel.name, channel]),
  );
  const reader = createCardReader();
  began(() => reader.close());
  const fetchPhoto = async (channel: string, ref: string) =>
    (await channels.get(channel)?.fetchPhoto?.(ref)) ?? null;
  const converse = new Converse({
    conversations,
    sealer,
    blindIndex: index,
    engine,
    services: declarationServices(declarations),
    workers: { readCard: readCard({ reader, gazetteer, fetchPhoto, onRead: figures.card }) },
    deliver: deliverBy(channels, mailbox),
    metrics: figures.converse,
    log,
    echoes: new Set(['web', 'terminal']),
  });
  began(() => converse.close());
  const http = createHttp({
    renderer,
    assets,
    log,
    registry: figures.registry,
    publicUrl,
    ...(settings.trustProxy === undefined ? {} : { trustProxy: settings.trustProxy }),
    checks: { database: () => database.alive() },
    verifyQr: qr.verify,
  });
  for (const channel of channels.values()) {
    await channel.start({ http: http.routes, door: converse });
    began(() => channel.stop());
  }
  const listening = await http.listen(settings.port, settings.host);
  began(() => listening.close());
  const url = `http://127.0.0.1:${listening.port}`;
  return { url, token, store, stop };
};
