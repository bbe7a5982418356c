import type { Line } from '../../dialogue/say.ts';
import { type Post, postOf } from '../../domain/facility.ts';
import type { Json } from '../../domain/json.ts';
import { handlesAlerts, provinceOf } from '../../domain/roster.ts';
import { randomId } from '../../security/random.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { type Repeat, TO_LIST } from '../alerts/bundle.ts';
import type { OpenedAlert } from '../alerts/record.ts';
import { type Told, tell } from '../alerts/tell.ts';
import type { StaffParts } from '../staff/parts.ts';
import { openStaff, type StaffMember } from '../staff/record.ts';
import { runningShifts } from './members.ts';

/** Somebody else of the same province who may have a shift; null: not (any more), or oneself. */
export const otherOf = async (
  parts: StaffParts,
  id: string,
  actor: StaffMember,
): Promise<StaffMember | null> => {
  const found = { _id: id, active: true, 'chats.0': { $exists: true } };
  const doc = id === actor.id ? null : await parts.collections.staff.findOne(found);
  if (doc === null || provinceOf(doc.area) !== provinceOf(actor.area)) return null;
  const member = await openStaff(parts, doc);
  return handlesAlerts(member.role) ? member : null;
};

/** Shifts of somebody that run now. */
export const running = (parts: StaffParts, staff: string, now: number) =>
  parts.collections.shifts.find({ staff, ...runningShifts(now) }).toArray();

/** Whether who stands there stands here too: in the same area, and for the same facility if it is for one. */
const holds = (there: Post, { area, facility }: Post): boolean =>
  there.area === area && (facility === undefined || there.facility === facility);

/** Shifts for these areas and facilities begin, where none of theirs runs there already. */
export const begun = async (
  parts: StaffParts,
  staff: string,
  posts: readonly Post[],
  now: number,
): Promise<readonly Effect[]> => {
  const there: Post[] = await running(parts, staff, now);
  const fresh = posts.filter(
    (post, at) => ![...there, ...posts.slice(0, at)].some((other) => holds(other, post)),
  );
  return fresh.map((post) =>
    insert('shifts', { _id: randomId(), staff, ...postOf(post), from: new Date(now) }),
  );
};

/** An alert that goes from hand to hand; whoever changed it meanwhile makes the step be planned anew. */
export const changed = (
  doc: AlertDoc,
  change: object,
  what: readonly { what: string; by: string }[],
  now: number,
) => {
  const history = { $each: what.map((one) => ({ ...one, at: new Date(now) })) };
  const seen = { _id: doc._id, rev: doc.rev, state: doc.state };
  return update('alerts', seen, { ...change, $inc: { rev: 1 }, $push: { history } }, { must: true });
};

/** One of these alerts as somebody is asked about it who was not: after the change above. */
export const asking = (opened: OpenedAlert, to: Told): Repeat & { readonly members: readonly [Told] } => {
  const alert = { ...opened.alert, state: 'open' as const, rev: opened.alert.rev + 1 };
  return { opened: { ...opened, alert }, members: [to] };
};

/** An alert that nobody has is asked of somebody else as well; its clock goes on. */
export const askedToo = (doc: AlertDoc, from: string, to: string, now: number) =>
  changed(doc, { $addToSet: { asked: to } }, [{ what: 'asked', by: from }], now);

/** Tells the other of the two; committed with the change, so that it is told once. */
export const news = (parts: StaffParts, to: Told, now: number, notes: readonly Line[]) =>
  tell(parts, [to], { purpose: 'shiftNews', about: randomId(), rev: 1, at: now, notes, choices: [TO_LIST] });

/** What is written, beside what is answered. */
export const answered = <T extends { readonly effects: readonly Effect[] }>({ effects, ...value }: T) => ({
  value: value as unknown as Json,
  effects,
});
