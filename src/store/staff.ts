import { collection, required } from './schema.ts';

/** Somebody who works for the health service. `sealed`: name, phone. */
export interface StaffDoc {
  _id: string;
  role: string;
  /** Province, or province and commune: "12", "12/03595". */
  area: string;
  facility?: string;
  /** The chats that were linked with an invitation. */
  chats: string[];
  active: boolean;
  sealed: Buffer;
}

export const staff = collection<StaffDoc>(
  'staff',
  {
    _id: required.id,
    role: required.text,
    area: required.text,
    facility: String,
    chats: { type: [String], required: true },
    active: { type: Boolean, required: true },
    sealed: required.sealed,
  },
  [[{ chats: 1 }], [{ area: 1, active: 1 }]],
);
