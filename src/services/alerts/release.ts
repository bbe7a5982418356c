import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';

/**
 * Alerts of a staff member who leaves are open again and wait for somebody else: the next look sends them out.
 */
export const releaseAlerts = async (
  { collections }: Pick<StaffParts, 'collections'>,
  staff: string,
  now: number,
): Promise<readonly Effect[]> => {
  const held = await collections.alerts.find({ owner: staff, state: 'claimed' }).toArray();
  return held.map(({ _id, rev }) =>
    update(
      'alerts',
      { _id, rev },
      {
        $set: { state: 'open', waiting: true },
        $unset: { owner: '' },
        $inc: { rev: 1 },
        $push: { history: { what: 'released', at: new Date(now), by: staff } },
      },
      { must: true },
    ),
  );
};
