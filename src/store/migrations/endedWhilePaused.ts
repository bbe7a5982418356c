import { available } from '../errors.ts';
import type { Migration } from '../migrations.ts';

/** When a row was due that waited for its campaign to go on. */
const HELD = new Date('9999-01-01T00:00:00Z');

/**
 * Rows of a campaign that was paused to the end of its day, or stopped in a pause, were due in the year 9999 for ever: they
 * were never deleted, and stood before all others that did not arrive. They are due by the end of their day.
 */
export const endedWhilePaused: Migration = {
  version: 1,
  name: 'rows that ended in a pause',
  up: async ({ collections: { deliveries } }) => {
    const ended = { readyAt: { $gte: HELD }, state: { $ne: 'ready' as const } };
    const due = [{ $set: { readyAt: { $min: ['$expiresAt', '$$NOW'] } } }];
    await available(deliveries.updateMany(ended, due), Number.POSITIVE_INFINITY);
  },
};
