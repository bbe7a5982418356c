import mongoose from 'mongoose';
import { dayOf } from '../../domain/day.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { type Effect, update } from '../../store/effect.ts';
import { movementRow } from '../declarations/movement.ts';
import type { DeclarationParts } from '../declarations/parts.ts';
import { openDeclaration } from '../declarations/record.ts';
import type { Service } from '../service.ts';
import { cameHere } from './holders.ts';
import { answered } from './next.ts';
import { aboutPlaces } from './rows.ts';

const { trusted } = mongoose;

const confirmed = async (
  parts: DeclarationParts,
  doc: DeclarationDoc,
  now: number,
): Promise<readonly Effect[]> => {
  const { sealed } = await openDeclaration(parts, doc);
  const still = { day: dayOf(now), place: sealed.declared.stay };
  const seen = { _id: doc._id, status: 'valid' as const, version: doc.version };
  return [
    movementRow(parts, doc, still, now),
    update('declarations', seen, answered(parts.rules(), doc, now), { must: true }),
  ];
};

type Asked = Pick<DeclarationDoc, 'declaredBy' | 'asked'>;

/** Whether a declaration was made in a chat, or in one that is a part of it now: an older release left those as they were. */
const madeIn = async ({ models }: DeclarationParts, chat: string, docs: readonly Asked[]) => {
  const by = trusted({ $in: docs.map(({ declaredBy }) => declaredBy) });
  const parts = await models.conversations.find({ _id: by, talk: chat }, { _id: 1 }).lean();
  const own = new Set([chat, ...parts.map(({ _id }) => _id)]);
  return ({ declaredBy }: Asked): boolean => own.has(declaredBy);
};

/** Whether the question about a declaration came to a chat that holds it, because the one it was made in took none. */
const cameTo = async ({ models }: DeclarationParts, chat: string, docs: readonly Asked[]) => {
  const about = docs.map(({ declaredBy }) => aboutPlaces(declaredBy));
  const rows = await models.deliveries
    .find(cameHere(about, 'movementReminder', chat), { about: 1, readyAt: 1 })
    .lean<Pick<DeliveryDoc, 'about' | 'readyAt'>[]>();
  return ({ declaredBy, asked = new Date() }: Asked): boolean =>
    rows.some((row) => row.about === aboutPlaces(declaredBy) && row.readyAt >= asked);
};

/**
 * "Still here": kept as a movement of every declaration that this chat was asked about and did not answer yet. One it only holds
 * was asked about elsewhere.
 */
export const confirmStay =
  (parts: DeclarationParts): Service =>
  async (_args, { chat, now }) => {
    const held = await parts.models.declarations
      .find({ chats: chat, status: 'valid', asked: trusted({ $exists: true }) })
      .lean<DeclarationDoc[]>();
    const [isOwn, came] = [await madeIn(parts, chat, held), await cameTo(parts, chat, held)];
    const docs = held.filter((doc) => isOwn(doc) || came(doc));
    const effects = await Promise.all(docs.map((doc) => confirmed(parts, doc, now)));
    return { value: { count: docs.length }, effects: effects.flat() };
  };
