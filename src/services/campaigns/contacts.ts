import { openTo } from '../../delivery/outboxRow.ts';
import type { Person } from '../../domain/declaration.ts';
import { sealContext } from '../../security/sealer.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { available } from '../../store/errors.ts';
import { eachAlone } from '../stuck.ts';
import { talksOf } from '../talks/now.ts';
import type { CampaignParts } from './parts.ts';
import { READ, type ReadConversation, readConversation } from './recipients.ts';

/** What there is to call somebody by; empty: not known. */
export interface Contact {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
}

/** Persons of chats, by the chat: whoever declares for themselves in it, or in the talk it is a part of now. */
const personsOf = async (
  parts: CampaignParts,
  chats: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const talks = await talksOf(parts.collections, chats);
  const which = { _id: { $in: [...new Set([...chats, ...talks.values()])] } };
  const docs: ReadConversation[] = await available(
    parts.collections.conversations.find(which, { projection: READ }).toArray(),
  );
  const stuck = (error: unknown, { _id: id }: ReadConversation) =>
    parts.onStuck?.(error, { collection: 'conversations', id });
  const read = await eachAlone(docs, (doc) => readConversation(parts, doc), stuck);
  const persons = new Map(read.map(({ id, person }) => [id, person]));
  return new Map(
    chats.flatMap((chat) => {
      const person = persons.get(talks.get(chat) ?? chat);
      return person === undefined ? [] : [[chat, person] as const];
    }),
  );
};

/** People as they declared last, by their ids and by the blind index of their number: of several the latest. */
const peopleBy = async (
  parts: CampaignParts,
  ids: readonly string[],
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Person>> => {
  const which = { $or: [{ _id: { $in: [...ids] } }, { phoneIndex: { $in: [...numbers] } }] };
  // When one is to be deleted follows from when they declared last.
  const docs = await available(parts.collections.people.find(which).sort({ deleteAt: 1 }).toArray());
  const open = async ({ _id, sealed, phoneIndex = _id }: (typeof docs)[number]) => {
    const person = await parts.sealer.open(sealContext('people', 'sealed', _id), sealed);
    return [_id, phoneIndex].map((key) => [key, person as unknown as Person] as const);
  };
  const stuck = (error: unknown, { _id: id }: (typeof docs)[number]) =>
    parts.onStuck?.(error, { collection: 'people', id });
  return new Map((await eachAlone(docs, open, stuck)).flat());
};

/** The number of an imported list, or that of the declaration which was theirs when the audience was fixed. */
const numberOf = async ({ sealer }: CampaignParts, { ways }: AudienceDoc): Promise<string> => {
  const [way] = Object.entries(ways).filter(([, { channel }]) => channel === 'sms');
  if (way?.[1].address === undefined) return '';
  const [chat, { channel, address }] = way;
  return (await openTo(sealer, { chat, to: { channel, address } }))?.address ?? '';
};

/** What there is to call some recipients by: one for each, in their order. What cannot be opened is empty. */
export const contactsOf = async (
  parts: CampaignParts,
  docs: readonly AudienceDoc[],
): Promise<readonly Contact[]> => {
  const persons = await personsOf(
    parts,
    docs.flatMap(({ ways }) => Object.keys(ways)),
  );
  const numbers = docs.flatMap(({ phoneIndex }) => (phoneIndex === undefined ? [] : [phoneIndex]));
  const people = await peopleBy(parts, [...new Set(persons.values())], numbers);
  const contactOf = async (doc: AudienceDoc): Promise<Contact> => {
    const own = Object.keys(doc.ways).flatMap((chat) => people.get(persons.get(chat) ?? '') ?? []);
    const person = own[0] ?? people.get(doc.phoneIndex ?? '');
    const [phone = ''] = await eachAlone(
      [doc],
      async () => person?.phone ?? (await numberOf(parts, doc)),
      (error) => parts.onStuck?.(error, { collection: 'audience', id: doc._id }),
    );
    return { name: person?.name ?? '', phone };
  };
  return Promise.all(docs.map(contactOf));
};
