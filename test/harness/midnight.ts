import { setTimeout as pause } from 'node:timers/promises';
import { addDays, dayOf, startOfDay } from '../../src/domain/day.ts';

/** Longer than a test that counts by the day takes, shorter than a test may wait (ms). */
const NEAR = 60_000;

/** For a test that counts by the day, on the real clock: where Vietnam's midnight is near, waits until it is over. */
export const clearOfMidnight = async (): Promise<void> => {
  const left = startOfDay(addDays(dayOf(Date.now()), 1)) - Date.now();
  if (left < NEAR) await pause(left + 1_000);
};
