import type { Logger } from 'pino';
import { CATALOGUES } from '../../locales/index.ts';
import { deadCounts } from '../delivery/outboxDead.ts';
import { createRenderer, type Renderer } from '../dialogue/render.ts';
import { alertFigures } from '../services/alerts/inbox.ts';
import { countParked } from '../services/parked/rows.ts';
import { createRuleBook } from '../services/risk/ruleBook.ts';
import { shippedRules } from '../services/risk/shipped.ts';
import type { Settings } from '../settings.ts';
import { loadGazetteer } from '../store/places.ts';
import { tellOfLimit } from '../store/tell-of-limit.ts';
import { claimBots } from './claims.ts';
import type { DatabaseAt } from './database.ts';
import { createFigures, type Figures } from './metrics.ts';
import { remembered } from './remembered.ts';
import { openStore, type Store } from './store.ts';

/** Notes how to end what was begun: the last one first. */
export type Began = (end: () => Promise<void>) => void;

const rendererOf = (gazetteer: ReturnType<typeof loadGazetteer>): Renderer =>
  createRenderer({ catalogues: CATALOGUES, placeName: (code, lang) => gazetteer.name(code, lang, 'full') });

/** Dead rows stay for 90 days, and a bad campaign leaves very many: they are not counted anew at each scrape (ms). */
const MINUTE = 60_000;

const figuresOf = ({ database }: Store): Figures =>
  createFigures({
    alerts: () => alertFigures({ collections: database.collections }),
    parked: () => countParked(database.collections.parked),
    dead: remembered(MINUTE, () => deadCounts(database.collections.deliveries)),
    databaseUp: () => database.alive(),
  });

export interface BaseOn {
  readonly settings: Settings;
  readonly log: Logger;
  /** May still be starting. */
  readonly at: Promise<DatabaseAt>;
}

/** What everything else stands on: the store, the words, the places, the rules. */
export const openBase = async ({ settings, log, at }: BaseOn, began: Began) => {
  began(() =>
    at.then(
      ({ stop }) => stop(),
      () => undefined, // it never began, and whoever waits for it hears why
    ),
  );
  const gazetteer = loadGazetteer(); // takes long: the database may start meanwhile
  const store = await openStore(settings, (await at).uri);
  began(store.close);
  await claimBots(settings, store.database);
  await tellOfLimit(store.database, log);
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

export type Base = Awaited<ReturnType<typeof openBase>>;
