import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';

/** Open again, without an owner, waiting for the next look. @param more fields that change with it */
export const released = (
  alert: { readonly id: string; readonly rev: number },
  by: string,
  now: number,
  more: Readonly<Record<string, unknown>> = {},
): Effect =>
  update(
    'alerts',
    { _id: alert.id, rev: alert.rev },
    {
      $set: { state: 'open', waiting: true, ...more },
      $unset: { owner: '' },
      $inc: { rev: 1 },
      $push: { history: { what: 'released', at: new Date(now), by } },
    },
    { must: true },
  );

/**
 * Alerts of a staff member who leaves are open again and wait for somebody else: the next look sends them out.
 */
export const releaseAlerts = async (
  { collections }: Pick<StaffParts, 'collections'>,
  staff: string,
  now: number,
): Promise<readonly Effect[]> => {
  const held = await collections.alerts.find({ owner: staff, state: 'claimed' }).toArray();
  return held.map(({ _id, rev }) => released({ id: _id, rev }, staff, now));
};
