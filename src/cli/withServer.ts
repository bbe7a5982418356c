import { startApp } from '../app.ts';
import { createLog } from '../main.ts';
import { readSettings } from '../settings.ts';
import { runningServer, type ServerNote } from './server.ts';

/** Works with the server that runs on this data folder, or with one of its own that ends afterwards. */
export const withServer = async (
  env: NodeJS.ProcessEnv,
  work: (server: ServerNote) => Promise<void>,
): Promise<void> => {
  const settings = readSettings(env);
  const running = await runningServer(settings.dataDir);
  if (running !== undefined) return work(running);
  const app = await startApp(settings, createLog('error'));
  try {
    await work({ url: app.url, token: app.token });
  } finally {
    await app.stop();
  }
};
