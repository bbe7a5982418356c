import type { ChatState, Run } from '../../dialogue/state.ts';
import type { Declared, Person } from '../../domain/declaration.ts';
import { SealError } from '../../security/errors.ts';
import { type Sealer, sealContext } from '../../security/sealer.ts';
import type { Collections } from '../../store/collections.ts';
import { type ConversationDoc, contexts } from '../../store/conversation.ts';
import { available } from '../../store/errors.ts';
import { openDeclaration } from '../declarations/record.ts';
import { openStaff } from '../staff/record.ts';

export interface ReachParts {
  readonly collections: Pick<Collections, 'conversations' | 'people' | 'declarations' | 'staff'>;
  readonly sealer: Pick<Sealer, 'open'>;
  /** Whom a declaration that was begun is for, as far as it says. */
  readonly begunFor: (run: Pick<Run, 'answers'>) => Partial<Known>;
}

/** Somebody and their number (E.164), as far as they are known. */
export interface Known {
  readonly name: string;
  readonly phone?: string;
}

/** Who may be behind a chat. */
export interface Reached {
  /** The staff member it is linked to. */
  readonly staff?: Known;
  /** The person who declares for themselves in it. */
  readonly own?: Known;
  /** Whom the last declaration that this chat may see is about, when that is somebody else. */
  readonly declared?: Known & { readonly at: number };
  /** Who stands in the declaration that was begun. */
  readonly begun?: Known;
}

const knownOf = ({ name, phone }: Pick<Person, 'name' | 'phone'>): Known =>
  phone === undefined ? { name } : { name, phone };

/** What cannot be opened helps nobody, but the rest may: somebody waits to be reached. */
const unlessShut = async <T>(opening: Promise<T>): Promise<T | undefined> => {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
};

/** The conversation a chat speaks in: its own, or the talk it is a part of. Null: it never spoke, or is forgotten. */
const conversationOf = async ({ collections }: ReachParts, chat: string): Promise<ConversationDoc | null> => {
  const own = await available(collections.conversations.findOne({ _id: chat }));
  return own?.talk === undefined
    ? own
    : ((await available(collections.conversations.findOne({ _id: own.talk }))) ?? own);
};

/** Whether a message can be sent to a chat. */
export const hasChat = async (
  { conversations }: Pick<Collections, 'conversations'>,
  chat: string,
): Promise<boolean> => (await available(conversations.countDocuments({ _id: chat }, { limit: 1 }))) === 1;

/** Not brought up to date: a state of another release may be the very reason why a message was parked. */
const stateOf = async (
  { sealer }: ReachParts,
  { _id, state }: ConversationDoc,
): Promise<Partial<ChatState>> =>
  ((await unlessShut(sealer.open(contexts.state(_id), state))) ?? {}) as Partial<ChatState>;

const ownOf = async ({ collections, sealer }: ReachParts, id: unknown): Promise<Known | undefined> => {
  const doc = typeof id === 'string' ? await available(collections.people.findOne({ _id: id })) : null;
  if (doc === null) return undefined;
  const person = await unlessShut(sealer.open(sealContext('people', 'sealed', doc._id), doc.sealed));
  return person === undefined ? undefined : knownOf(person as unknown as Person);
};

const declaredOf = async (parts: ReachParts, chat: string, own: unknown): Promise<Reached['declared']> => {
  const seen = { chats: chat, status: 'valid' as const };
  const doc = await available(parts.collections.declarations.findOne(seen, { sort: { at: -1 } }));
  if (doc === null || doc.person === own) return undefined;
  const opened = await unlessShut(openDeclaration(parts, doc));
  const declared: Declared | undefined = opened?.sealed.declared;
  return declared && { ...knownOf(declared.person), at: doc.at.getTime() };
};

/** Of the conversation that is talked to, or that was begun last. */
const begunOf = ({ begunFor }: ReachParts, { runs = [], active }: Partial<ChatState>): Known | undefined => {
  const run = runs.find(({ id }) => id === active) ?? runs.at(-1);
  const { name, ...rest } = run === undefined ? {} : begunFor(run);
  return name === undefined ? undefined : { name, ...rest };
};

const staffOf = async (parts: ReachParts, chat: string): Promise<Known | undefined> => {
  const doc = await available(parts.collections.staff.findOne({ chats: chat, active: true }));
  const member = doc && (await unlessShut(openStaff(parts, doc)));
  return member ? knownOf(member) : undefined;
};

/** Who may be reached about what a chat has sent. Throws `Unavailable`. */
export const reachOf = async (parts: ReachParts, chat: string): Promise<Reached> => {
  const conversation = await conversationOf(parts, chat);
  const id = conversation?._id ?? chat;
  const state = conversation === null ? {} : await stateOf(parts, conversation);
  const person = state.memory?.person;
  const [staff, own] = await Promise.all([staffOf(parts, id), ownOf(parts, person)]);
  const declared = await declaredOf(parts, id, own === undefined ? undefined : person);
  const begun = begunOf(parts, state);
  return {
    ...(staff && { staff }),
    ...(own && { own }),
    ...(declared && { declared }),
    ...(begun && { begun }),
  };
};
