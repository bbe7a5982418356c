import { IN_HAND } from '../../domain/alertState.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';

/** ms within which a sweep has found somebody and set the clock right; else its tick does. */
const LOOKED_AT = 60_000;

/** Open again, without an owner, waiting for the next look; its clock begins anew. @param more fields that change with it */
export const released = (
  alert: { readonly id: string; readonly rev: number },
  by: string,
  now: number,
  more: Readonly<Record<string, unknown>> = {},
): Effect => {
  const at = new Date(now);
  return update(
    'alerts',
    { _id: alert.id, rev: alert.rev },
    {
      $set: {
        state: 'open',
        waiting: true,
        nobodySince: at,
        climbAt: new Date(now + LOOKED_AT),
        rung: 0,
        ...more,
      },
      $unset: { owner: '', stalled: '' },
      $inc: { rev: 1 },
      $push: { history: { what: 'released', at, by } },
    },
    { must: true },
  );
};

/**
 * Alerts of a staff member who leaves are open again and wait for somebody else: the next look sends them out.
 */
export const releaseAlerts = async (
  { collections }: Pick<StaffParts, 'collections'>,
  staff: string,
  now: number,
): Promise<readonly Effect[]> => {
  const held = await collections.alerts.find({ owner: staff, state: { $in: [...IN_HAND] } }).toArray();
  return held.map(({ _id, rev }) => released({ id: _id, rev }, staff, now));
};
