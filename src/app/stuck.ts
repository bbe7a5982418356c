import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { describeError } from '../services/converse/park.ts';
import type { OnStuck } from '../services/stuck.ts';

/** What is stuck is met every few seconds; each of so many is told of once in so long (ms). */
const TOLD = { max: 10_000, ttl: 3_600_000 };

/** Tells the log which document is stuck; never its words. */
export const stuckLog = (log: Pick<Logger, 'error'>): OnStuck => {
  const told = new LRUCache<string, true>(TOLD);
  return (error, { collection, id }) => {
    const key = `${collection}:${id}`;
    if (told.has(key)) return;
    told.set(key, true);
    log.error(
      { collection, id, ...describeError(error) },
      'a document cannot be worked on: it is left out, and the others go on',
    );
  };
};
