import { collection, required } from './schema.ts';

/** A gap in the roster that is open now. Its row goes when it is closed: opened again it is a new one. */
export interface RosterGapDoc {
  /** `gap:<area>:<end of the last shift before it, ms since 1970>`. */
  _id: string;
  /** When it was first seen. */
  seenAt: Date;
}

export const rosterGaps = collection<RosterGapDoc>('rosterGaps', {
  _id: required.id,
  seenAt: required.date,
});
