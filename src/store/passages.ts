import { DECISIONS, STANDINGS } from '../domain/passage.ts';
import { collection, oneOf, required } from './schema.ts';

/** One person at a checkpoint, and what an officer decided. */
export interface PassageDoc {
  _id: string;
  /** Of this shape, for whoever reads it when there is another one. */
  version: number;
  /** Code of the checkpoint, and its area path then: it may be gone from the list when it is counted. */
  checkpoint: string;
  area: string;
  /** The staff member who decided. */
  officer: string;
  at: Date;
  decision: (typeof DECISIONS)[number];
  /** How the code stood that was shown. */
  standing: (typeof STANDINGS)[number];
  /** Whose: absent without a code, and where the code was unknown or the declaration taken back. */
  declaration?: string;
  person?: string;
  /** Blind index of the number plate they declared. */
  plateIndex?: string;
  /** The reason, which may say that somebody is ill. */
  sealed: Buffer;
  /** With its declaration, as the consent promised. */
  deleteAt: Date;
}

export const passages = collection<PassageDoc>(
  'passages',
  {
    _id: required.id,
    version: required.count,
    checkpoint: required.text,
    area: required.text,
    officer: required.text,
    at: required.date,
    decision: oneOf(...DECISIONS),
    standing: oneOf(...STANDINGS),
    declaration: String,
    person: String,
    plateIndex: String,
    sealed: required.sealed,
    deleteAt: required.date,
  },
  [
    // What a report counts stands in the index itself: no passage is read for it.
    [{ at: 1, checkpoint: 1, area: 1, decision: 1, plateIndex: 1 }],
    [{ declaration: 1, at: -1 }, { partialFilterExpression: { declaration: { $exists: true } } }],
    [{ deleteAt: 1 }, { expireAfterSeconds: 0 }],
  ],
);
