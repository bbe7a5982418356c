import mongoose from 'mongoose';
import { dayOf } from '../../domain/day.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, update } from '../../store/effect.ts';
import { movementRow } from '../declarations/movement.ts';
import type { DeclarationParts } from '../declarations/parts.ts';
import { openDeclaration } from '../declarations/record.ts';
import type { Service } from '../service.ts';
import { answered } from './next.ts';

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

/** "Still here": kept as a movement of every declaration of this chat that was asked about and not answered yet. */
export const confirmStay =
  (parts: DeclarationParts): Service =>
  async (_args, { chat, now }) => {
    const docs = await parts.models.declarations
      .find({ chats: chat, status: 'valid', asked: mongoose.trusted({ $exists: true }) })
      .lean<DeclarationDoc[]>();
    const effects = await Promise.all(docs.map((doc) => confirmed(parts, doc, now)));
    return { value: { count: docs.length }, effects: effects.flat() };
  };
