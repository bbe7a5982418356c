import { DAY_MS } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { available } from '../../store/errors.ts';
import { BATCH, type CampaignParts } from './parts.ts';
import { phoneWay } from './recipients.ts';
import { writtenOnce } from './rows.ts';

/** Writes the numbers of an imported list down as the recipients of a campaign, sealed; a number twice is one. */
export const addList = async (
  parts: CampaignParts,
  campaign: string,
  phones: readonly string[],
  now: number,
): Promise<void> => {
  const deleteAt = new Date(now + RETENTION_DAYS * DAY_MS);
  for (let n = 0; n < phones.length; n += BATCH) {
    const docs = phones.slice(n, n + BATCH).map((phone): AudienceDoc => {
      const phoneIndex = parts.index('phone', phone);
      return { _id: `${campaign}|${phoneIndex}`, ways: phoneWay(parts, phone), phoneIndex, deleteAt };
    });
    await writtenOnce(available(parts.collections.audience.insertMany(docs, { ordered: false })));
  }
};
