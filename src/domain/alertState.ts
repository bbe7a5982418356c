/**
 * An alert goes open → claimed → called → closed; for a while it can be reopened (`alertReopen.ts`), and is claimed then.
 * Exactly one person claims; only the owner or an admin closes.
 */
export type AlertState = 'open' | 'claimed' | 'called' | 'closed';

/** Somebody has it. */
export const IN_HAND = ['claimed', 'called'] as const satisfies readonly AlertState[];
export const inHand = (state: AlertState): boolean => IN_HAND.some((one) => one === state);

/** It is not over. */
export const UNDER_WAY = ['open', ...IN_HAND] as const satisfies readonly AlertState[];

/** Something that was done about an alert. */
export interface AlertEntry {
  readonly what:
    | 'opened'
    | 'raised'
    | 'updated'
    | 'moved'
    | 'asked'
    | 'reminded'
    | 'claimed'
    | 'called'
    | 'closed'
    | 'reopened'
    | 'reported'
    | 'reportDue'
    | 'released'
    /** It went to its owner with a shift, after `claimed`: they have not had the card before them. */
    | 'takenOver'
    | 'withdrawn';
  /** ms since 1970. */
  readonly at: number;
  /** Staff member; absent: the system. */
  readonly by?: string;
}

/** The state something brings an alert to, whatever it was in before. */
const LEADS_TO: Partial<Record<AlertEntry['what'], AlertState>> = {
  opened: 'open',
  released: 'open',
  claimed: 'claimed',
  called: 'called',
  closed: 'closed',
  reopened: 'claimed',
};

/** The state after an entry of the history. What is graver, or another matter, asks for another call. */
export const stateAfter = (before: AlertState, what: AlertEntry['what']): AlertState => {
  if (what === 'raised') return before === 'called' ? 'claimed' : before;
  return LEADS_TO[what] ?? before;
};
