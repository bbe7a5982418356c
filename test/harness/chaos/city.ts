import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSessions } from '../../../bots/web/session.ts';
import { openStore, type Store, secretFor } from '../../../src/app/store.ts';
import { generateKeyRing } from '../../../src/security/key-ring.ts';
import { readSettings } from '../../../src/settings.ts';
import { freePort } from '../../../src/store/embedded/port.ts';
import { privateMongod } from '../mongo.ts';
import { createInstance, type Instance } from './fleet.ts';
import { startProxy } from './proxy.ts';
import { randomOf } from './random.ts';
import { startFakeApi } from './telegram.ts';

/** Made up; the shapes are Telegram's own. Two bots: one with a webhook, one that is asked for its updates. */
const HOOKED = '123456789:AAmadeUpForTestsOnly_0123456789-abc';
const POLLED = '987654321:AAmadeUpForTestsOnly_0123456789-xyz';
const SECRET = 'made-up-for-tests-only';

/** The first two take the webhook, the third one polls. */
const HOOKS = 2;
const PROCESSES = 3;

/** All that a run needs around it: the database, the platforms, the servers and the way to them. */
export const openCity = async (seed: number, onCrash: (point: string) => void) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'khaibao-chaos-'));
  const keys = JSON.stringify(generateKeyRing());
  const mongod = await privateMongod();
  const api = await startFakeApi(randomOf(seed, 'telegram'));
  const ports = await Promise.all(Array.from({ length: PROCESSES }, freePort));
  const hooks = await startProxy(ports.slice(0, HOOKS), randomOf(seed, 'hooks'));
  const web = await startProxy(ports, randomOf(seed, 'web'));
  const common = {
    MONGODB_URI: mongod.uri,
    KHAIBAO_KEYS: keys,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    TRUST_PROXY: '1',
    TELEGRAM_API_ROOT: api.root,
  };
  const envOf = (n: number): Record<string, string> =>
    n < HOOKS
      ? { PUBLIC_URL: hooks.url, TELEGRAM_BOT_TOKEN: HOOKED, TELEGRAM_WEBHOOK_SECRET: SECRET }
      : { PUBLIC_URL: web.url, TELEGRAM_BOT_TOKEN: POLLED };
  const instances: readonly Instance[] = ports.map((port, n) =>
    createInstance({
      env: { ...common, PORT: String(port), ...envOf(n) },
      logFile: join(dataDir, `server-${n}.log`),
      onCrash,
    }),
  );
  const settings = readSettings(common);
  return {
    mongod,
    api,
    instances,
    web,
    hook: { url: hooks.url, secret: SECRET },
    dataDir,
    rough: (on: boolean): void => {
      hooks.rough(on);
      web.rough(on);
    },
    openStore: (): Promise<Store> => openStore(settings, mongod.uri),
    sessionsOf: ({ ring }: Store) =>
      createSessions({ keys: [secretFor(ring, 'web-session')], secure: false }),
    close: async (keep: boolean): Promise<void> => {
      for (const instance of instances) await instance.kill();
      await Promise.all([hooks.close(), web.close(), api.close()]);
      await mongod.stop();
      if (!keep) await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export type City = Awaited<ReturnType<typeof openCity>>;
