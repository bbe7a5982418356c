import { z } from 'zod';
import type { Encoding, Sms } from './segments.ts';

/** What SMS cost: data (`data/campaign/sms.json`), for the price stands in the province's contract. */
export interface Tariff {
  readonly currency: 'VND';
  readonly perSegment: Readonly<Record<Encoding, number>>;
  /** Whose figures they are and of which day: shown beside what they make. */
  readonly source: string;
  /** More about them, for whoever changes them. */
  readonly note?: string | undefined;
}

const price = z.number().min(0).max(100_000);

const tariff = z.strictObject({
  currency: z.literal('VND'),
  perSegment: z.strictObject({ gsm7: price, ucs2: price }),
  source: z.string().min(3),
  note: z.string().optional(),
});

/** Throws ZodError for anything else. */
export const parseTariff = (json: unknown): Tariff => tariff.parse(json);

/** In the tariff's currency, rounded up to a whole one. */
export const costOf = (
  { encoding, segments }: Pick<Sms, 'encoding' | 'segments'>,
  to: number,
  { perSegment }: Pick<Tariff, 'perSegment'>,
): number => Math.ceil(segments * to * perSegment[encoding]);
