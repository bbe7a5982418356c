import { collection, required } from './schema.ts';

/** An epidemic zone: a place, its level, and how long it holds. */
export interface ZoneDoc {
  _id: string;
  /** Official code of a commune, a province or a country. */
  placeCode: string;
  level: string;
  /** The beginning of its first day in Vietnam, and the end of its last one. */
  from: Date;
  until?: Date;
  /** Id of a disease of the rules. */
  disease?: string;
  note?: string;
}

export const zones = collection<ZoneDoc>(
  'zones',
  {
    _id: required.id,
    placeCode: required.text,
    level: required.text,
    from: required.date,
    until: Date,
    disease: String,
    note: String,
  },
  [[{ placeCode: 1, from: 1 }], [{ until: 1 }]],
);
