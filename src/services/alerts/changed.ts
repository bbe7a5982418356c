import type { AlertEntry } from '../../domain/alertState.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type OpenedAlert, sealAlert } from './record.ts';

/**
 * The change of an alert that is under way, by what was declared; whoever changed it meanwhile makes the step be planned
 * anew.
 * @param more fields that change with it
 * @param asked staff members who are asked besides those that were
 */
export const changed = (
  parts: StaffParts,
  { alert, body, freshAt }: OpenedAlert,
  entries: readonly AlertEntry['what'][],
  more: Partial<Pick<AlertDoc, 'area' | 'asked' | 'waiting' | 'rung' | 'climbAt'>> = {},
  asked: readonly string[] = [],
): Effect => {
  const at = new Date(freshAt);
  return update(
    'alerts',
    { _id: alert.id, rev: alert.rev - 1 },
    {
      $set: {
        state: alert.state,
        level: alert.level,
        freshAt: at,
        sealed: sealAlert(parts, alert.id, body),
        ...more,
      },
      ...(asked.length === 0 ? {} : { $addToSet: { asked: { $each: [...asked] } } }),
      $inc: { rev: 1 },
      $push: { history: { $each: entries.map((what) => ({ what, at })) } },
    },
    { must: true },
  );
};
