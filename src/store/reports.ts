import mongoose from 'mongoose';
import type { Counted } from '../domain/report/counted.ts';
import { collection, required } from './schema.ts';

/**
 * What was counted for a report, for every area: shown later it has the same figures. Numbers only, so that it may stay
 * when the declarations behind it are deleted.
 */
export interface ReportDoc {
  /** The day, 'YYYY-MM-DD'; of one that was asked for in between, the day and something random. */
  _id: string;
  /** The moment of counting. */
  until: Date;
  counted: Counted;
  /** Of one that was asked for in between: when the messages that carry it are gone too. */
  deleteAt?: Date;
}

export const reports = collection<ReportDoc>(
  'reports',
  {
    _id: required.id,
    until: required.date,
    counted: { type: mongoose.Schema.Types.Mixed, required: true },
    deleteAt: Date,
  },
  [[{ until: 1 }], [{ deleteAt: 1 }, { expireAfterSeconds: 0 }]],
);
