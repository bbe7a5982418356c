import mongoose from 'mongoose';
import { collection, oneOf, required } from './schema.ts';

/** One day of a campaign. Whoever inserts it first has begun the day; nobody begins it twice. */
export interface OccurrenceDoc {
  /** `<campaign>|<yyyy-mm-dd>`: what its rows in `deliveries` are about. */
  _id: string;
  campaign: string;
  /** planning: rows are being made; planned: all are there; missed: it could not begin in time, or nobody knows after a restore; ended: none is open. */
  state: 'planning' | 'planned' | 'missed' | 'ended';
  dueAt: Date;
  notAfter: Date;
  endsAt: Date;
  /** Those who sent the campaign know that the day begins, or could not. */
  told?: boolean;
  /** The day is over, or its campaign was stopped: whoever still makes rows of it takes them back. */
  over?: boolean;
  /**
   * How far the planner, and the freezing of the audience, have come: hints, to begin again there or before. Where the
   * audience is complete `freezing` says so (`freezing.ts`).
   */
  cursor?: string;
  freezing?: string;
  closing?: string;
  /** Its rows were put off because the campaign is paused. */
  held?: boolean;
  /** Rows by state and fault, once all have ended. */
  figures?: Record<string, number>;
  deleteAt: Date;
}

export const occurrences = collection<OccurrenceDoc>(
  'occurrences',
  {
    _id: required.id,
    campaign: required.text,
    state: oneOf('planning', 'planned', 'missed', 'ended'),
    dueAt: required.date,
    notAfter: required.date,
    endsAt: required.date,
    told: Boolean,
    over: Boolean,
    cursor: String,
    freezing: String,
    closing: String,
    held: Boolean,
    figures: mongoose.Schema.Types.Mixed,
    deleteAt: required.date,
  },
  [[{ deleteAt: 1 }, { expireAfterSeconds: 0 }]],
);
