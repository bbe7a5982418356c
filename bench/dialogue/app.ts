/** The whole app as `npm start` runs it, with the product's own declaration: what a real update costs. */
import pino from 'pino';
import { startApp } from '../../src/app.ts';
import { readSettings } from '../../src/settings.ts';
import { answer } from './ipc.ts';

const settings = readSettings(process.env);
const app = await startApp(settings, pino({ level: settings.logLevel, base: null }));

answer(
  { hook: `${app.url}/telegram` },
  {
    usage: async () => ({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }),
    size: async () => {
      const bytes = { $avg: { $bsonSize: '$$ROOT' } };
      const { conversations } = app.store.database.collections;
      const [found] = await conversations.aggregate([{ $group: { _id: null, bytes } }]).toArray();
      return Number(found?.bytes ?? 0);
    },
  },
  () => app.stop(),
);
