import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSessions } from '../../../bots/web/session.ts';
import { openStore, type Store, secretFor } from '../../../src/app/store.ts';
import { generateKeyRing } from '../../../src/security/key-ring.ts';
import { readSettings } from '../../../src/settings.ts';
import { privateMongod } from '../mongo.ts';
import { ownPort } from '../port.ts';
import { createInstance, type Instance, type InstanceParts } from './fleet.ts';
import { randomOf } from './random.ts';
import type { Tally } from './tally.ts';
import { startFakeApi } from './telegram.ts';
import { openWays } from './ways.ts';

/** Made up; the shapes are Telegram's own. Two bots: one with a webhook, one that is asked for its updates. */
const HOOKED = '123456789:AAmadeUpForTestsOnly_0123456789-abc';
const POLLED = '987654321:AAmadeUpForTestsOnly_0123456789-xyz';
const SECRET = 'made-up-for-tests-only';

/** The first two take the webhook, the third one polls. */
const HOOKS = 2;
const PROCESSES = 3;

/** The first process finds the database as one does; the others have a bad line to it, which names no other way. */
const databaseOf = (uri: string, n: number, port: number): string => {
  const through = new URL(uri);
  if (n === 0) return uri;
  through.port = String(port);
  through.search = '?directConnection=true';
  return through.toString();
};

/** Reads the cookies of browsers as the servers do. */
export const sessionsOf = ({ ring }: Store) =>
  createSessions({ keys: [secretFor(ring, 'web-session')], secure: false });

export interface CityParts extends Pick<InstanceParts, 'onCrash' | 'onEnd'> {
  readonly seed: number;
  readonly tally: Tally;
}

/** All that a run needs around it: the database, the platforms, the servers and the ways between them. */
export const openCity = async ({ seed, tally, onCrash, onEnd }: CityParts) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'khaibao-chaos-'));
  const mongod = await privateMongod();
  const api = await startFakeApi(randomOf(seed, 'telegram'));
  const servers = await Promise.all(Array.from({ length: PROCESSES }, (_, n) => ownPort(n)));
  const database = Number(new URL(mongod.uri).port);
  const ways = await openWays({ seed, tally, servers, hooks: HOOKS, api: api.port, database });
  const common = {
    KHAIBAO_KEYS: JSON.stringify(generateKeyRing()),
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    TRUST_PROXY: '1',
    TELEGRAM_API_ROOT: ways.api,
  };
  const envOf = (n: number): Record<string, string> => ({
    ...common,
    MONGODB_URI: databaseOf(mongod.uri, n, ways.database),
    PORT: String(servers[n]),
    ...(n < HOOKS
      ? { PUBLIC_URL: ways.hooks.url, TELEGRAM_BOT_TOKEN: HOOKED, TELEGRAM_WEBHOOK_SECRET: SECRET }
      : { PUBLIC_URL: ways.web.url, TELEGRAM_BOT_TOKEN: POLLED }),
  });
  const instances: readonly Instance[] = servers.map((_, n) =>
    createInstance({ env: envOf(n), logFile: join(dataDir, `server-${n}.log`), onCrash, onEnd }),
  );
  return {
    mongod,
    api,
    instances,
    web: ways.web,
    hook: { doors: ways.hooks, secret: SECRET },
    dataDir,
    rough: ways.rough,
    openStore: (): Promise<Store> => openStore(readSettings(common), mongod.uri),
    sessionsOf,
    close: async (keep: boolean): Promise<void> => {
      await Promise.all(instances.map((instance) => instance.end()));
      await Promise.all([ways.close(), api.close()]);
      await mongod.stop();
      if (!keep) await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export type City = Awaited<ReturnType<typeof openCity>>;
