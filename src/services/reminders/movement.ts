import { deliveryRow } from '../../delivery/outboxRow.ts';
import { type Choice, type Line, line } from '../../dialogue/say.ts';
import { byPlace, type Stayer } from '../../domain/reminders/movement.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { isDuplicate } from '../../store/errors.ts';
import type { Office } from '../alerts/office.ts';
import { openDeclaration } from '../declarations/record.ts';
import { eachAlone } from '../stuck.ts';
import { askAtOf } from './next.ts';
import { aboutPlaces, revOfDay } from './rows.ts';
import { inTurn } from './turns.ts';

const go = (to: string, label: string): Choice => ({ id: `/go:${to}`, label: line(label) });

/** With one declaration its buttons lead right into it; with several the update asks which. */
const buttons = (docs: readonly DeclarationDoc[]): readonly Choice[] => {
  const [only, ...others] = docs;
  const of = only !== undefined && others.length === 0 ? `id=${only._id}&` : '';
  return [
    go('stillHere', 'movement.still'),
    go(`update:${of}change=place`, 'movement.moved'),
    go(`update:${of}change=symptoms`, 'movement.symptoms'),
    go('stopReminders:what=movement', 'stopReminders.go'),
  ];
};

/** Of oneself without a name; of everybody else by their names: the answer must not be about the one who reads it. */
const questions = (stayers: readonly Stayer[]): readonly Line[] =>
  byPlace(stayers).map(([place, names]) =>
    stayers.length === 1 && stayers[0]?.own === true
      ? line('movement.ask', { place: { place } })
      : line('movement.askAll', { names: { list: names }, place: { place } }),
  );

/** A declaration and who stays where by it. */
interface Staying {
  readonly doc: DeclarationDoc;
  readonly stayer: Stayer;
}

const stayingBy = async ({ staff }: Office, doc: DeclarationDoc): Promise<Staying> => {
  const { declared, whom } = (await openDeclaration(staff, doc)).sealed;
  const stayer = { name: declared.person.name, place: declared.stay.code, own: whom === 'me' };
  return { doc, stayer };
};

/** One that cannot be opened is not asked about, and keeps no other of its chat from being asked about. */
const staying = (office: Office, docs: readonly DeclarationDoc[]): Promise<readonly Staying[]> =>
  eachAlone(
    docs,
    (doc) => stayingBy(office, doc),
    (error, { _id: id }) => office.staff.onStuck?.(error, { collection: 'declarations', id }),
  );

/** Whoever moved meanwhile, answered, connected the chat, or was asked by another process makes it stale. */
const change = (
  { _id, askAt, declaredBy }: DeclarationDoc,
  to: Parameters<typeof update<'declarations'>>[2],
): Effect =>
  update('declarations', { _id, status: 'valid', declaredBy, ...(askAt && { askAt }) }, to, { must: true });

const asked = ({ staff }: Office, doc: DeclarationDoc, now: number): Effect => {
  const askAt = askAtOf(staff.rules(), doc, now);
  const at = new Date(now);
  return change(doc, askAt ? { $set: { asked: at, askAt } } : { $set: { asked: at }, $unset: { askAt: '' } });
};

/** Of a person who has declared anew since, the newer one is asked about. */
const overtaken = async (
  { staff }: Office,
  docs: readonly DeclarationDoc[],
): Promise<ReadonlySet<string>> => {
  const people = { person: { $in: docs.map(({ person }) => person) }, status: 'valid' as const };
  const options = { projection: { person: 1, at: 1 }, sort: { at: 1 } } as const;
  const all = await staff.collections.declarations.find(people, options).toArray();
  const newest = new Map(all.map(({ person, _id }) => [person, _id]));
  return new Set(docs.flatMap(({ person, _id }) => (newest.get(person) === _id ? [] : [_id])));
};

const message = ({ staff }: Office, chat: string, all: readonly Staying[], now: number) =>
  deliveryRow(staff.sealer, {
    purpose: 'movementReminder',
    about: aboutPlaces(chat),
    rev: revOfDay(now),
    chat,
    at: now,
    notes: questions(all.map(({ stayer }) => stayer)),
    choices: buttons(all.map(({ doc }) => doc)),
  });

/** One message for all that is due in a chat; one a day at most, so whatever is due later that day is passed over. */
const askChat = async (office: Office, chat: string, now: number): Promise<boolean> => {
  const { collections } = office.staff;
  const due = { declaredBy: chat, status: 'valid' as const, askAt: { $lte: new Date(now) } };
  const docs = await collections.declarations.find(due).toArray();
  const old = await overtaken(office, docs);
  const current = await staying(
    office,
    docs.filter(({ _id }) => !old.has(_id)),
  );
  const ended = docs.filter(({ _id }) => old.has(_id)).map((doc) => change(doc, { $unset: { askAt: '' } }));
  const changes = [...current.map(({ doc }) => asked(office, doc, now)), ...ended];
  if (changes.length === 0) return false;
  const row = current.length === 0 ? [] : [insert('deliveries', message(office, chat, current, now))];
  try {
    return (await office.write([...row, ...changes])) && row.length > 0;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await office.write(changes);
    return false;
  }
};

/** Asks those whose time has come whether they are still where they declared to stay. Returns how many messages. */
export const askMovements = (office: Office, now: number): Promise<number> => {
  const due = { askAt: { $lte: new Date(now) } };
  const options = { projection: { declaredBy: 1 }, sort: { askAt: 1 } } as const;
  const chats = office.staff.collections.declarations.find(due, options).map(({ declaredBy }) => declaredBy);
  return inTurn(chats, (chat) => askChat(office, chat, now));
};
