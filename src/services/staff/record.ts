import type { Post } from '../../domain/facility.ts';
import type { Json } from '../../domain/json.ts';
import { isRole, type Role } from '../../domain/roster.ts';
import { sealContext } from '../../security/sealer.ts';
import type { StaffDoc } from '../../store/staff.ts';
import type { StaffParts } from './parts.ts';

/** A staff member as they are on record now. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  readonly role: Role;
  readonly area: string;
  readonly facility?: string;
  readonly chats: readonly string[];
  readonly active: boolean;
}

interface Personal {
  readonly name: string;
  readonly phone?: string;
}

const context = (id: string) => sealContext('staff', 'sealed', id);

export const sealStaff = ({ sealer }: Pick<StaffParts, 'sealer'>, id: string, personal: Personal): Buffer =>
  sealer.seal(context(id), { ...personal } as Json);

export const openStaff = async (
  { sealer }: { readonly sealer: Pick<StaffParts['sealer'], 'open'> },
  doc: StaffDoc,
): Promise<StaffMember> => {
  const { _id: id, role, area, facility, chats, active } = doc;
  const { name, phone } = (await sealer.open(context(id), doc.sealed)) as unknown as Personal;
  if (!isRole(role)) throw new Error(`staff member ${id} has the unknown role ${role}`);
  return {
    id,
    name,
    role,
    area,
    chats,
    active,
    ...(phone === undefined ? {} : { phone }),
    ...(facility === undefined ? {} : { facility }),
  };
};

/** The name of a staff member, for others to read; somebody unknown has none. */
export const staffName = async (parts: StaffParts, id: string | undefined): Promise<string> => {
  const doc = id === undefined ? null : await parts.collections.staff.findOne({ _id: id });
  return doc === null ? '' : (await openStaff(parts, doc)).name;
};

/** Last part of an area path: the code that names it. */
export const placeOf = (area: string): string => area.split('/').at(-1) ?? area;

/** Where somebody stands on duty, as a conversation shows it. */
export const shownPost = ({ area, facility }: Post) => ({
  place: placeOf(area),
  ...(facility && { facility }),
});
