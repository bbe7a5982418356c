import { collection, oneOf, required } from './schema.ts';

/** What an operator reported of a day, and who brought it in from which file. Never changed: a correction is another. */
export interface FigureDoc {
  operator: string;
  day: string;
  sent: number;
  delivered: number;
  failed: number;
  pending: number;
  at: Date;
  by: string;
  file: string;
}

/** A message that operators are asked to send to all subscribers of an area. Nothing in it is about a person. */
export interface OperatorOrderDoc {
  /** Year and running number: "2026-001". */
  _id: string;
  state: 'waiting' | 'approved';
  text: string;
  sender: string;
  areas: string[];
  days: string[];
  from: string;
  to: string;
  operators: string[];
  orderedBy: string;
  orderedAt: Date;
  approvedBy?: string;
  approvedAt?: Date;
  /** Of the official letter, as the registry gave it: "312". */
  letter?: string;
  /** Grows with every import of figures: two at once are not mixed up. */
  rev: number;
  figures: FigureDoc[];
}

const figure = {
  operator: required.text,
  day: required.text,
  sent: required.count,
  delivered: required.count,
  failed: required.count,
  pending: required.count,
  at: required.date,
  by: required.text,
  file: required.text,
};

export const operatorOrders = collection<OperatorOrderDoc>('operatorOrders', {
  _id: required.id,
  state: oneOf('waiting', 'approved'),
  text: required.text,
  sender: required.text,
  areas: { type: [String], required: true },
  days: { type: [String], required: true },
  from: required.text,
  to: required.text,
  operators: { type: [String], required: true },
  orderedBy: required.text,
  orderedAt: required.date,
  approvedBy: String,
  approvedAt: Date,
  letter: String,
  rev: required.count,
  figures: { type: [{ ...figure, _id: false }], required: true },
});
