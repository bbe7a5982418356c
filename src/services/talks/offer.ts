import { newTalkCode, OFFER_MINUTES, OFFER_TRIES, partsOfTalkCode } from '../../domain/talkCode.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import type { TalkOfferDoc } from '../../store/talkOffers.ts';
import type { Service, ServiceContext } from '../service.ts';
import { MOST_MEMBERS, type TalkParts } from './parts.ts';

const MINUTE = 60_000;
/** Of the million first halves a few are taken at a time: a second try is rare, so many mean something else is wrong. */
const NEW_CODE_TRIES = 20;

const idOf = ({ index }: TalkParts, code: string): string => index('talkOffer', partsOfTalkCode(code).offer);

/** Bound to its offer: the same second half of two codes is not seen to be the same. */
const secretOf = ({ index }: TalkParts, code: string): string => index('talkSecret', code);

const standing = (now: number) => ({
  usedAt: { $exists: false },
  expiresAt: { $gt: new Date(now) },
  wrong: { $lt: OFFER_TRIES },
});

const freeCode = async (parts: TalkParts): Promise<string> => {
  for (let tried = 0; tried < NEW_CODE_TRIES; tried += 1) {
    const code = newTalkCode(parts.random);
    if ((await parts.collections.talkOffers.findOne({ _id: idOf(parts, code) })) === null) return code;
  }
  throw new Error('every code that was made is taken');
};

const ended = async (
  { collections }: TalkParts,
  { own, now }: ServiceContext,
): Promise<readonly Effect[]> => {
  const older = await collections.talkOffers.find({ chat: own, ...standing(now) }).toArray();
  return older.map(({ _id }) => update('talkOffers', { _id }, { $set: { expiresAt: new Date(now) } }));
};

/** Makes a code by which another chat can join this one; one that this chat showed before ends. */
export const offerTalk =
  (parts: TalkParts): Service =>
  async (_args, context) => {
    const { chat, own, channel, now } = context;
    const members = (await parts.conversations.load(chat))?.members ?? [];
    if (members.length >= MOST_MEMBERS) return { value: { is: 'full' } };
    const code = await freeCode(parts);
    const offer: TalkOfferDoc = {
      _id: idOf(parts, code),
      chat: own,
      channel,
      secret: secretOf(parts, code),
      wrong: 0,
      expiresAt: new Date(now + OFFER_MINUTES * MINUTE),
    };
    const links = parts.links(code).filter((link) => link.channel !== channel);
    return {
      value: { is: 'offer', code, minutes: OFFER_MINUTES, links: links.map((link) => ({ ...link })) },
      effects: [...(await ended(parts, context)), insert('talkOffers', offer)],
    };
  };

export type FoundOffer =
  | { readonly is: 'offer'; readonly offer: TalkOfferDoc }
  /** No offer of this name, or a wrong secret, which is counted. Used, late and unknown codes look alike. */
  | { readonly is: 'wrong'; readonly effects: readonly Effect[] };

/** The offer a code belongs to, if it is still good. */
export const findOffer = async (parts: TalkParts, code: string, now: number): Promise<FoundOffer> => {
  const offer = await parts.collections.talkOffers.findOne({ _id: idOf(parts, code), ...standing(now) });
  if (offer === null) return { is: 'wrong', effects: [] };
  if (offer.secret === secretOf(parts, code)) return { is: 'offer', offer };
  // By the count that was seen: those who guess at once are counted one after the other.
  const seen = { _id: offer._id, wrong: offer.wrong };
  return { is: 'wrong', effects: [update('talkOffers', seen, { $inc: { wrong: 1 } }, { must: true })] };
};

/** Uses an offer up; whoever was quicker has it. */
export const used = ({ _id, wrong }: TalkOfferDoc, now: number): Effect =>
  update('talkOffers', { _id, ...standing(now), wrong }, { $set: { usedAt: new Date(now) } }, { must: true });
