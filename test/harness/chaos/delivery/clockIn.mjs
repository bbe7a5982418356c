import { readFileSync } from 'node:fs';

/** A process learns within so long (ms of the monotonic clock) that it is another day. */
const FRESH = 20;

/**
 * The run's time, ms since 1970: the time of day of this process and what is added to it, by a file.
 * @param {string} file
 */
export const clockIn = (file) => {
  let read = Number.NEGATIVE_INFINITY;
  let offset = 0;
  return () => {
    if (performance.now() - read > FRESH) {
      offset = Number(readFileSync(file, 'utf8')) || offset; // empty while it is being written
      read = performance.now();
    }
    return Date.now() + offset;
  };
};
