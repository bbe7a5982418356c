import { collection, required } from './schema.ts';

/** A person who declared, or was declared for. `sealed`: name, birth, sex, identity number, phone, home. */
export interface PersonDoc {
  _id: string;
  sealed: Buffer;
  /** Blind indexes of the identity number and the phone, where they are known. */
  idIndex?: string;
  phoneIndex?: string;
  /** The chats this person may be asked in. */
  chats: string[];
  /** When it is deleted, as the consent promised. */
  deleteAt: Date;
}

export const people = collection<PersonDoc>(
  'people',
  {
    _id: required.id,
    sealed: required.sealed,
    idIndex: String,
    phoneIndex: String,
    chats: { type: [String], required: true },
    deleteAt: required.date,
  },
  [
    [{ idIndex: 1 }, { sparse: true }],
    [{ phoneIndex: 1 }, { sparse: true }],
    [{ chats: 1 }],
    [{ deleteAt: 1 }, { expireAfterSeconds: 0 }],
  ],
);
