import { ON_ITS_WAY } from '../../store/deliveries.ts';

/** Has arrived, or is about to. One that may arrive only when its platform is back brings nothing to anybody now. */
const ALIVE = [{ state: 'sent' as const }, { state: { $in: [...ON_ITS_WAY] }, missedAt: { $exists: false } }];

interface ToldOf {
  readonly about: string;
  /** Purposes of the messages: about it alone, and about several at once. */
  readonly alone: string;
  readonly bundle: string;
  /** Members who may have got it in a bundle. */
  readonly told: readonly string[];
}

/** Messages about an alert since it was told of last that have arrived or are about to, to others than one member. */
export const otherRows = ({ about, alone, bundle, told }: ToldOf, staff: string, since = new Date(0)) => ({
  $and: [
    {
      $or: [
        { about, purpose: alone },
        { purpose: bundle, staff: { $in: [...told] } },
      ],
    },
    { staff: { $ne: staff } },
    { $or: ALIVE },
  ],
  lane: 'alert' as const,
  readyAt: { $gte: since },
});
