import { IN_HAND } from '../../domain/alertState.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import type { StaffParts } from '../staff/parts.ts';
import { otherRows } from './otherRows.ts';

/** Alerts that stand still, by what a reminder told a member of: as their owner, or as somebody who may step in. */
export const heldFor = ({ purpose, about, staff = '' }: DeliveryDoc) => ({
  state: { $in: [...IN_HAND] },
  stalled: { $exists: true },
  $or: [{ owner: staff }, { 'stalled.told': staff }],
  ...(purpose === 'alertHeld' && about !== undefined ? { _id: about } : {}),
});

export const isHeldRow = ({ purpose }: DeliveryDoc): boolean =>
  purpose === 'alertHeld' || purpose === 'alertHeldBundle';

/** A reminder that no chat of the member takes. When it reached nobody else, the next on the ladder hears at once. */
export const onHeldLost = async (
  { collections: { alerts, deliveries } }: StaffParts,
  row: DeliveryDoc,
): Promise<void> => {
  const { staff = '', chat, tried = [] } = row;
  for (const { _id, rev, owner = '', stalled } of await alerts.find(heldFor(row)).toArray()) {
    await alerts.updateOne({ _id }, { $addToSet: { unreached: { $each: [...tried, chat] } } });
    const told = [owner, ...(stalled?.told ?? [])];
    const others = otherRows(
      { about: _id, alone: 'alertHeld', bundle: 'alertHeldBundle', told },
      staff,
      stalled?.at,
    );
    if ((await deliveries.countDocuments(others, { limit: 1 })) > 0) continue;
    // Due at once; by the revision seen: where somebody did something in between, nobody is told.
    await alerts.updateOne(
      { _id, rev, state: { $in: [...IN_HAND] } },
      { $set: { 'stalled.lost': true, climbAt: new Date(0) } },
    );
  }
};
