import { setTimeout as pause } from 'node:timers/promises';

/** ms between two rounds: a process lives for some seconds only. */
const EVERY = 500;
/** One that stands still is given up after this (ms): agenda gives it to another process then. */
const LONGEST = 5_000;

/**
 * Runs the ticks of campaigns and of reminders, all of them in every process: agenda gives each to one process at a time,
 * and to the next one as soon as that seems dead, so that two may always be at it.
 * @param {import('../../../../src/services/alerts/office.ts').Office} office
 * @param {{ parts: typeof import('./parts.mjs').parts, now: () => number, log: import('pino').Logger }} given
 */
export const runTicks = async (office, { parts, now, log }) => {
  const { campaigns, movementReminders, codeReminders, runTick } = parts;
  const real = { real: office, exercise: office, leftBehind: () => undefined };
  const ticks = [campaigns, movementReminders, codeReminders].map((job) => job(real));
  for (;;) {
    for (const tick of ticks)
      await runTick({ collections: office.staff.collections, now, longest: LONGEST }, tick).catch((error) =>
        log.warn({ err: error, tick: tick.name }, 'a tick failed'),
      );
    await pause(EVERY);
  }
};
