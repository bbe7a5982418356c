import { heldBy, lastRestore, type Restore } from '../../delivery/outboxEpoch.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { isDuplicate } from '../../store/errors.ts';
import type { Office } from '../alerts/office.ts';
import { openDeclaration } from '../declarations/record.ts';
import { eachAlone } from '../stuck.ts';
import { askAtOf } from './next.ts';
import { placeQuestion, type Staying } from './placeQuestion.ts';
import { inTurn } from './turns.ts';

const stayingBy = async ({ staff }: Office, doc: DeclarationDoc): Promise<Staying> => {
  const { declared, whom } = (await openDeclaration(staff, doc)).sealed;
  // Where others hold it too it may come to one of their chats (`holders.ts`), and must say who is meant.
  const own = whom === 'me' && doc.chats.length === 1;
  const stayer = { name: declared.person.name, place: declared.stay.code, own };
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

/** When the last of them was to be asked about. */
const dueAt = (all: readonly Staying[]): number =>
  Math.max(...all.map(({ doc: { askAt } }) => askAt?.getTime() ?? 0));

/** One message for all that is due in a chat; one a day at most, so whatever is due later that day is passed over. */
const askChat = async (
  office: Office,
  chat: string,
  now: number,
  restore: Restore | undefined,
): Promise<boolean> => {
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
  const when = { at: now, ...heldBy(restore, dueAt(current)) };
  const row =
    current.length === 0 ? [] : [insert('deliveries', placeQuestion(office.staff, chat, current, when))];
  try {
    return (await office.write([...row, ...changes])) && row.length > 0;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await office.write(changes);
    return false;
  }
};

/** Asks those whose time has come whether they are still where they declared to stay. Returns how many messages. */
export const askMovements = async (office: Office, now: number): Promise<number> => {
  const restore = await lastRestore(office.staff.collections);
  const due = { askAt: { $lte: new Date(now) } };
  const options = { projection: { declaredBy: 1 }, sort: { askAt: 1 } } as const;
  const chats = office.staff.collections.declarations.find(due, options).map(({ declaredBy }) => declaredBy);
  return inTurn(chats, (chat) => askChat(office, chat, now, restore));
};
