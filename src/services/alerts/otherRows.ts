/** States in which a message may still arrive, or has. */
const ALIVE = ['ready', 'leased', 'submitting', 'sent'] as const;

interface ToldOf {
  readonly about: string;
  /** Purposes of the messages: about it alone, and about several at once. */
  readonly alone: string;
  readonly bundle: string;
  /** Members who may have got it in a bundle. */
  readonly told: readonly string[];
}

/** Messages about an alert since it was told of last that may still arrive or have, to others than one member. */
export const otherRows = ({ about, alone, bundle, told }: ToldOf, staff: string, since = new Date(0)) => ({
  $and: [
    {
      $or: [
        { about, purpose: alone },
        { purpose: bundle, staff: { $in: [...told] } },
      ],
    },
    { staff: { $ne: staff } },
  ],
  lane: 'alert' as const,
  state: { $in: [...ALIVE] },
  readyAt: { $gte: since },
});
