import mongoose from 'mongoose';
import type { Json } from '../domain/json.ts';
import { type Sealer, sealContext } from '../security/sealer.ts';
import { collection, required } from './schema.ts';
import { unpackSeen } from './seen.ts';

/** A chat that takes part in a talk: its own id, and what is needed to answer in it. */
export interface Member {
  readonly chat: string;
  readonly channel: string;
  readonly address: string;
}

/**
 * A chat as the next step needs it; or a talk, the conversation that several chats share. A chat of a talk is an
 * alias: it names the talk, its state is empty, and both change in one transaction, each by its revision.
 */
export interface Conversation {
  /** Of a chat the blind index of channel and address, an address may be a phone number; of a talk random. */
  readonly id: string;
  /** Of a talk: those of the member that spoke last. */
  readonly channel: string;
  readonly address: string;
  /** Counts the commits; 0 has never been stored. */
  readonly rev: number;
  readonly state: Json;
  /** Keys of the deliveries applied last, the newest at the end (`deliveryKey`). */
  readonly seen: readonly string[];
  /** ms since 1970 of the last commit. */
  readonly touched: number;
  /** ms since 1970: when an idle chat is deleted, as the consent promised. */
  readonly forgetAt: number;
  /** The talk this chat is a part of. */
  readonly talk?: string;
  /** The chats of a talk. */
  readonly members?: readonly Member[];
  /** Chats (this one, or members) whose people have stopped us, and since when (ms): cleared when they can be reached. */
  readonly stopped?: Readonly<Record<string, number>>;
}

/** Something that is to be said: `chat:rev:n`. */
export interface Out {
  readonly id: string;
  readonly body: Json;
}

/** Work that is to be done: `chat:rev:n`, and when it was ordered, ms since 1970. */
export interface Work {
  readonly id: string;
  readonly at: number;
  readonly body: Json;
}

/** A chat that something is owed to, in the order it was decided. */
export interface Unfinished extends Conversation {
  readonly out: readonly Out[];
  readonly work: readonly Work[];
}

/** As it is stored. What is owed stands under its own key, so that one write can add some and strike others. */
export interface ConversationDoc {
  _id: string;
  /** Version of this shape. */
  v: number;
  channel: string;
  address: Buffer;
  rev: number;
  state: Buffer;
  out: Record<string, Buffer>;
  work: Record<string, { at: Date; body: Buffer }>;
  seen: Buffer;
  touched: Date;
  forgetAt: Date;
  talk?: string;
  members?: Buffer;
  stopped?: Record<string, Date>;
  /** There is something in `out` or `work`, and whoever took it on has until then: later anybody may. */
  pending?: Date;
}

export const CONVERSATION_VERSION = 1;

const map = { type: mongoose.Schema.Types.Mixed, required: true };

export const conversations = collection<ConversationDoc>(
  'conversations',
  {
    _id: required.id,
    v: required.count,
    channel: required.text,
    address: required.sealed,
    rev: required.count,
    state: required.sealed,
    out: map,
    work: map,
    seen: required.sealed,
    touched: required.date,
    forgetAt: required.date,
    talk: String,
    members: mongoose.Schema.Types.Buffer,
    stopped: mongoose.Schema.Types.Mixed,
    pending: Date,
  },
  [
    [{ pending: 1 }, { partialFilterExpression: { pending: { $exists: true } } }],
    [{ forgetAt: 1 }, { expireAfterSeconds: 0 }],
  ],
);

export const outId = (chat: string, rev: number, n: number): string => `${chat}:${rev}:${n}`;

/** The key of an id within its chat's document: `rev-n`. No dots, no dollar: it is part of a path. */
export const keyOf = (id: string): string => id.split(':').slice(-2).join('-');

/** The document an id of something said or ordered belongs to. */
export const ownerOf = (id: string): string => id.split(':').slice(0, -2).join(':');

/** The revision it was said or ordered in. */
export const revOf = (id: string): number => Number(id.split(':').at(-2));

const idOf = (chat: string, key: string): string => `${chat}:${key.replace('-', ':')}`;

export const contexts = {
  state: (chat: string) => sealContext('conversations', 'state', chat),
  address: (chat: string) => sealContext('conversations', 'address', chat),
  members: (talk: string) => sealContext('conversations', 'members', talk),
  out: (id: string) => sealContext('conversations', 'out', id),
  work: (id: string) => sealContext('conversations', 'work', id),
};

export async function openConversation(sealer: Sealer, doc: ConversationDoc): Promise<Conversation> {
  const { _id: id, channel, rev } = doc;
  const address = String(await sealer.open(contexts.address(id), doc.address));
  const state = await sealer.open(contexts.state(id), doc.state);
  return {
    id,
    channel,
    address,
    rev,
    state,
    seen: unpackSeen(doc.seen),
    touched: doc.touched.getTime(),
    forgetAt: doc.forgetAt.getTime(),
    ...(await openShared(sealer, doc)),
  };
}

async function openShared(
  sealer: Sealer,
  { _id, talk, members, stopped }: ConversationDoc,
): Promise<Pick<Conversation, 'talk' | 'members' | 'stopped'>> {
  const since = Object.entries(stopped ?? {}).map(([chat, at]) => [chat, at.getTime()] as const);
  return {
    ...(talk !== undefined && { talk }),
    ...(members && { members: membersFromJson(await sealer.open(contexts.members(_id), members)) }),
    ...(since.length > 0 && { stopped: Object.fromEntries(since) }),
  };
}

/** Members are stored as they are, sealed; this is the one place that claims it. */
export const membersToJson = (members: readonly Member[]): Json => members as unknown as Json;
export const membersFromJson = (json: Json): readonly Member[] => json as unknown as readonly Member[];

/** With all that is owed, oldest first. */
export async function openUnfinished(sealer: Sealer, doc: ConversationDoc): Promise<Unfinished> {
  const out = inOrder(doc.out).map(async ([key, body]) => {
    const id = idOf(doc._id, key);
    return { id, body: await sealer.open(contexts.out(id), body) };
  });
  const work = inOrder(doc.work).map(async ([key, { at, body }]) => {
    const id = idOf(doc._id, key);
    return { id, at: at.getTime(), body: await sealer.open(contexts.work(id), body) };
  });
  return {
    ...(await openConversation(sealer, doc)),
    out: await Promise.all(out),
    work: await Promise.all(work),
  };
}

function inOrder<T>(owed: Readonly<Record<string, T>>): [string, T][] {
  const place = (key: string): [number, number] => {
    const [rev = 0, n = 0] = key.split('-').map(Number);
    return [rev, n];
  };
  return Object.entries(owed).sort(([a], [b]) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
}
