import type { StaffParts } from '../staff/parts.ts';

/** What campaigns stand on. */
export interface CampaignParts
  extends Pick<StaffParts, 'collections' | 'sealer' | 'index' | 'areaOf' | 'home' | 'onStuck'> {
  /** How many rows and recipients are read and written together, where it is not as usual. */
  readonly batch?: number;
}

/** Whether there is time for another batch: a tick is short, the next one goes on. */
export type More = () => boolean;

/** How many that usually is: long enough for the round trip, small enough to hold. */
export const BATCH = 1_000;

/** Ids of a campaign's recipients begin with its own. Those behind one of them, in the order of their ids. */
export const recipientsAfter = (campaign: string, cursor = '') => ({
  _id: { $gt: `${campaign}|${cursor}`, $lt: `${campaign}}` },
});

export const recipientOf = (audienceId: string): string => audienceId.slice(audienceId.indexOf('|') + 1);

export const rowId = (campaign: string, day: string, recipient: string): string =>
  `${campaign}|${day}|${recipient}`;

/** The recipient a row is for, as they stand in the audience. */
export const audienceIdOf = (row: string): string => {
  const [campaign = '', , ...recipient] = row.split('|');
  return `${campaign}|${recipient.join('|')}`;
};

export const occurrenceId = (campaign: string, day: string): string => `${campaign}|${day}`;

/** The campaign a row is about. */
export const campaignOf = (about: string): string => about.slice(0, about.indexOf('|'));
