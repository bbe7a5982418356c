import { collection, required } from './schema.ts';

/** When a tick last began and last ended well, whichever process ran it: the truth about the clock. */
export interface TickDoc {
  /** The tick's name. */
  _id: string;
  beganAt: Date;
  /** When it began for the first time; of a release that kept it. */
  firstAt?: Date;
  endedAt?: Date;
  /** What the last run failed with, by its name; absent after one that ended well. */
  fault?: string;
}

export const ticks = collection<TickDoc>('ticks', {
  _id: required.id,
  beganAt: required.date,
  firstAt: Date,
  endedAt: Date,
  fault: String,
});
