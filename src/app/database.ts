import type { Settings } from '../settings.ts';
import type { Embedded } from '../store/embedded/index.ts';

/** What of a logger the start needs (pino's fits). */
export interface StartLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DatabaseAt {
  readonly uri: string;
  stop(): Promise<void>;
}

/** No server to be found; the sentence names the ways out. */
class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
}

/**
 * The database of the settings, or an embedded one with its files in the data folder. `onLaunch` is called when its
 * process runs; nothing but waiting is left then.
 */
export const openDatabase = async (
  settings: Settings,
  log: StartLog,
  onLaunch: () => void = () => undefined,
): Promise<DatabaseAt> => {
  if (settings.mongodbUri !== undefined) {
    onLaunch();
    return { uri: settings.mongodbUri, stop: async () => undefined };
  }
  const binary = process.env.MONGOMS_SYSTEM_BINARY;
  if (binary === undefined) {
    throw new NoDatabaseError(
      'No MongoDB: start with `npm start`, or set MONGODB_URI, or set MONGOMS_SYSTEM_BINARY to a mongod.',
    );
  }
  // Loaded only where it is used: a tenth of what a start with a database of its own would wait for.
  const { startEmbedded } = await import('../store/embedded/index.ts');
  const embedded: Embedded = await startEmbedded({ dataDir: settings.dataDir, binary, log, onLaunch });
  return embedded;
};
