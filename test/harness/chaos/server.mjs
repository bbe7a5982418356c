/**
 * One server process of the harness: the whole app from the build, as `npm start` runs it, with one crash point armed.
 * CHAOS_CRASH: "point:n" (the n-th time it is passed the process kills itself); CHAOS_DELAY: ms after it, for points
 * that lie inside a write. Its parent's end is its own.
 */
import { writeSync } from 'node:fs';

const STDOUT = 1;

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

const [wanted = '', count = '1'] = (process.env.CHAOS_CRASH ?? '').split(':');
const delay = Number(process.env.CHAOS_DELAY ?? 0);
let left = Number(count);

const crash = () => {
  writeSync(STDOUT, `crashed ${wanted}\n`);
  process.kill(process.pid, 'SIGKILL');
};

if (wanted !== '')
  armCrashPoints((at) => {
    if (at !== wanted) return;
    left -= 1;
    if (left !== 0) return;
    if (delay > 0) setTimeout(crash, delay);
    else crash();
  });

process.on('disconnect', () => process.exit(1));
const settings = readSettings(process.env);
await startApp(settings, createLog(settings.logLevel));
process.send?.('ready');
