import { CATALOGUES } from '../../locales/index.ts';
import { openDatabase } from '../app/database.ts';
import { HOME } from '../app/home.ts';
import { openStore, type Store } from '../app/store.ts';
import { createLog } from '../main.ts';
import { readSettings, type Settings } from '../settings.ts';
import { runningUri } from '../store/embedded/index.ts';
import { patiently } from '../store/patiently.ts';
import { loadGazetteer } from '../store/places.ts';
import type { CliParts, RunWith } from './parts.ts';

/**
 * How long a command tries to reach its database (ms). One connection is given up after two seconds, for a server must
 * not keep people waiting; whoever types a command would rather wait than be told that a busy database is none.
 */
const PATIENCE = 15_000;

/** The database a command works on: that of the settings, of the running server, or opened for the moment. */
const databaseFor = async (settings: Settings) => {
  const running = settings.mongodbUri === undefined ? await runningUri(settings.dataDir) : undefined;
  if (running !== undefined) return { uri: running, stop: async () => undefined };
  return openDatabase(settings, createLog('error'));
};

/** Opens the store for one command and closes it again, whatever happens. */
export const withStore = async (work: (store: Store, settings: Settings) => Promise<void>): Promise<void> => {
  const settings = readSettings(process.env);
  const at = await databaseFor(settings);
  try {
    const store = await patiently(() => openStore(settings, at.uri), PATIENCE);
    await work(store, settings).finally(() => store.close());
  } finally {
    await at.stop();
  }
};

export const partsOf = ({ database, sealer, index, training }: Store): CliParts => ({
  database,
  training,
  sealer,
  index,
  gazetteer: loadGazetteer(),
  home: HOME,
  hasSentence: (key) => Object.values(CATALOGUES).every((catalogue) => key in catalogue),
  now: Date.now(),
});

/** For commands that return what they have to say. */
export const runWith: RunWith = (work) =>
  withStore(async (store) => {
    process.stdout.write(`${await work(partsOf(store))}\n`);
  });
