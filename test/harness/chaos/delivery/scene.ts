import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '../../../../src/app/store.ts';
import { generateKeyRing } from '../../../../src/security/key-ring.ts';
import { readSettings } from '../../../../src/settings.ts';
import { privateMongod } from '../../mongo.ts';
import { createInstance, type Instance, type InstanceParts } from '../fleet.ts';
import { startProxy, type Weather } from '../proxy.ts';
import { randomOf } from '../random.ts';
import type { Tally } from '../tally.ts';
import { type BotApi, startBotApi } from './botApi.ts';
import { DEADLINE, LEASE, SKEW } from './clock.ts';
import { type Journal, readJournal } from './journal.ts';
import { blockedAddresses } from './people.ts';
import { cleanAfter, type Skew } from './skew.ts';
import { watchStandstills } from './standstill.ts';

const ENTRY = fileURLToPath(new URL('sender.mjs', import.meta.url));
/** Made up; the shape is Telegram's own. */
const TOKEN = '123456789:AAmadeUpForTestsOnly_0123456789-abc';
export const BOTS = ['telegram', 'second'] as const;
/** Lines of a sender to the database: to open them all is most of what a start costs. */
const POOL = 8;
/** How wrong the clock of each process is, in skews. */
const CLOCKS = [0, 1, -1] as const;

/** Lines to the platforms, and to the database: kept for long, and each may break in the midst of its work. */
const ABROAD: Weather = {
  name: 'lines',
  cut: 0.2,
  cutAfter: [50, 4_000],
  slow: 0.1,
  delay: [20, 150],
  lingers: 0.1,
};
const HOUSE: Weather = {
  name: 'database lines',
  cut: 0.05,
  cutAfter: [200, 5_000],
  slow: 0.1,
  delay: [5, 60],
  lingers: 0.1,
};

export interface SceneParts extends Pick<InstanceParts, 'onCrash' | 'onStop' | 'onEnd'> {
  readonly seed: number;
  readonly tally: Tally;
  /** Where it stays until the end, if it is to be kept. */
  readonly dataDir: string;
  /** What is added to the real clock (ms) stands in this file. */
  readonly clockFile: string;
  /** Without it all clocks are right. */
  readonly skewed: Skew | undefined;
}

const throughTo = (uri: string, port: number): string => {
  const through = new URL(uri);
  through.port = String(port);
  through.search = `?directConnection=true&maxPoolSize=${POOL}`;
  return through.toString();
};

const openBots = async ({ seed, tally }: SceneParts) => {
  const blocked = blockedAddresses();
  const apis: readonly BotApi[] = await Promise.all(
    BOTS.map((name) => startBotApi({ name, random: randomOf(seed, name), blocked })),
  );
  const ways = await Promise.all(
    apis.map(({ name, port }) =>
      startProxy({ ports: [port], random: randomOf(seed, `way ${name}`), tally, weather: ABROAD }),
    ),
  );
  const settings = Object.fromEntries(
    ways.map(({ url }, n) => [BOTS[n] ?? '', { apiRoot: url, token: TOKEN }]),
  );
  return { apis, ways, settings };
};

/** All that a run needs around it: the database, the bots' platform, the senders, and the bad ways between them. */
export const openScene = async (parts: SceneParts) => {
  const { seed, tally, dataDir, clockFile, skewed, onCrash, onStop, onEnd } = parts;
  const mongod = await privateMongod();
  const { apis, ways, settings } = await openBots(parts);
  const database = Number(new URL(mongod.uri).port);
  const toDatabase = await Promise.all(
    CLOCKS.map((_, n) =>
      startProxy({ ports: [database], random: randomOf(seed, `database ${n}`), tally, weather: HOUSE }),
    ),
  );
  const keys = JSON.stringify(generateKeyRing());
  const journalOf = (n: number): string => join(dataDir, `journal-${n}`);
  const envOf = (n: number): Record<string, string> => ({
    KHAIBAO_KEYS: keys,
    MONGODB_URI: throughTo(mongod.uri, toDatabase[n]?.port ?? 0),
    BOTS: JSON.stringify(settings),
    JOURNAL: journalOf(n),
    CLOCK: clockFile,
    LEASE: String(LEASE),
    DEADLINE: String(DEADLINE),
    ...(CLOCKS[n] && skewed?.(CLOCKS[n] * SKEW)),
  });
  const instances: readonly Instance[] = CLOCKS.map((_, n) =>
    createInstance({
      env: envOf(n),
      entry: ENTRY,
      logFile: join(dataDir, `sender-${n}.log`),
      onCrash,
      ...(onStop && { onStop }),
      onEnd,
      ...(CLOCKS[n] && { onGone: cleanAfter }),
    }),
  );
  const all = [...ways, ...toDatabase];
  const standing = watchStandstills();
  return {
    dataDir,
    apis,
    instances,
    ways: all,
    /** How wrong clocks are (ms). */
    skew: skewed === undefined ? 0 : SKEW,
    standstills: standing.seen,
    openStore: (): Promise<Store> =>
      openStore(readSettings({ KHAIBAO_KEYS: keys, DATA_DIR: dataDir }), mongod.uri),
    journals: (): Promise<readonly Journal[]> =>
      Promise.all(instances.map(async (_, n) => readJournal(await readFile(journalOf(n), 'utf8')))),
    close: async (keep: boolean): Promise<void> => {
      standing.end();
      await Promise.all(instances.map((instance) => instance.end()));
      await Promise.all([...all, ...apis].map((each) => each.close()));
      await mongod.stop();
      if (!keep) await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export type Scene = Awaited<ReturnType<typeof openScene>>;
