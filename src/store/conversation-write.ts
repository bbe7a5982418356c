import type { mongo } from 'mongoose';
import type { Sealer } from '../security/sealer.ts';
import {
  CONVERSATION_VERSION,
  type Conversation,
  type ConversationDoc,
  contexts,
  keyOf,
  type Out,
  type Work,
} from './conversation.ts';
import type { Effect } from './effect.ts';
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
}

type Operation = mongo.AnyBulkWriteOperation<ConversationDoc>;

/** The write of a commit. `until`: when somebody else may send and do what this commit decides. */
export function writeOf(sealer: Sealer, commit: Commit, until: Date): Write {
  const { next, out, work, effects } = commit;
  const state = sealer.seal(contexts.state(next.id), next.state);
  const fields = {
    rev: next.rev,
    state,
    seen: packSeen(next.seen),
    touched: new Date(next.touched),
    forgetAt: new Date(next.forgetAt),
    // Only a mark clears it: only the server knows whether anything is left.
    ...(out.length + work.length > 0 && { pending: until }),
  };
  const operation = (sent: readonly string[]): Operation =>
    next.rev === 1 ? insertion(sealer, commit, fields) : change(sealer, commit, fields, sent);
  return { chat: next.id, from: next.rev - 1, state, effects, operation };
}

type Fields = Pick<ConversationDoc, 'rev' | 'state' | 'seen' | 'touched' | 'forgetAt' | 'pending'>;

function insertion(sealer: Sealer, { next, out, work }: Commit, fields: Fields): Operation {
  const document = {
    _id: next.id,
    v: CONVERSATION_VERSION,
    channel: next.channel,
    address: sealer.seal(contexts.address(next.id), next.address),
    out: Object.fromEntries(sealOut(sealer, out)),
    work: Object.fromEntries(sealWork(sealer, work)),
    ...fields,
  };
  return { insertOne: { document } };
}

function change(sealer: Sealer, commit: Commit, fields: Fields, sent: readonly string[]): Operation {
  const { next, out, work, finished } = commit;
  const added = [
    ...sealOut(sealer, out).map(([key, body]) => [`out.${key}`, body]),
    ...sealWork(sealer, work).map(([key, body]) => [`work.${key}`, body]),
  ];
  const struck = [...sent.map((id) => `out.${keyOf(id)}`), ...finished.map((id) => `work.${keyOf(id)}`)];
  const $set = { ...fields, ...Object.fromEntries(added) };
  const $unset = Object.fromEntries(struck.map((path) => [path, '' as const]));
  const update = struck.length > 0 ? { $set, $unset } : { $set };
  return { updateOne: { filter: { _id: next.id, rev: next.rev - 1 }, update } };
}

const sealOut = (sealer: Sealer, out: readonly Out[]): [string, Buffer][] =>
  out.map(({ id, body }) => [keyOf(id), sealer.seal(contexts.out(id), body)]);

const sealWork = (sealer: Sealer, work: readonly Work[]): [string, { at: Date; body: Buffer }][] =>
  work.map(({ id, at, body }) => [
    keyOf(id),
    { at: new Date(at), body: sealer.seal(contexts.work(id), body) },
  ]);
