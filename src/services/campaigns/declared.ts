import type { AudienceDoc } from '../../store/audience.ts';
import { available } from '../../store/errors.ts';
import { talksOf } from '../talks/now.ts';
import type { CampaignParts } from './parts.ts';

type Someone = Pick<AudienceDoc, '_id' | 'ways' | 'phoneIndex'>;

/** Their chats; and the talks these are a part of now, which they may have joined since the audience was fixed. */
const chatsBy = async ({ collections }: CampaignParts, all: readonly Someone[]) => {
  const talks = await talksOf(
    collections,
    all.flatMap(({ ways }) => Object.keys(ways)),
  );
  return ({ ways }: Someone): readonly string[] =>
    Object.keys(ways).flatMap((chat) => [chat, talks.get(chat) ?? chat]);
};

/** People of a number, by their ids. */
const peopleOf = async (
  { collections }: CampaignParts,
  all: readonly Someone[],
): Promise<ReadonlyMap<string, string>> => {
  const numbers = all.flatMap(({ phoneIndex }) => (phoneIndex === undefined ? [] : [phoneIndex]));
  if (numbers.length === 0) return new Map();
  const found = collections.people.find({ phoneIndex: { $in: numbers } }, { projection: { phoneIndex: 1 } });
  const docs = await available(found.toArray());
  return new Map(docs.map(({ _id, phoneIndex = '' }) => [_id, phoneIndex]));
};

/** When recipients first declared since an instant, where their chats speak or under their number; ms since 1970. */
export const declaredSince = async (
  parts: CampaignParts,
  all: readonly Someone[],
  since: Date,
): Promise<ReadonlyMap<string, number>> => {
  const [people, chatsOf] = await Promise.all([peopleOf(parts, all), chatsBy(parts, all)]);
  const whose = [
    { chats: { $in: all.flatMap(chatsOf) }, at: { $gte: since } },
    ...(people.size === 0 ? [] : [{ person: { $in: [...people.keys()] }, at: { $gte: since } }]),
  ];
  const options = { projection: { chats: 1, person: 1, at: 1 }, sort: { at: -1 } } as const;
  const [only, ...others] = whose;
  const found = others.length === 0 && only !== undefined ? only : { $or: whose };
  const docs = await available(parts.collections.declarations.find(found, options).toArray());
  const first = new Map<string, number>(); // the earliest is written last
  for (const { chats, person, at } of docs)
    for (const key of [...chats, people.get(person)]) if (key !== undefined) first.set(key, at.getTime());
  if (first.size === 0) return first;
  const times = all.map((one) => {
    const at = [...chatsOf(one), one.phoneIndex ?? ''].flatMap((key) => first.get(key) ?? []);
    return [one._id, Math.min(...at)] as const;
  });
  return new Map(times.filter(([, at]) => at !== Number.POSITIVE_INFINITY));
};
