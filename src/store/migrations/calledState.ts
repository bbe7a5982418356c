import { available } from '../errors.ts';
import type { Migration } from '../migrations.ts';

/** What of an alert's history says whether its owner has called: the last of these. */
const TELLING = ['claimed', 'called', 'raised', 'reopened'];

const telling = { $filter: { input: '$history.what', as: 'what', cond: { $in: ['$$what', TELLING] } } };

/** Alerts that were called about stood as claimed, and only their history knew of the call. */
export const calledState: Migration = {
  version: 2,
  name: 'alerts that were called about have a state of their own',
  up: async ({ collections: { alerts } }) => {
    const claimed = { state: 'claimed' as const, 'history.what': 'called' };
    const called = { $eq: [{ $last: telling }, 'called'] };
    const state = [{ $set: { state: { $cond: [called, 'called', '$state'] } } }];
    await available(alerts.updateMany(claimed, state), Number.POSITIVE_INFINITY);
  },
};
