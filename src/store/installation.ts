import { collection, required } from './schema.ts';

/**
 * Which life of the database this is. A restored backup believes that what has long been sent is still to be: whoever
 * restores one begins a new epoch, and what was on its way in the old one, or due before its end, is held until a person
 * decides.
 */
export interface InstallationDoc {
  _id: 'installation';
  epoch: number;
  /** Who began it, and when. */
  by: string;
  at: Date;
  /** The rows of the old epoch are being held; nothing is sent until that is done. */
  holding: boolean;
}

export const installation = collection<InstallationDoc>('installation', {
  _id: { type: String, enum: ['installation'], required: true },
  epoch: required.count,
  by: required.text,
  at: required.date,
  holding: { type: Boolean, required: true },
});
