import { isMissing } from '../../domain/reminders/followUp.ts';
import { followUpOf } from '../../domain/risk/ruleset.ts';
import type { Effect } from '../../store/effect.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import type { Office } from '../alerts/office.ts';
import { planAlert } from '../alerts/plan.ts';
import { alarm, type Told } from './alarm.ts';

/** What the rows of all questions to one of them have in common. */
export const askedOf = ({ _id }: Pick<FollowUpDoc, '_id'>) =>
  ({ purpose: 'followUpReminder', about: `followUp:${_id}` }) as const;

/**
 * Our part was done: the question left; or it did not because of them, who want none or shut us out of the chat. One
 * that no try brought out until its end is a fault of ours and says nothing of them.
 */
const ASKED = ['sent', 'suppressed', 'failed'] as const;

/** Rounds in which they were asked since they answered last. */
const unanswered = ({ staff }: Office, doc: FollowUpDoc): Promise<number> =>
  staff.collections.deliveries.countDocuments({
    ...askedOf(doc),
    readyAt: { $gt: doc.lastAt },
    state: { $in: [...ASKED] },
  });

/** Nobody heard of them for days in which they were asked: that is an alert too, once, until they answer. */
export const missing = async (
  office: Office,
  doc: FollowUpDoc,
  told: Told,
  now: number,
): Promise<readonly Effect[]> => {
  const { staff } = office;
  const rule = followUpOf(staff.rules());
  const last = doc.lastAt.getTime();
  if (doc.missedAt || !isMissing(rule, last, await unanswered(office, doc), now)) return [];
  const toldAt = doc.answers.length > 0 ? last : told.at;
  const reason = { key: 'followUp.reason.missing', values: { days: rule.missedDays } };
  const subject = alarm(staff, doc, `missing:${last}`, told.declared, [reason], now);
  return (await planAlert(staff)({ ...subject, toldAt })).effects;
};
