/** One change of a row, in the order in which the database made them; only what changed. */
export interface Step {
  readonly id: string;
  readonly inserted: boolean;
  readonly state?: string | undefined;
  readonly epoch?: number | undefined;
  readonly attempt?: number | undefined;
  /** The look that took it, with others. */
  readonly claim?: string | undefined;
  /** ms since 1970 by the database's clock. */
  readonly at?: number | undefined;
}

interface Place {
  readonly state: string;
  readonly epoch: number;
}

const HELD = ['leased', 'submitting'];

/** Where a row may come from when its holder wrote this state. */
const BY_ITS_HOLDER: Readonly<Record<string, readonly string[]>> = {
  submitting: ['leased'],
  sent: ['submitting'],
  ready: HELD,
  failed: HELD,
  expired: HELD,
  suppressed: HELD,
  unknown: ['submitting'],
};

/** From where a row may come when a new epoch began with the change: a claim, or a lease that ran out. */
const WITH_NEW_EPOCH: Readonly<Record<string, readonly string[]>> = {
  leased: ['ready'],
  ready: HELD,
  unknown: ['submitting'],
};

/** Rows of a campaign's day that nobody holds end with it, or when it is stopped. */
const OF_A_DAY = /^C\w{4}\|/;
const endsUnheld = (from: Place, to: Place, id: string): boolean =>
  OF_A_DAY.test(id) && from.state === 'ready' && (to.state === 'expired' || to.state === 'suppressed');

const isLawful = (from: Place, to: Place, { id, state, attempt }: Step): boolean => {
  if (from.epoch === to.epoch && endsUnheld(from, to, id)) return true;
  if (state === undefined && from.epoch === to.epoch) return attempt === undefined; // a lease that was renewed
  const rules = to.epoch === from.epoch ? BY_ITS_HOLDER : WITH_NEW_EPOCH;
  const grown = to.epoch - from.epoch;
  return grown <= 1 && (rules[to.state]?.includes(from.state) ?? false);
};

/**
 * Changes that nobody had the right to make, in words: who does not hold a row writes nothing to it, what has ended
 * stays as it is, and before `sent` comes `submitting`.
 */
export const unlawful = (steps: readonly Step[]): readonly string[] => {
  const places = new Map<string, Place>();
  const found: string[] = [];
  for (const step of steps) {
    const { id, inserted, state, epoch } = step;
    const from = places.get(id) ?? { state: 'ready', epoch: 0 };
    const to = { state: state ?? from.state, epoch: epoch ?? from.epoch };
    if (!inserted && !isLawful(from, to, step))
      found.push(`${id}: ${from.state} (${from.epoch}) became ${to.state} (${to.epoch})`);
    places.set(id, to);
  }
  return found;
};

/** Rows that a process left behind when it died, or held for too long, and that waited for the end of a lease. */
export const leftBehind = (steps: readonly Step[]): ReadonlySet<string> =>
  new Set(
    steps
      .filter(({ inserted, state, epoch }) => !inserted && epoch !== undefined && state !== 'leased')
      .map(({ id }) => id),
  );
