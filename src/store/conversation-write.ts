import type { mongo } from 'mongoose';
import type { Sealer } from '../security/sealer.ts';
import { wholeMinute, wholeSecond } from './coarse.ts';
import {
  CONVERSATION_VERSION,
  type Conversation,
  type ConversationDoc,
  contexts,
  keyOf,
  membersToJson,
  type Out,
  type Work,
} from './conversation.ts';
import { type Effect, insert, update } from './effect.ts';
import { packSeen } from './seen.ts';
import type { Write } from './write-batch.ts';

/** One step of one chat, all or nothing. */
export interface Commit {
  /** The chat as it is after the step; its `rev` is one more than that of the chat the step was made on. */
  readonly next: Conversation;
  /** What is to be said and done now, ids of this revision. */
  readonly out: readonly Out[];
  readonly work: readonly Work[];
  /** Ids of work whose result this step took in. */
  readonly finished: readonly string[];
  readonly effects: readonly Effect[];
  /** Chats that spoke in this step: whoever speaks has not stopped us. */
  readonly spoke?: readonly string[];
  /** Documents that change with this one, as they are afterwards; when one of them moved on, the commit is stale. */
  readonly others?: readonly Conversation[];
}

type Operation = mongo.AnyBulkWriteOperation<ConversationDoc>;

/** The write of a commit. `until` (ms since 1970): when somebody else may send and do what this commit decides. */
export function writeOf(sealer: Sealer, commit: Commit, until: number): Write {
  const { next, out, work, effects, others = [] } = commit;
  const fields = {
    ...fieldsOf(sealer, next),
    // Only a mark clears it: only the server knows whether anything is left.
    ...(out.length + work.length > 0 && { pending: wholeSecond(until) }),
  };
  const operation = (sent: readonly string[]): Operation =>
    next.rev === 1 ? insertion(sealer, commit, fields) : revision(sealer, commit, fields, sent);
  return {
    chat: next.id,
    from: next.rev - 1,
    state: fields.state,
    effects: [...effects, ...others.map((other) => otherOf(sealer, other))],
    operation,
  };
}

type Fields = Pick<ConversationDoc, 'rev' | 'state' | 'seen' | 'touched' | 'forgetAt'> &
  Partial<Pick<ConversationDoc, 'pending' | 'talk' | 'members' | 'channel' | 'address'>>;

const fieldsOf = (sealer: Sealer, next: Conversation): Fields => ({
  rev: next.rev,
  state: sealer.seal(contexts.state(next.id), next.state),
  seen: packSeen(next.seen),
  touched: new Date(next.touched),
  forgetAt: wholeMinute(next.forgetAt),
  ...(next.talk !== undefined && { talk: next.talk }),
  ...(next.members && {
    ...whereOf(sealer, next),
    members: sealer.seal(contexts.members(next.id), membersToJson(next.members)),
  }),
});

const whereOf = (sealer: Sealer, { id, channel, address }: Conversation) => ({
  channel,
  address: sealer.seal(contexts.address(id), address),
});

/** A document of another chat or talk: new, or at the revision it was read. */
function otherOf(sealer: Sealer, next: Conversation): Effect {
  const fields = fieldsOf(sealer, next);
  if (next.rev === 1) return insert('conversations', documentOf(sealer, next, fields));
  const $unset = { stopped: '' as const, ...noTalk(next) };
  return update(
    'conversations',
    { _id: next.id, rev: next.rev - 1 },
    { $set: fields, $unset },
    { must: true },
  );
}

const noTalk = ({ talk }: Conversation) => (talk === undefined ? { talk: '' as const } : {});

const documentOf = (sealer: Sealer, next: Conversation, fields: Fields): ConversationDoc => ({
  _id: next.id,
  v: CONVERSATION_VERSION,
  ...whereOf(sealer, next),
  out: {},
  work: {},
  ...fields,
});

function insertion(sealer: Sealer, { next, out, work }: Commit, fields: Fields): Operation {
  const document = {
    ...documentOf(sealer, next, fields),
    out: Object.fromEntries(sealOut(sealer, out)),
    work: Object.fromEntries(sealWork(sealer, work)),
  };
  return { insertOne: { document } };
}

function revision(sealer: Sealer, commit: Commit, fields: Fields, sent: readonly string[]): Operation {
  const { next, out, work, finished, spoke = [] } = commit;
  const added = [
    ...sealOut(sealer, out).map(([key, body]) => [`out.${key}`, body]),
    ...sealWork(sealer, work).map(([key, body]) => [`work.${key}`, body]),
  ];
  const struck = [
    ...sent.map((id) => `out.${keyOf(id)}`),
    ...finished.map((id) => `work.${keyOf(id)}`),
    ...spoke.map((chat) => `stopped.${chat}`),
  ];
  const $set = { ...fields, ...Object.fromEntries(added) };
  const $unset = { ...Object.fromEntries(struck.map((path) => [path, '' as const])), ...noTalk(next) };
  const change = Object.keys($unset).length > 0 ? { $set, $unset } : { $set };
  return { updateOne: { filter: { _id: next.id, rev: next.rev - 1 }, update: change } };
}

const sealOut = (sealer: Sealer, out: readonly Out[]): [string, Buffer][] =>
  out.map(({ id, body }) => [keyOf(id), sealer.seal(contexts.out(id), body)]);

const sealWork = (sealer: Sealer, work: readonly Work[]): [string, { at: Date; body: Buffer }][] =>
  work.map(({ id, at, body }) => [
    keyOf(id),
    { at: new Date(at), body: sealer.seal(contexts.work(id), body) },
  ]);
