import type { Evidence, Notified } from './evidence.ts';
import type { Findings } from './findings.ts';

/** What may be under way at the end: nobody waits for it (`look.ts`). */
const UNDER_WAY: ReadonlySet<string> = new Set(['ready', 'leased', 'submitting']);
/**
 * So many that were written later to the same chat may come before one that waits: it takes one a second, and what was refused
 * eight times in a row is tried again within two minutes.
 */
export const OVERTAKEN = 200;

/** How many that were written later came before one to the same chat. */
const overtakers = ({ notified, steps }: Evidence): ((row: Notified) => number) => {
  const written = new Map(steps.flatMap(({ id, inserted }, n) => (inserted ? [[id, n]] : [])));
  const at = ({ _id }: Notified): number => written.get(_id) ?? 0;
  const sent = notified.filter(({ state }) => state === 'sent');
  return (row) => sent.filter((other) => other.chat === row.chat && at(other) > at(row)).length;
};

const faultIn = (row: Notified, { heardOf, ended }: Evidence, overtaken: number): string | undefined => {
  const { _id, state, expiresAt } = row;
  if (UNDER_WAY.has(state))
    return overtaken > OVERTAKEN ? `still ${state}, after ${overtaken} newer` : undefined;
  if (state === 'sent') return heardOf.has(_id) ? undefined : 'marked as sent, never came';
  const isLate =
    (state === 'expired' || state === 'unknown') && expiresAt !== undefined && expiresAt.getTime() <= ended;
  return isLate ? undefined : state; // what the next days overtook is of no use
};

/** What officers are told of their campaigns comes, or waits still: they are there, and take all messages. */
export const checkNotices = (evidence: Evidence, found: Findings): void => {
  const overtakenBy = overtakers(evidence);
  for (const row of evidence.notified) {
    const fault = faultIn(row, evidence, overtakenBy(row));
    if (fault !== undefined) found.wrong('lost', `${row._id}: ${fault}`);
  }
};
