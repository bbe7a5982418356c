/**
 * One server process of the harness: the whole app from the build, as `npm start` runs it. Loads, and waits for its
 * parent's word, which may arm a crash point: the n-th time it is passed the process kills itself, some ms later for
 * points that lie inside a write. Its parent's end is its own.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { crashing } from './crashing.mjs';

process.on('disconnect', () => process.exit(1));
const word = once(process, 'message');

/** @param {string} name */
const built = (name) => import(new URL(`../../../dist/src/${name}.js`, import.meta.url).href);

/** @type {{ armCrashPoints: typeof import('../../../src/store/crash-point.ts').armCrashPoints }} */
const { armCrashPoints } = await built('store/crash-point');
/** @type {typeof import('../../../src/app.ts')} */
const { startApp } = await built('app');
/** @type {typeof import('../../../src/main.ts')} */
const { createLog } = await built('main');
/** @type {typeof import('../../../src/settings.ts')} */
const { readSettings } = await built('settings');

const [{ armed }] = await word;
if (armed) armCrashPoints(crashing(armed));
const settings = readSettings(process.env);
const log = createLog(settings.logLevel);
/** A database that is away ends a start; whoever watches over the process would start it again. */
const start = async () => {
  while (
    !(await startApp(settings, log).catch((error) => {
      if (error?.code !== 'unavailable') throw error;
      log.warn({ err: error }, 'not started');
    }))
  )
    await pause(200);
};
await start();
process.send?.('ready');
