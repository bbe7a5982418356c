import { nextOpen } from '../domain/quietHours.ts';
import type { DeliveryDoc } from '../store/deliveries.ts';
import { type Fault, retryAt } from './outboxFault.ts';
import { isQuiet, purposeOf } from './outboxPurposes.ts';

type Row = Pick<DeliveryDoc, 'purpose' | 'lane' | 'attempt' | 'again' | 'expiresAt' | 'failingSince'>;

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

/** After so many tries at one chat (some two minutes) another one of the person has it from then on, if there is one. */
const QUICK_TRIES = 8;

/** Whether to wait until an instant is longer than an alert may. @param began when the present try began */
export const tooLate = (row: Pick<Row, 'lane' | 'failingSince'>, began: number, at: number): boolean =>
  row.lane === 'alert' && at - failingSince(row, began) > PATIENCE;

/** After so many attempts at a chat it is given up. A purpose not known here is tried once. */
const lastAttempt = ({ purpose }: Row): number => {
  const rule = purposeOf(purpose);
  return rule === undefined ? 1 : (rule.attempts ?? Number.POSITIVE_INFINITY);
};

/**
 * `next`: another chat of the person; when there is none, it stays as `otherwise`. `later`: here again at an instant; `around`:
 * the same, and another way until then; `other`: another chat of the person, and here again at an instant where there is none.
 */
export type After =
  | { readonly what: 'later' | 'around' | 'other'; readonly at: number; readonly counts: boolean }
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
  const counts = !fault.throttled || row.expiresAt === undefined;
  if (counts && attempt >= lastAttempt(row)) return { what: 'next', otherwise: 'failed' };
  const at = retryAt(now, attempt, fault, row.lane === 'alert' ? MINUTE : QUARTER);
  if (at >= endOf(row)) return { what: 'next', otherwise: fault.doubtful ? 'unknown' : 'expired' };
  if (tooLate(row, began, at)) return { what: 'around', at, counts };
  const often = row.lane !== 'alert' && counts && attempt >= QUICK_TRIES;
  return { what: often ? 'other' : 'later', at, counts };
};
