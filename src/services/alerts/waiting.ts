import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { askRows, whomToAsk } from './plan.ts';
import { type OpenedAlert, openAlert } from './record.ts';

/** Writes effects of their own, outside any conversation; false when a `must` matched nothing. */
export type WriteEffects = (effects: readonly Effect[]) => Promise<boolean>;

/** Waiting alerts that one look takes up. */
const AT_ONCE = 50;

const asked = ({ alert }: OpenedAlert, ids: readonly string[], now: number): Effect =>
  update(
    'alerts',
    { _id: alert.id, rev: alert.rev - 1, waiting: true, state: 'open' },
    {
      $set: { waiting: false },
      $addToSet: { asked: { $each: [...ids] } },
      $inc: { rev: 1 },
      $push: { history: { what: 'asked', at: new Date(now) } },
    },
    { must: true },
  );

/**
 * Finds somebody for the alerts that nobody could be asked about: called again and again, so that an alert goes
 * out when the next person links a chat or goes on duty. Returns how many were sent out.
 */
export const askWaiting = async (parts: StaffParts, write: WriteEffects, now: number): Promise<number> => {
  const docs = await parts.collections.alerts
    .find({ waiting: true, state: 'open' })
    .sort({ at: 1 })
    .limit(AT_ONCE)
    .toArray();
  let sent = 0;
  for (const doc of docs) {
    const { members } = await whomToAsk(parts, doc.area, now, doc.unreached);
    if (members.length === 0) continue;
    const opened = await openAlert(parts, doc);
    const next = { ...opened, alert: { ...opened.alert, rev: opened.alert.rev + 1 } };
    const ids = members.map(({ id }) => id);
    if (await write([asked(next, ids, now), ...askRows(parts, next, members, now)])) sent += 1;
  }
  return sent;
};
