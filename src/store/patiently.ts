import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from './errors.ts';

/** What was not reached at once is asked again after this long (ms). */
const AGAIN_MS = 250;

/** Opens what a busy machine may not give in one try: `Unavailable` is thrown only after so many ms, anything else at once. */
export const patiently = async <T>(open: () => Promise<T>, patience: number): Promise<T> => {
  for (const end = Date.now() + patience; ; await pause(AGAIN_MS)) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Unavailable) || Date.now() > end) throw error;
    }
  }
};
