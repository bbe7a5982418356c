import mongoose, { type mongo } from 'mongoose';
import type { Collections } from '../../store/collections.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { speaksIn } from '../talks/now.ts';
import { subjectOf } from './rows.ts';

const { trusted } = mongoose;

type Parts = Pick<Collections, 'conversations' | 'declarations' | 'followUps'>;
type Row = Pick<DeliveryDoc, 'purpose' | 'about' | 'chat' | 'tried' | 'expiresAt'>;
type Filter = mongo.Filter<DeclarationDoc>;

/**
 * The chat whose declarations a reminder is about: the row's own; after that has failed the one it was written for, or the talk
 * this has become a part of since.
 */
const declarerOf = async (
  collections: Pick<Collections, 'conversations'>,
  { about, chat, tried = [] }: Omit<Row, 'purpose'>,
): Promise<string> => (tried.length === 0 ? chat : speaksIn(collections, subjectOf(about)));

/** The declarations of a row's question about places of which nobody has answered it. */
export const openPlaces = async (
  collections: Pick<Collections, 'conversations'>,
  row: Omit<Row, 'purpose'>,
): Promise<Filter> => ({
  declaredBy: await declarerOf(collections, row),
  status: 'valid',
  asked: { $exists: true },
});

/** The declarations a reminder tells of; null where no other chat can do anything with it: a draft lies in its own. */
const toldOf = async (collections: Parts, row: Row): Promise<Filter | null> => {
  const { purpose, about, expiresAt: validUntil } = row;
  if (purpose === 'movementReminder') return openPlaces(collections, row);
  if (purpose === 'codeReminder' && validUntil !== undefined)
    return { declaredBy: await declarerOf(collections, row), status: 'valid', validUntil };
  if (purpose !== 'followUpReminder' && purpose !== 'followUpBegun') return null;
  const watched = await collections.followUps.findOne({ _id: subjectOf(about), state: 'active' });
  return watched && { _id: watched.declaration };
};

/**
 * The next chat for a citizen's reminder whose own takes none: one that holds each of the declarations it tells of. To hold one
 * is to have named its lookup code and the end of the phone number in it (`openByCode`); such a chat sees and changes all of it
 * already. That the same identity number and phone were declared in another chat proves nothing, for anybody may type them: such
 * a chat is told nothing, not even that there is somebody to be asked. Who connected their chats is one conversation, and all of
 * its chats were tried before (`sendTo`).
 */
export const nextHolder =
  ({ collections }: { readonly collections: Parts }) =>
  async (row: Row): Promise<string | null> => {
    const told = await toldOf(collections, row);
    if (told === null) return null;
    const docs = await collections.declarations.find(told, { projection: { chats: 1 } }).toArray();
    const [first, ...others] = docs.map(({ chats }) => chats);
    const tried = [row.chat, ...(row.tried ?? [])];
    const next = first?.find(
      (chat) => !tried.includes(chat) && others.every((chats) => chats.includes(chat)),
    );
    return next ?? null;
  };

/** Rows of a purpose that came to a chat which holds what they ask about, because their own chat took none. */
export const cameHere = (
  about: readonly string[],
  purpose: 'movementReminder' | 'followUpReminder',
  chat: string,
) => ({ about: trusted({ $in: [...about] }), purpose, chat, tried: trusted({ $ne: [] }) });
