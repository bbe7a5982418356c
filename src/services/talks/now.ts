import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';

type Parts = Pick<Collections, 'conversations'>;

/** The talks that some chats are a part of now, by the chat; of one that speaks for itself there is none. */
export const talksOf = async (
  { conversations }: Parts,
  chats: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const joined = { _id: { $in: [...chats] }, talk: { $exists: true } };
  const docs = await available(conversations.find(joined, { projection: { talk: 1 } }).toArray());
  return new Map(docs.map(({ _id, talk = _id }) => [_id, talk]));
};

/** Where a chat speaks now: in the talk it is a part of, or by itself. */
export const speaksIn = async (parts: Parts, chat: string): Promise<string> =>
  (await talksOf(parts, [chat])).get(chat) ?? chat;
