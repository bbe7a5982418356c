import { UNDER_WAY } from '../../domain/alertState.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { AlertSubject } from '../declarations/index.ts';
import type { StaffParts } from '../staff/parts.ts';

const NEWEST = { at: -1, _id: 1 } as const;

/** The last alert that a declaration raised or was joined to. */
export const alertOf = ({ collections }: StaffParts, declaration: string): Promise<AlertDoc | null> =>
  collections.alerts.findOne({ $or: [{ subject: declaration }, { joined: declaration }] }, { sort: NEWEST });

/**
 * The alert that a declaration is news for: its own, or one of the same person that is not over. Somebody who declares
 * again is one person to call, not two; but another place has other staff, who must be asked.
 */
export const standingAlert = async (
  parts: StaffParts,
  { declaration, person }: AlertSubject,
  area: string,
): Promise<AlertDoc | null> => {
  const own = await alertOf(parts, declaration);
  if (own !== null && own.state !== 'closed') return own;
  const open = { person, area, state: { $in: [...UNDER_WAY] } };
  return (await parts.collections.alerts.findOne(open, { sort: NEWEST })) ?? own;
};

/** The declaration belongs to the alert from now on, as the one that raised it does. */
export const joined = ({ _id, subject }: AlertDoc, { declaration }: AlertSubject): readonly Effect[] =>
  subject === declaration ? [] : [update('alerts', { _id }, { $addToSet: { joined: declaration } })];

/** Word that somebody else has it now is told to those who have nothing to do with it any more. */
const isSent = (effect: Effect): boolean =>
  'insert' in effect &&
  effect.insert.collection === 'deliveries' &&
  effect.insert.documents.some(({ purpose }) => purpose !== 'alertTaken');

const isUnheard = (effect: Effect): boolean => {
  if ('insert' in effect) return effect.insert.collection === 'alerts';
  const { $set } = effect.update.update as { readonly $set?: { readonly waiting?: boolean } };
  return $set?.waiting === true;
};

/** Whether somebody of the staff knows: is told by these effects, or was asked when there is nothing new to tell. */
export const knows = (effects: readonly Effect[], asked: readonly string[]): boolean =>
  effects.some(isSent) || (asked.length > 0 && !effects.some(isUnheard));
