import { collection, required } from './schema.ts';

/** Where a person was or which vehicle they took, said after the declaration. */
export interface MovementDoc {
  _id: string;
  declaration: string;
  person: string;
  at: Date;
  from?: Date;
  until?: Date;
  placeCode?: string;
  /** Blind index of the number plate. */
  plateIndex?: string;
  sealed: Buffer;
  /** When it is deleted, as the consent promised. */
  deleteAt: Date;
}

export const movements = collection<MovementDoc>(
  'movements',
  {
    _id: required.id,
    declaration: required.text,
    person: required.text,
    at: required.date,
    from: Date,
    until: Date,
    placeCode: String,
    plateIndex: String,
    sealed: required.sealed,
    deleteAt: required.date,
  },
  [
    [{ declaration: 1, at: 1 }],
    [{ person: 1, at: 1 }],
    [{ placeCode: 1, from: 1 }, { sparse: true }],
    [{ plateIndex: 1, from: 1 }, { sparse: true }],
    [{ deleteAt: 1 }, { expireAfterSeconds: 0 }],
  ],
);
