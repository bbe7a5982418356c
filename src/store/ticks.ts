import { collection, required } from './schema.ts';

/** When a tick last began and last ended well, whichever process ran it: the truth about the clock. */
export interface TickDoc {
  /** The tick's name. */
  _id: string;
  beganAt: Date;
  endedAt?: Date;
  /** What the last run failed with, by its name; absent after one that ended well. */
  fault?: string;
}

export const ticks = collection<TickDoc>('ticks', {
  _id: required.id,
  beganAt: required.date,
  endedAt: Date,
  fault: String,
});
