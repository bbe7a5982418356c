import type { Memory } from '../../dialogue/event.ts';
import { hasAnswers } from '../../dialogue/run.ts';
import type { ChatState } from '../../dialogue/state.ts';
import { CODE_TRIES, recentTries, TRIES_WINDOW } from '../../domain/rosterCode.ts';
import { randomId } from '../../security/random.ts';
import type { Conversation, Member } from '../../store/conversation.ts';
import type { TalkOfferDoc } from '../../store/talkOffers.ts';
import type { Service, ServiceContext, ServiceResult } from '../service.ts';
import { handOver, staffOf } from './data.ts';
import { newsTo } from './news.ts';
import { findOffer, used } from './offer.ts';
import { MOST_MEMBERS, type TalkParts } from './parts.ts';

const MINUTE = 60_000;

const triesOf = ({ memory, now }: ServiceContext): readonly number[] => {
  const tries = memory.talkTries;
  return Array.isArray(tries) ? recentTries(tries.map(Number), now) : [];
};

/** The conversation that a chat speaks in: its own, or its talk. */
const conversationOf = async ({ conversations }: TalkParts, chat: string): Promise<Conversation | null> => {
  const own = await conversations.load(chat);
  return own?.talk === undefined ? own : conversations.load(own.talk);
};

type Refusal = 'gone' | 'self' | 'same' | 'busy' | 'full' | 'staff' | 'training';

/** What is said in an exercise must not come together with what is meant. */
const inExercise = (memory: Memory | undefined): boolean => (memory?.training ?? null) !== null;

const memoryOf = ({ state }: Conversation): Memory | undefined =>
  (state as { readonly memory?: Memory } | null)?.memory;

const whyNot = async (
  parts: TalkParts,
  into: Conversation | null,
  { chat, own, memory }: ServiceContext,
): Promise<Refusal | undefined> => {
  if (into === null) return 'gone';
  if (into.id === own) return 'self';
  if (into.id === chat) return 'same';
  if (chat !== own) return 'busy';
  if (inExercise(memory) || inExercise(memoryOf(into))) return 'training';
  if ((into.members?.length ?? 1) >= MOST_MEMBERS) return 'full';
  return (await staffOf(parts, [into.id, own])).length > 1 ? 'staff' : undefined;
};

type Checked = { readonly no: ServiceResult } | { readonly offer: TalkOfferDoc; readonly into: Conversation };

/** A code typed by a chat: what it opens, or the answer to give. */
const check = async (parts: TalkParts, code: string, context: ServiceContext): Promise<Checked> => {
  const { now } = context;
  const tries = triesOf(context);
  if (tries.length >= CODE_TRIES) {
    const minutes = Math.ceil(((tries[0] ?? now) + TRIES_WINDOW - now) / MINUTE);
    return { no: { value: { is: 'tooMany', minutes } } };
  }
  const found = await findOffer(parts, code, now);
  if (found.is === 'wrong') {
    const all = [...tries, now];
    const value = { is: 'wrong', left: Math.max(0, CODE_TRIES - all.length) };
    return { no: { value, remember: { talkTries: all }, effects: found.effects } };
  }
  const into = await conversationOf(parts, found.offer.chat);
  const why = await whyNot(parts, into, context);
  return why !== undefined || into === null
    ? { no: { value: { is: why ?? 'gone' } } }
    : { offer: found.offer, into };
};

const codeOf = (args: unknown): string => (args as { code: string }).code;

/** Looks what a code opens, before anybody is asked whether they want that. */
export const checkTalk =
  (parts: TalkParts): Service =>
  async (args, context) => {
    const checked = await check(parts, codeOf(args), context);
    if ('no' in checked) return checked.no;
    const staff = await staffOf(parts, [context.own, checked.into.id]);
    const mine = staff.some(({ chats }) => chats.includes(context.own));
    const whose = staff.length === 0 ? 'nobodys' : mine ? 'mine' : 'theirs';
    return { value: { is: 'offer', channel: checked.offer.channel, staff: whose } };
  };

const membersOf = ({ id: chat, channel, address, members }: Conversation): readonly Member[] =>
  members ?? [{ chat, channel, address }];

/** What holds in the talk: whose staff chat it is, as the database knows. */
const remembered = async (parts: TalkParts, chats: readonly string[]): Promise<Memory> => {
  const [staff] = await staffOf(parts, chats);
  return { talk: true, talkTries: null, staff: staff?.active === true ? staff._id : null };
};

/** Whether something was begun there that can be gone on with here. */
const hasDrafts = ({ state }: Conversation): boolean =>
  ((state as Partial<ChatState> | null)?.runs ?? []).some(hasAnswers);

/** Makes this chat a part of the conversation whose code was typed, with all that was declared in either. */
export const joinTalk =
  (parts: TalkParts): Service =>
  async (args, context) => {
    const checked = await check(parts, codeOf(args), context);
    if ('no' in checked) return checked.no;
    const { offer, into } = checked;
    const { own, channel, now } = context;
    const isTalk = into.members !== undefined;
    const id = isTalk ? into.id : randomId();
    const chats = isTalk ? [own] : [into.id, own];
    const staff = (await staffOf(parts, chats)).length > 0;
    const what = staff ? 'joinedStaff' : 'joined';
    const news = { what, channel, about: randomId(), at: now } as const;
    const others = membersOf(into).filter((member) => member.chat !== own);
    return {
      value: { is: 'joined', channel: offer.channel, drafts: hasDrafts(into) },
      talk: { join: into, id, remember: await remembered(parts, [into.id, own]) },
      effects: [used(offer, now), ...(await handOver(parts, chats, id)), ...newsTo(parts, others, news)],
    };
  };
