import { sealAddress } from '../../delivery/outboxRow.ts';
import { belongs, type RecipientFacts } from '../../domain/campaign/audience.ts';
import type { CampaignPlan } from '../../domain/campaign/campaign.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { type ConversationDoc, contexts, membersFromJson } from '../../store/conversation.ts';
import { chatIdBy } from '../chatId.ts';
import { eachAlone } from '../stuck.ts';
import { carriedBy } from './carriers.ts';
import type { CampaignParts } from './parts.ts';
import { type Known, knownPeople } from './people.ts';

export type Ways = AudienceDoc['ways'];

/** Somebody a campaign may be for, as one conversation knows them. */
export interface Recipient {
  /** The same for all conversations of a person whose number is known: they are written to once. */
  readonly id: string;
  readonly ways: Ways;
  readonly phoneIndex?: string;
  readonly facts: RecipientFacts;
}

/** Fields of a conversation that are needed here. */
export const READ = { channel: 1, state: 1, members: 1, talk: 1 } as const;
export type ReadConversation = Pick<ConversationDoc, '_id' | keyof typeof READ>;

const PAID = 'sms';

/** The way to a number that nobody may ever have written from. */
export const phoneWay = ({ sealer, index }: CampaignParts, phone: string): Ways => {
  const chat = chatIdBy(index)(PAID, phone);
  return { [chat]: { channel: PAID, address: sealAddress(sealer, chat, phone) } };
};

/** The person a conversation is of, and the channels it may be answered on. */
export const readConversation = async ({ sealer }: CampaignParts, doc: ReadConversation) => {
  const { _id: id, channel } = doc;
  const state = await sealer.open(contexts.state(id), doc.state);
  const memory = (state as { memory?: Record<string, unknown> } | null)?.memory ?? {};
  const members = doc.members && membersFromJson(await sealer.open(contexts.members(id), doc.members));
  const person = typeof memory.person === 'string' ? memory.person : undefined;
  return { id, person, channels: members?.map((member) => member.channel) ?? [channel] };
};

type Read = Awaited<ReturnType<typeof readConversation>>;

/** A person nothing is known of yet but that they wrote once. */
const STRANGER: Known = { facts: { declared: false } };

const recipientOf = (
  parts: CampaignParts,
  plan: CampaignPlan,
  { id, channels }: Read,
  known: Known,
  carries: readonly string[] | undefined,
): Recipient => {
  const { phone, phoneIndex, facts } = known;
  const channel = plan.channels.find((name) => channels.includes(name)) ?? channels[0] ?? '';
  const paid = phone !== undefined && plan.channels.includes(PAID) ? phoneWay(parts, phone) : {};
  return {
    id: phoneIndex ?? id,
    ways: { ...paid, [id]: { channel } },
    ...(phoneIndex === undefined ? {} : { phoneIndex }),
    facts: { ...facts, ...(carries && { carries }) },
  };
};

/** Whom a batch of conversations belongs to. A chat that is part of a talk is left to the talk; one that is stuck has no address. */
export const recipientsIn = async (
  parts: CampaignParts,
  plan: CampaignPlan,
  docs: readonly ReadConversation[],
  now: number,
): Promise<readonly Recipient[]> => {
  const own = docs.filter(({ talk }) => talk === undefined);
  const read = await eachAlone(
    own,
    (doc) => readConversation(parts, doc),
    (error, { _id: id }) => parts.onStuck?.(error, { collection: 'conversations', id }),
  );
  const people = read.flatMap(({ person }) => (person === undefined ? [] : [person]));
  const known = await knownPeople(parts, plan, people, now);
  const carried = await carriedBy(parts, plan, read);
  return read.map((each) =>
    recipientOf(parts, plan, each, known.get(each.person ?? '') ?? STRANGER, carried.get(each.id)),
  );
};

export const wanted = ({ audience }: CampaignPlan, { facts }: Recipient): boolean => belongs(audience, facts);
