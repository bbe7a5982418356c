import { dayOf } from '../../domain/day.ts';
import type { Collections } from '../../store/collections.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { available, isDuplicate } from '../../store/errors.ts';

/** A day as the revision of a message that comes once a day: 20261123. @param at ms since 1970 */
export const revOfDay = (at: number): number => Number(dayOf(at).replaceAll('-', ''));

/** What a chat's reminders are about, of each kind. */
export const aboutPlaces = (chat: string): string => `movement:${chat}`;
export const aboutCodes = (chat: string): string => `codeEnding:${chat}`;

/** Whom or what such a row is about: the chat it was written for, or the monitoring. */
export const subjectOf = (about = ''): string => about.slice(about.indexOf(':') + 1);

/** Puts messages on their way; one whose id is there already was planned before. Returns how many are new. */
export const putRows = async (
  { deliveries }: Pick<Collections, 'deliveries'>,
  rows: readonly DeliveryDoc[],
): Promise<number> => {
  let fresh = 0;
  for (const row of rows) {
    try {
      await available(deliveries.insertOne(row));
      fresh += 1;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  return fresh;
};
