import { collection, required } from './schema.ts';

/** Who is on duty where and when; without an end until relieved. */
export interface ShiftDoc {
  _id: string;
  staff: string;
  area: string;
  /** Where it is for a facility in that area. */
  facility?: string;
  from: Date;
  until?: Date;
}

export const shifts = collection<ShiftDoc>(
  'shifts',
  {
    _id: required.id,
    staff: required.text,
    area: required.text,
    facility: String,
    from: required.date,
    until: Date,
  },
  [[{ area: 1, from: 1 }], [{ staff: 1, from: 1 }]],
);
