/** What became of one recipient, or of a day's message to them, when a campaign is over. */

/** One day's message as it ended; times ms since 1970. */
export interface DayEnd {
  readonly state: string;
  readonly fault?: string;
  readonly sentAt?: number;
  /** When it was known to have reached their device; where nobody told so, it may have all the same. */
  readonly deliveredAt?: number;
}

/**
 * declared: after it had been sent to them; declaredBefore: before it reached them; sent: a platform took it, at least
 * once; optedOut: they have stopped such messages; unreached: by `reason`.
 */
export const OUTCOMES = ['declared', 'declaredBefore', 'sent', 'optedOut', 'unreached'] as const;
export type RecipientOutcome = (typeof OUTCOMES)[number];

export interface RecipientEnd {
  readonly outcome: RecipientOutcome;
  readonly reason?: string;
  /** Of those it was sent to (`sent`, `declared`): at least one message is known to have reached them. */
  readonly delivered?: true;
}

/** Why a row was not sent after all, as it stands in its `fault`. */
export const UNWANTED = { declared: 'declared', optedOut: 'opted-out', stopped: 'campaign-stopped' } as const;

/** Where nobody was ever tried: none of the campaign's channels is theirs; or the campaign ended before their turn. */
const reasonWithout = (ways: number): string => (ways === 0 ? 'no-channel' : 'not-planned');

/** When a day's message went out. What has arrived was sent, also where its row was left in doubt. */
const sentOn = ({ sentAt, deliveredAt }: DayEnd): readonly number[] => {
  const at = sentAt ?? deliveredAt;
  return at === undefined ? [] : [at];
};

const reasonOf = ({ state, fault }: DayEnd): string => fault ?? state;

/** @param days in their order */
export const endOf = (
  ways: number,
  days: readonly DayEnd[],
  declaredAt: number | undefined,
): RecipientEnd => {
  const sent = days.flatMap(sentOn);
  const first = Math.min(...sent);
  const known = days.some(({ deliveredAt }) => deliveredAt !== undefined);
  const delivered = known ? ({ delivered: true } as const) : {};
  if (declaredAt !== undefined && first > declaredAt) return { outcome: 'declaredBefore' };
  if (declaredAt !== undefined) return { outcome: 'declared', ...delivered };
  if (sent.length > 0) return { outcome: 'sent', ...delivered };
  const last = days.at(-1);
  if (last === undefined) return { outcome: 'unreached', reason: reasonWithout(ways) };
  if (last.fault === UNWANTED.optedOut) return { outcome: 'optedOut' };
  return { outcome: 'unreached', reason: reasonOf(last) };
};
