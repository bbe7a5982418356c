import type { ServiceContext } from '../service.ts';
import type { StaffParts } from './parts.ts';
import { openStaff, type StaffMember } from './record.ts';

/**
 * The staff member who speaks in a chat, as the database knows them at this moment: active, and linked to this
 * very chat. What the chat remembers is a hint only; it may be older than the end of somebody's service.
 */
export const actorOf = async (
  parts: StaffParts,
  { chat, memory }: Pick<ServiceContext, 'chat' | 'memory'>,
): Promise<StaffMember | null> => {
  const id = memory.staff;
  if (typeof id !== 'string') return null;
  const doc = await parts.collections.staff.findOne({ _id: id, active: true, chats: chat });
  return doc === null ? null : openStaff(parts, doc);
};

/** The answer to whoever is no staff member any more: nothing is shown, and the chat forgets that it was one. */
export const stranger = { value: { is: 'stranger' }, remember: { staff: null } } as const;
