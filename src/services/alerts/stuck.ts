import { line } from '../../dialogue/say.ts';
import { placeOf } from '../staff/record.ts';
import { type Office, tellAdmins } from './office.ts';

/** What stands in the open of what is stuck: which, of which place, and since when. */
interface StuckDoc {
  readonly _id: string;
  readonly area: string;
  readonly at: Date;
}

/**
 * An alert that cannot be worked on calls nobody by itself any more, and somebody under monitoring is not asked: so the
 * administrators hear of it, once, and it is found by its place and its hour. Until one can be reached it is tried again.
 */
export const tellStuck = async (
  office: Office,
  collection: 'alerts' | 'followUps',
  { _id: id, area, at }: StuckDoc,
  error: unknown,
  now: number,
): Promise<void> => {
  office.staff.onStuck?.(error, { collection, id });
  const values = { place: { place: placeOf(area) }, time: { time: at.getTime() }, id };
  const notes = [line(`desk.stuck.${collection}`, values)];
  await tellAdmins(office, { purpose: 'deskStuck', about: `stuck:${collection}:${id}`, at: now, notes });
};
