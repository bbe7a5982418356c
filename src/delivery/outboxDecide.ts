import { nextOpen } from '../domain/quietHours.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { type Fault, retryAt, UNEXPECTED } from './outboxFault.ts';
import { isQuiet, purposeOf } from './outboxPurposes.ts';
import type { Waits } from './outboxWays.ts';

type Row = Pick<
  DeliveryDoc,
  'purpose' | 'lane' | 'attempt' | 'again' | 'expiresAt' | 'failingSince' | 'staff' | 'spent'
> & { readonly waits?: Waits };

/**
 * An alert that cannot leave within this of its first try (ms) goes another way at once: to the next chat of its reader, and
 * where there is none to the next person. Where a platform refuses, four or five quick tries lie within it, so a hiccup of
 * the line wakes nobody; one that says nothing is waited for no longer. It is little beside the five minutes after which an
 * alert climbs by itself.
 */
export const PATIENCE = 15_000;

/** The longest between two tries (ms): of an alert, and of what is of use for hours. */
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

/** What becomes of a row right before it would be sent. */
export type Before =
  | { readonly what: 'send' | 'expired' }
  | { readonly what: 'wait'; readonly until: number };

const endOf = ({ expiresAt }: Row): number => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;

/** Looked at as late as possible: what was due at 21:59 is not sent at 22:01. What would open too late has ended. */
export const beforeSend = (row: Row, now: number): Before => {
  const until = isQuiet(row) ? nextOpen(now) : now;
  if (until >= endOf(row)) return { what: 'expired' };
  return until > now ? { what: 'wait', until } : { what: 'send' };
};

/** What becomes of a row whose message may have arrived, nobody knows. A purpose not known here is sent no more. */
export const inDoubt = ({ purpose, again }: Row): 'ready' | 'unknown' => {
  const rule = purposeOf(purpose)?.inDoubt ?? 'never';
  return rule === 'again' || (rule === 'once' && again !== true) ? 'ready' : 'unknown';
};

/** When the first try of a row began that failed (ms since 1970). @param began the present one */
export const failingSince = ({ failingSince: since }: Pick<Row, 'failingSince'>, began: number): number =>
  since?.getTime() ?? began;

/** After so many tries at one chat of a member of the staff (some two minutes) their others are tried between two of them. */
const QUICK_TRIES = 8;
/**
 * What may have come so often is not sent once more, or a platform whose answers get lost would fill a chat with copies for
 * days; nor what failed so often by a fault of our own, which no waiting mends. Both can be seen then. An alert is worth them.
 */
const MOST_SPENT = 12;

/** `spent` of a row after one more fault. */
export const spentAfter = ({ spent = 0 }: Pick<Row, 'spent'>, { doubtful, code }: SpentBy): number =>
  doubtful || code === UNEXPECTED ? spent + 1 : spent;

type SpentBy = Pick<Fault, 'doubtful' | 'code'>;

/** Whether to wait until an instant is longer than an alert may. @param began when the present try began */
export const tooLate = (row: Pick<Row, 'lane' | 'failingSince'>, began: number, at: number): boolean =>
  row.lane === 'alert' && at - failingSince(row, began) > PATIENCE;

/**
 * Whether other chats of the person are to be tried meanwhile. Of a citizen's only one that is shut goes to another who holds
 * the declaration (`reminders/holders.ts`): a platform that is away for an hour is no reason to tell somebody else.
 * @param tries those at this chat that say something of it
 */
const goesAround = (row: Row, tries: number, began: number, at: number): boolean =>
  row.lane === 'alert'
    ? tooLate(row, began, at)
    : row.staff !== undefined && (tries >= QUICK_TRIES || (row.waits ?? []).length > 0);

/** Whether it is given up at this chat. A purpose not known here is tried once. */
const isLast = (row: Row, fault: Fault, attempt: number): boolean => {
  const rule = purposeOf(row.purpose);
  if (attempt >= (rule === undefined ? 1 : (rule.attempts ?? Number.POSITIVE_INFINITY))) return true;
  return row.lane !== 'alert' && spentAfter(row, fault) >= MOST_SPENT;
};

/** When a row is tried again: once more shortly before its end, where a long wait would go beyond it. */
const nextTry = (row: Row, fault: Fault, now: number, attempt: number): number => {
  const at = retryAt(now, attempt, fault, row.lane === 'alert' ? MINUTE : QUARTER);
  const end = endOf(row);
  return fault.retryAfter === undefined && end - now > MINUTE ? Math.min(at, end - MINUTE / 2) : at;
};

/**
 * `next`: another chat of the person; when there is none, it stays as `otherwise`. `later`: here again at an instant; `around`:
 * the same, and another way until then.
 */
export type After =
  | { readonly what: 'later' | 'around'; readonly at: number; readonly counts: boolean }
  | { readonly what: 'next'; readonly otherwise: 'failed' | 'expired' | 'unknown' }
  | { readonly what: 'unknown' };

/**
 * What becomes of a row whose send failed. To be told to wait says nothing about the chat: it counts as no attempt
 * where an end of the row keeps that from going on for ever.
 * @param began when the send began
 */
export const afterFault = (row: Row, fault: Fault, now: number, began = now): After => {
  if (fault.doubtful && inDoubt(row) === 'unknown') return { what: 'unknown' };
  if (!fault.retryable) return { what: 'next', otherwise: 'failed' };
  const attempt = row.attempt + 1;
  const counts = !fault.throttled || fault.doubtful || row.expiresAt === undefined;
  if (counts && isLast(row, fault, attempt)) return { what: 'next', otherwise: 'failed' };
  const at = nextTry(row, fault, now, attempt);
  if (at >= endOf(row)) return { what: 'next', otherwise: fault.doubtful ? 'unknown' : 'expired' };
  return { what: goesAround(row, counts ? attempt : 0, began, at) ? 'around' : 'later', at, counts };
};
