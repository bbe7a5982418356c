import type { mongo } from 'mongoose';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type DeliveryDoc, ON_ITS_WAY } from '../../store/deliveries.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { PersonDoc } from '../../store/people.ts';
import type { StaffDoc } from '../../store/staff.ts';
import { askedOf } from '../followUps/missing.ts';
import { aboutCodes, aboutPlaces } from '../reminders/rows.ts';
import type { TalkParts } from './parts.ts';

type Parts = Pick<TalkParts, 'collections'>;

/** Staff whose chats are among these. */
export const staffOf = ({ collections }: Parts, chats: readonly string[]): Promise<StaffDoc[]> =>
  collections.staff.find({ chats: { $in: [...chats] } }).toArray();

/** Chats with the talk in the place of the first of its own. */
const placed = (list: readonly string[], chats: readonly string[], talk: string): string[] => [
  ...new Set(list.map((chat) => (chats.includes(chat) ? talk : chat))),
];

/** A list of chats that has changed meanwhile makes the step stale; so with those below. */
const staffMoved = ({ _id, chats: list }: StaffDoc, chats: readonly string[], talk: string): Effect =>
  update('staff', { _id, chats: list }, { $set: { chats: placed(list, chats, talk) } }, { must: true });

const personMoved = (
  { _id, chats: list }: Pick<PersonDoc, '_id' | 'chats'>,
  chats: readonly string[],
  talk: string,
): Effect =>
  update('people', { _id, chats: list }, { $set: { chats: placed(list, chats, talk) } }, { must: true });

const declarationMoved = (
  { _id, declaredBy, chats: list }: Pick<DeclarationDoc, '_id' | 'declaredBy' | 'chats'>,
  chats: readonly string[],
  talk: string,
): Effect => {
  const by = chats.includes(declaredBy) ? talk : declaredBy;
  const change = { $set: { chats: placed(list, chats, talk), declaredBy: by } };
  return update('declarations', { _id, chats: list }, change, { must: true });
};

/** Messages that are on their way to one of these chats, of those of a kind. */
const rowsMoved = async (
  { collections }: Parts,
  kind: mongo.Filter<DeliveryDoc>,
  chats: readonly string[],
  talk: string,
): Promise<readonly Effect[]> => {
  const state = { $in: [...ON_ITS_WAY] };
  const rows = await collections.deliveries.find({ ...kind, state, chat: { $in: [...chats] } }).toArray();
  return rows.map(({ _id, chat }) => update('deliveries', { _id, chat }, { $set: { chat: talk } }));
};

/** Nothing on its way to a staff member goes to a chat that is not theirs. */
const toStaff = ({ _id: staff }: StaffDoc) => ({
  lane: { $in: ['alert' as const, 'reply' as const] },
  staff,
});

/**
 * What was declared and said in some chats becomes the talk's alone, whom they are asked about too, and the reminders
 * of it that are on their way: a chat that leaves, and may be a lost phone, neither sees it nor is told of it any more.
 */
export const brought = async (
  parts: Parts,
  chats: readonly string[],
  talk: string,
): Promise<readonly Effect[]> => {
  const { declarations, people, feedback, followUps } = parts.collections;
  const among = { $in: [...chats] };
  const [declared, known, said, watched] = await Promise.all([
    declarations.find({ chats: among }, { projection: { declaredBy: 1, chats: 1 } }).toArray(),
    people.find({ chats: among }, { projection: { chats: 1 } }).toArray(),
    feedback.find({ chat: among }, { projection: { _id: 1 } }).toArray(),
    followUps.find({ chat: among, state: 'active' }, { projection: { _id: 1 } }).toArray(),
  ]);
  const about = [
    ...chats.flatMap((chat) => [aboutPlaces(chat), aboutCodes(chat)]),
    ...said.map(({ _id }) => _id),
    ...watched.map((doc) => askedOf(doc).about),
  ];
  return [
    ...declared.map((doc) => declarationMoved(doc, chats, talk)),
    ...known.map((doc) => personMoved(doc, chats, talk)),
    ...said.map(({ _id }) => update('feedback', { _id }, { $set: { chat: talk } })),
    ...watched.map(({ _id }) => update('followUps', { _id }, { $set: { chat: talk }, $inc: { rev: 1 } })),
    ...(await rowsMoved(parts, { about: { $in: about } }, chats, talk)),
  ];
};

/**
 * Gives a talk what belongs to its new chats: what they brought, and the staff member goes over to it. Whatever a chat
 * writes meanwhile changes its revision, and the whole is planned anew.
 */
export const handOver = async (
  parts: Parts,
  chats: readonly string[],
  talk: string,
): Promise<readonly Effect[]> => {
  const staff = await staffOf(parts, chats);
  const rows = await Promise.all(staff.map((doc) => rowsMoved(parts, toStaff(doc), chats, talk)));
  return [
    ...(await brought(parts, chats, talk)),
    ...staff.map((doc) => staffMoved(doc, chats, talk)),
    ...rows.flat(),
  ];
};
