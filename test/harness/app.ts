import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type App, startApp } from '../../src/app.ts';
import { readSettings } from '../../src/settings.ts';
import { freshDatabase } from './mongo.ts';
import { patiently } from './patience.ts';
import { ownPort } from './port.ts';

export interface TestApp extends App {
  readonly uri: string;
  readonly dataDir: string;
  /** Every line logged so far. */
  readonly logged: readonly string[];
  /** Stops this process of the app and starts another on the same database, port and keys; settings may differ. */
  again(env?: Record<string, string>): Promise<TestApp>;
  end(): Promise<void>;
}

type Place = {
  readonly uri: string;
  readonly dataDir: string;
  readonly port: number;
  readonly drop: () => Promise<void>;
};

const open = async (place: Place, env: Record<string, string>): Promise<TestApp> => {
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const settings = readSettings({
    MONGODB_URI: place.uri,
    DATA_DIR: place.dataDir,
    PORT: String(place.port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${place.port}`,
    ...env,
  });
  const app = await patiently(() => startApp(settings, log));
  return {
    ...app,
    uri: place.uri,
    dataDir: place.dataDir,
    logged,
    again: async (changed = {}) => {
      await app.stop();
      return open(place, { ...env, ...changed });
    },
    end: async () => {
      await app.stop();
      await place.drop();
      await rm(place.dataDir, { recursive: true, force: true });
    },
  };
};

/** The whole app, as `npm start` runs it, on a database of its own. */
export const startTestApp = async (env: Record<string, string> = {}): Promise<TestApp> => {
  const { uri, drop } = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'khaibao-app-'));
  return open({ uri, dataDir, port: await ownPort(), drop }, env);
};
