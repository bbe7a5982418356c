import pino, { type Logger } from 'pino';
import { type DatabaseAt, openDatabase } from './app/database.ts';
import type { App } from './app.ts';
import { noteServer } from './cli/server.ts';
import { logOutput, outliveTerminal } from './logOutput.ts';
import { readSettings, type Settings } from './settings.ts';

/** What a log line may never hold, wherever in an object it stands. */
const SECRET = [
  '*.text',
  '*.phone',
  '*.name',
  '*.address',
  '*.token',
  'req.headers.cookie',
  'req.headers.authorization',
];

export const createLog = (level: string): Logger => pino({ level, redact: SECRET, base: null }, logOutput());

/** Longer than a clean stop may take: then the process ends anyway (ms). */
const STOP_WITHIN = 10_000;

/**
 * Resolves when somebody wants this process to end. Registered before anything is begun: a signal during the
 * start must not leave a database behind.
 */
const toldToStop = (log: Logger): Promise<void> =>
  new Promise((resolve) => {
    let told = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (told) return; // a terminal's Ctrl-C arrives twice: from npm and from the terminal
      told = true;
      log.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), STOP_WITHIN).unref();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  });

const announce = ({ publicUrl, training }: Settings): void => {
  const what = training ? 'khaibao is up, as an EXERCISE: nothing counts.' : 'khaibao is up.';
  process.stdout.write(`${what}\n  Chat: ${publicUrl}/\n  In the terminal: npm run chat\n`);
};

/** A database of our own starts in a process of its own, and takes as long as loading the program: at once, then. */
const startMeanwhile = async (settings: Settings, log: Logger): Promise<App> => {
  let opening: Promise<DatabaseAt> | undefined;
  const launched = new Promise<void>((resolve, reject) => {
    opening = openDatabase(settings, log, resolve);
    opening.catch(reject);
  });
  await launched;
  const { startApp } = await import('./app.ts');
  return startApp(settings, log, opening);
};

/** Runs the server until it is told to stop. */
export const serve = async (env: NodeJS.ProcessEnv = process.env): Promise<void> => {
  outliveTerminal();
  const settings = readSettings(env);
  const log = createLog(settings.logLevel);
  const told = toldToStop(log);
  const app = await startMeanwhile(settings, log);
  await noteServer(settings.dataDir, { url: app.url, token: app.token });
  announce(settings);
  await told;
  await app.stop();
};
