import { heldBy, lastRestore, type Restore } from '../../delivery/outboxEpoch.ts';
import { deliveryRow, type Message } from '../../delivery/outboxRow.ts';
import { line } from '../../dialogue/say.ts';
import { crashPoint } from '../../store/crash-point.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { openDeclaration } from '../declarations/record.ts';
import type { StaffParts } from '../staff/parts.ts';
import { eachAlone } from '../stuck.ts';
import { aboutCodes, putRows, revOfDay } from './rows.ts';
import { inTurn } from './turns.ts';

const HOUR = 3_600_000;
/** Codes end at midnight: whoever is told 17 hours before reads it in the morning of the last day. */
const BEFORE = 17 * HOUR;

type Parts = Pick<StaffParts, 'collections' | 'sealer' | 'onStuck'>;

const ending = (now: number) => ({
  status: 'valid' as const,
  endingTold: { $exists: false },
  validUntil: { $gt: new Date(now), $lte: new Date(now + BEFORE) },
});

/** Who will still need a code: whoever travels, and has no later one. One that cannot be opened keeps no other back. */
const travellers = async (parts: Parts, docs: readonly DeclarationDoc[]) => {
  const { collections } = parts;
  const people = { person: { $in: docs.map(({ person }) => person) }, status: 'valid' as const };
  const options = { projection: { person: 1, validUntil: 1 }, sort: { validUntil: 1, at: 1 } } as const;
  const all = await collections.declarations.find(people, options).toArray();
  const last = new Map(all.map(({ person, _id }) => [person, _id]));
  const current = docs.filter(({ person, _id }) => last.get(person) === _id);
  const opened = await eachAlone(
    current,
    (doc) => openDeclaration(parts, doc),
    (error, { _id: id }) => parts.onStuck?.(error, { collection: 'declarations', id }),
  );
  return opened.flatMap(({ sealed: { declared } }) =>
    declared.trip.means === 'none' ? [] : [declared.person.name],
  );
};

/** When they were to be told: in the morning of the last day, or at once where it was declared on that day. */
const dueAt = (docs: readonly DeclarationDoc[]): number =>
  Math.max(...docs.map(({ at, validUntil }) => Math.max(at.getTime(), validUntil.getTime() - BEFORE)));

const rowOf = (
  { sealer }: Parts,
  chat: string,
  names: readonly string[],
  until: number,
  when: Pick<Message, 'at' | 'heldBy'>,
) =>
  deliveryRow(sealer, {
    ...when,
    purpose: 'codeReminder',
    about: aboutCodes(chat),
    rev: revOfDay(until),
    chat,
    expiresAt: until,
    notes: [line('codeEnding.soon', { names: { list: names }, time: { time: until } })],
    choices: [
      { id: '/go:declare', label: line('codeEnding.declare') },
      { id: '/go:stopReminders:what=codeEnding', label: line('stopReminders.go') },
    ],
  });

/** One message for all codes of a chat that end today: a driver is told of the whole bus at once. */
const tellChat = async (
  parts: Parts,
  chat: string,
  now: number,
  restore: Restore | undefined,
): Promise<boolean> => {
  const { declarations } = parts.collections;
  const docs = await declarations.find({ declaredBy: chat, ...ending(now) }).toArray();
  const [first] = docs;
  if (first === undefined) return false;
  const names = await travellers(parts, docs);
  const when = { at: now, ...heldBy(restore, dueAt(docs)) };
  const rows = names.length === 0 ? [] : [rowOf(parts, chat, names, first.validUntil.getTime(), when)];
  const fresh = await putRows(parts.collections, rows);
  crashPoint('reminder-before-note');
  // After the message: a crash between the two plans the same message again, by the same id.
  await declarations.updateMany({ _id: { $in: docs.map(({ _id }) => _id) } }, { $set: { endingTold: true } });
  return fresh > 0;
};

/** Tells those who may travel on that their lookup code ends today. Returns how many messages. */
export const tellEndingCodes = async (parts: Parts, now: number): Promise<number> => {
  const restore = await lastRestore(parts.collections);
  const options = { projection: { declaredBy: 1 }, sort: { validUntil: 1 } } as const;
  const chats = parts.collections.declarations.find(ending(now), options).map(({ declaredBy }) => declaredBy);
  return inTurn(chats, (chat) => tellChat(parts, chat, now, restore));
};
