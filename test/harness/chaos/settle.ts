import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../src/app/store.ts';

const QUIET_LOOKS = 3;
const LOOK_EVERY = 300;

/** Everything that somebody still has to send, or is just being sent. */
const owed = async ({ database }: Store): Promise<number> => {
  const { conversations, deliveries } = database.collections;
  const unsent = { state: { $in: ['ready', 'leased', 'submitting'] as const } };
  const counts = await Promise.all([
    conversations.countDocuments({ pending: { $exists: true } }),
    deliveries.countDocuments(unsent as never),
  ]);
  return counts[0] + counts[1];
};

/** Waits until nothing is owed any more; what still is at that time is told. */
export const settled = async (store: Store, until: number): Promise<number> => {
  let left = await owed(store);
  for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() < until; ) {
    await pause(LOOK_EVERY);
    left = await owed(store);
    quiet = left === 0 ? quiet + 1 : 0;
  }
  return left;
};
