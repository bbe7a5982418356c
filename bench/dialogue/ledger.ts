import type { Store } from '../../src/app/store.ts';
import type { ChatState } from '../../src/dialogue/state.ts';
import type { Engine } from '../../src/dialogue/step.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Conversation, ConversationDoc } from '../../src/store/conversation.ts';
import { openConversation } from '../../src/store/conversation.ts';
import { writeOf } from '../../src/store/conversation-write.ts';
import type { Conversations } from '../../src/store/conversations.ts';
import { declarationOf, openKept } from './keep.ts';

/** What lies in the database for one chat: the answers of one declaration, finished or not. */
export interface Entry {
  readonly chat: string;
  readonly answers: readonly string[];
}

export interface LedgerParts {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly engine: Engine;
  readonly questions: number;
}

export interface FillArgs {
  /** A chat in the middle of its declaration, whose state all others get. */
  readonly like: number;
  readonly first: number;
  readonly count: number;
}

/** Documents of one insert: some 1.5 MB. */
const TOGETHER = 1_000;

const answersOf = (state: ChatState, questions: number): readonly string[] => {
  const given = state.runs.at(-1)?.answers ?? {};
  return Array.from({ length: questions }, (_, at) => given[`q${at + 1}`]).flatMap(
    (each) => each ?? [],
  ) as string[];
};

/** Reads from the database what this bot has stored, and fills it. */
export const createLedger = ({ store, conversations, engine, questions }: LedgerParts) => {
  const { database, sealer, index } = store;
  const { collections } = database;
  const idOf = (chat: number): string => index('chat', `telegram|${chat}`);

  const unfinished = async (doc: ConversationDoc): Promise<Entry> => {
    const { address, state } = await openConversation(sealer, doc);
    return { chat: address, answers: answersOf(engine.read(state), questions) };
  };

  /** Declarations know their chat by its blind index only: the chats' own addresses lead back. */
  const answers = async (): Promise<readonly Entry[]> => {
    const open: Entry[] = [];
    const chats = new Map<string, string>();
    for await (const doc of collections.conversations.find()) {
      const entry = await unfinished(doc);
      chats.set(doc._id, entry.chat);
      if (entry.answers.length > 0) open.push(entry);
    }
    const done: Entry[] = [];
    for await (const doc of collections.declarations.find().sort({ at: 1 })) {
      const { answers: given } = (await openKept(store, doc)) as unknown as { readonly answers: string[] };
      done.push({ chat: chats.get(doc.declaredBy) ?? doc.declaredBy, answers: given });
    }
    return [...done, ...open];
  };

  const size = async (): Promise<number> => {
    const bytes = { $avg: { $bsonSize: '$$ROOT' } };
    const [found] = await collections.conversations.aggregate([{ $group: { _id: null, bytes } }]).toArray();
    return Number(found?.bytes ?? 0);
  };

  const copy = (like: Conversation, chat: number): ConversationDoc => {
    const address = String(chat);
    const next = { ...like, id: idOf(chat), address, rev: 1 };
    const until = Date.now() + conversations.patience;
    const write = writeOf(sealer, { next, out: [], work: [], finished: [], effects: [] }, until);
    const operation = write.operation([]);
    if (!('insertOne' in operation)) throw new Error('the first revision of a chat is no insert');
    return operation.insertOne.document as ConversationDoc;
  };

  /** Conversations in the middle of their declaration, and as many declarations, straight into the database. */
  const fill = async ({ like, first, count }: FillArgs): Promise<void> => {
    const source = await conversations.load(idOf(like));
    if (source === null) throw new Error('there is no chat to fill the database with');
    const kept: Json = { answers: Array.from({ length: questions }, (_, at) => `A${at + 1}`) };
    for (let at = first; at < first + count; at += TOGETHER) {
      const chats = Array.from({ length: Math.min(TOGETHER, first + count - at) }, (_, n) => at + n);
      const docs = chats.map((chat) => copy(source, chat));
      const declared = docs.map(({ _id }) => declarationOf(store, _id, kept, Date.now()));
      const quickly = { ordered: false, writeConcern: { w: 1 } } as const;
      await Promise.all([
        collections.conversations.insertMany(docs, quickly),
        collections.declarations.insertMany(declared, quickly),
      ]);
    }
  };

  return { answers, size, fill };
};
