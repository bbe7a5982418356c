import { deliveryRow, type Message } from '../../delivery/outboxRow.ts';
import { type Effect, insert } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';

/** Somebody who is told, with the chats to try, the best one first. */
export interface Told {
  readonly id: string;
  readonly chats: readonly string[];
}

/** The message, but for whom. */
export type Telling = Omit<Message, 'chat' | 'staff'>;

/** One row for each member who has a chat; nothing when nobody has. */
export const tell = (
  { sealer }: StaffParts,
  members: readonly Told[],
  telling: Telling,
): readonly Effect[] => {
  const rows = members.flatMap(({ id, chats: [chat] }) =>
    chat === undefined ? [] : [deliveryRow(sealer, { ...telling, staff: id, chat })],
  );
  return rows.length === 0 ? [] : [insert('deliveries', ...rows)];
};

/** The same for members known by their ids; those who have left are not told. */
export const tellStaff = async (
  parts: StaffParts,
  ids: readonly string[],
  telling: Telling,
): Promise<readonly Effect[]> => {
  if (ids.length === 0) return [];
  const docs = await parts.collections.staff.find({ _id: { $in: [...ids] }, active: true }).toArray();
  return tell(
    parts,
    docs.map(({ _id: id, chats }) => ({ id, chats })),
    telling,
  );
};
