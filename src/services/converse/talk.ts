import { merge } from '../../dialogue/merge.ts';
import type { ChatState } from '../../dialogue/state.ts';
import { DAY_MS } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import type { Conversation, Member } from '../../store/conversation.ts';
import { type Effect, update } from '../../store/effect.ts';
import { withSeen } from '../../store/seen.ts';
import type { TalkChange } from '../service.ts';
import { stateToJson } from './chats.ts';

/** A chat that is linked to a staff member must be there when the alert comes, however long it was quiet. */
const STAFF_KEPT_MS = 100 * 365 * DAY_MS;
/** The aliases of a talk are brought up to date once a day, so they must outlive it by one. */
const TALK_SHORTER_MS = DAY_MS;

const keptUntil = ({ memory }: ChatState, now: number): number =>
  now + ((memory.staff ?? null) === null ? RETENTION_DAYS * DAY_MS : STAFF_KEPT_MS);

/** When a conversation is deleted if nobody speaks any more: a talk a day before its aliases. */
export const forgetAt = ({ members }: Conversation, state: ChatState, now: number): number =>
  keptUntil(state, now) - (members ? TALK_SHORTER_MS : 0);

/** A conversation that this chat joins, with its state as this release reads it. */
export type Joining = Extract<TalkChange, { readonly join: unknown }> & { readonly state: ChatState };

export type Leaving = Extract<TalkChange, { readonly leave: string }>;

/** The documents of a change, as they are afterwards. */
export interface Changed {
  readonly next: Conversation;
  readonly others: readonly Conversation[];
  readonly effects: readonly Effect[];
}

const memberOf = ({ id: chat, channel, address }: Conversation): Member => ({ chat, channel, address });

export const isMember = ({ members = [] }: Conversation, chat: string): boolean =>
  members.some((member) => member.chat === chat);

/** Where the answer to an event of a talk goes: to where it came from, or to who spoke last when that has left. */
export const recipientOf = (talk: Conversation, own: string): Member | undefined => {
  const { channel, address, members = [] } = talk;
  const last = members.find((member) => member.channel === channel && member.address === address);
  return members.find(({ chat }) => chat === own) ?? last ?? members[0];
};

const without = (members: readonly Member[], chat: string): readonly Member[] =>
  members.filter((member) => member.chat !== chat);

/** The talk after a step; `speaker` spoke last, unless it was work that ended. Its aliases are kept as long. */
export const spokenIn = (talk: Conversation, keptUntilNow: number, speaker: Member | undefined): Changed => {
  const where = speaker && { channel: speaker.channel, address: speaker.address };
  const next = { ...talk, ...where };
  return { next, others: [], effects: keepAliases(next, keptUntilNow) };
};

/** Aliases expire after their talk: written when the day on which it is forgotten has moved, once a day. */
const keepAliases = ({ id, members = [], forgetAt: at }: Conversation, before: number): readonly Effect[] => {
  if (Math.floor(at / DAY_MS) === Math.floor(before / DAY_MS)) return [];
  const change = { $set: { forgetAt: new Date(at + TALK_SHORTER_MS) } };
  return members.map(({ chat }) => update('conversations', { _id: chat, talk: id }, change));
};

/**
 * A chat becomes a part of a talk: one that is there, or one made of it and another chat. `self` is the chat as it
 * would be committed; it and the other chat keep nothing but the deliveries they have seen, so that one applied before
 * is not applied again. `empty`: the state of an alias.
 */
export const joined = (
  self: Conversation,
  state: ChatState,
  { join: into, id, remember, state: theirs }: Joining,
  empty: ChatState,
): Changed => {
  const { members = [memberOf(into)] } = into;
  const isTalk = into.members !== undefined;
  const merged = merge(isTalk ? { state: theirs } : { state: theirs, owner: into.id }, {
    state,
    owner: self.id,
  });
  const shared: ChatState = { ...merged, memory: { ...merged.memory, ...remember } };
  const until = keptUntil(shared, self.touched);
  const talk: Conversation = {
    channel: self.channel,
    address: self.address,
    id,
    ...(isTalk ? { rev: into.rev + 1, seen: into.seen } : { rev: 1, seen: [] }),
    state: stateToJson(shared),
    touched: self.touched,
    forgetAt: until - TALK_SHORTER_MS,
    members: [...without(members, self.id), memberOf(self)],
  };
  const alias = (chat: Conversation): Conversation => ({
    ...chat,
    state: stateToJson(empty),
    forgetAt: until,
    talk: id,
  });
  const other = isTalk ? [] : [alias({ ...into, rev: into.rev + 1, touched: self.touched })];
  const effects = isTalk ? keepAliases({ ...talk, members: without(members, self.id) }, into.forgetAt) : [];
  return { next: alias(self), others: [talk, ...other], effects };
};

/**
 * A chat leaves a talk and begins anew, with the deliveries the talk has seen: what it said there is not applied again.
 * Who spoke last is somebody who stays.
 */
export const left = (talk: Conversation, { leave, alias }: Leaving, fresh: ChatState): Changed => {
  const members = without(talk.members ?? [], leave);
  const gone = recipientOf(talk, '')?.chat === leave ? members.at(-1) : undefined;
  const next = { ...talk, ...(gone && { channel: gone.channel, address: gone.address }), members };
  if (alias?.talk !== talk.id) return { next, others: [], effects: [] };
  const { talk: _ended, stopped: _old, ...chat } = alias;
  const anew: Conversation = {
    ...chat,
    rev: alias.rev + 1,
    state: stateToJson(fresh),
    seen: withSeen(alias.seen, talk.seen),
    touched: talk.touched,
    forgetAt: keptUntil(fresh, talk.touched),
  };
  return { next, others: [anew], effects: [] };
};
