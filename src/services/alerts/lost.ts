import type { DeliveryDoc } from '../../store/deliveries.ts';
import type { StaffParts } from '../staff/parts.ts';

/** States in which a message may still arrive, or has. */
const ALIVE = ['ready', 'leased', 'submitting', 'sent'] as const;

/**
 * A message that no chat of the person takes. When nobody else was asked about the alert, it waits again, and the
 * chats that failed are not tried for it any more: it must reach somebody.
 */
export const onLost =
  ({ collections }: StaffParts) =>
  async ({ _id, purpose, about, chat, tried = [] }: DeliveryDoc): Promise<void> => {
    if (purpose !== 'alert' || about === undefined) return;
    const { alerts, deliveries } = collections;
    const tell = { $addToSet: { unreached: { $each: [...tried, chat] } } };
    const alert = await alerts.findOneAndUpdate({ _id: about }, tell, { projection: { rev: 1 } });
    if (alert === null) return;
    const others = { about, purpose, _id: { $ne: _id }, state: { $in: [...ALIVE] } };
    if ((await deliveries.countDocuments(others, { limit: 1 })) > 0) return;
    // By the revision seen: where somebody was asked in between, nobody is asked twice.
    const seen = { _id: about, state: 'open' as const, rev: alert.rev };
    await alerts.updateOne(seen, { $set: { waiting: true }, $inc: { rev: 1 } });
  };

/** Whether the chat is still linked to the staff member the message is for. A citizen's chat always is. */
const isLinked = async ({ collections }: StaffParts, { staff, chat }: DeliveryDoc): Promise<boolean> =>
  staff === undefined ||
  (await collections.staff.countDocuments({ _id: staff, active: true, chats: chat }, { limit: 1 })) > 0;

/**
 * Asked right before sending. An alert is asked about only while it is open; and nothing goes to the chat of
 * somebody who has left meanwhile: then somebody else must be found.
 */
export const stillWanted =
  (parts: StaffParts) =>
  async (row: DeliveryDoc): Promise<boolean> => {
    if (!(await isLinked(parts, row))) {
      await onLost(parts)(row);
      return false;
    }
    if (row.purpose !== 'alert' || row.about === undefined) return true;
    const found = { _id: row.about, state: 'open' as const };
    return (await parts.collections.alerts.countDocuments(found, { limit: 1 })) > 0;
  };

/** The next chat of the person a message is for, if they have one that was not tried. */
export const nextChat =
  ({ collections }: StaffParts) =>
  async ({ staff, chat, tried = [] }: DeliveryDoc): Promise<string | null> => {
    if (staff === undefined) return null;
    const doc = await collections.staff.findOne({ _id: staff, active: true });
    return doc?.chats.find((other) => other !== chat && !tried.includes(other)) ?? null;
  };
