import { type Effect, update } from '../../store/effect.ts';
import type { StaffDoc } from '../../store/staff.ts';
import type { TalkParts } from './parts.ts';

/** Staff whose chats are among these. */
export const staffOf = ({ collections }: TalkParts, chats: readonly string[]): Promise<StaffDoc[]> =>
  collections.staff.find({ chats: { $in: [...chats] } }).toArray();

/** The talk in the place of the first of its chats; a chat list that has changed meanwhile makes the step stale. */
const staffMoved = (doc: StaffDoc, chats: readonly string[], talk: string): Effect => {
  const moved = doc.chats.map((chat) => (chats.includes(chat) ? talk : chat));
  return update(
    'staff',
    { _id: doc._id, chats: doc.chats },
    { $set: { chats: [...new Set(moved)] } },
    { must: true },
  );
};

/** Messages to a staff member that are on their way to one of these chats: nothing goes to a chat that is not theirs. */
const rowsMoved = async (
  { collections }: TalkParts,
  { _id: staff }: StaffDoc,
  chats: readonly string[],
  talk: string,
): Promise<readonly Effect[]> => {
  const rows = await collections.deliveries
    .find({
      state: { $in: ['ready', 'leased', 'submitting'] },
      lane: { $in: ['alert', 'reply'] },
      staff,
      chat: { $in: [...chats] },
    })
    .toArray();
  return rows.map(({ _id, chat }) => update('deliveries', { _id, chat }, { $set: { chat: talk } }));
};

/**
 * Gives a talk what belongs to its new chats: declarations and people are theirs too, feedback and the staff member go
 * over to it. Whatever a chat writes meanwhile changes its revision, and the whole is planned anew.
 */
export const handOver = async (
  parts: TalkParts,
  chats: readonly string[],
  talk: string,
): Promise<readonly Effect[]> => {
  const { declarations, people, feedback } = parts.collections;
  const among = { $in: [...chats] };
  const [declared, known, said, staff] = await Promise.all([
    declarations.find({ chats: among }, { projection: { _id: 1 } }).toArray(),
    people.find({ chats: among }, { projection: { _id: 1 } }).toArray(),
    feedback.find({ chat: among }, { projection: { _id: 1 } }).toArray(),
    staffOf(parts, chats),
  ]);
  const rows = await Promise.all(staff.map((doc) => rowsMoved(parts, doc, chats, talk)));
  return [
    ...declared.map(({ _id }) => update('declarations', { _id }, { $addToSet: { chats: talk } })),
    ...known.map(({ _id }) => update('people', { _id }, { $addToSet: { chats: talk } })),
    ...said.map(({ _id }) => update('feedback', { _id }, { $set: { chat: talk } })),
    ...staff.map((doc) => staffMoved(doc, chats, talk)),
    ...rows.flat(),
  ];
};
