import type { Declared, Whom } from '../../domain/declaration.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { ServiceContext } from '../service.ts';
import type { DeclarationParts } from './parts.ts';

/**
 * Whether this chat can tell later where the person is: of oneself, and of the family, somebody without a phone who
 * stays in the same commune as the chat's own person. A driver knows nothing of his passengers of last week.
 */
export const isAsked = async (
  { models }: DeclarationParts,
  whom: Whom,
  { area }: Pick<DeclarationDoc, 'area'>,
  { person }: Declared,
  { chat, memory }: ServiceContext,
): Promise<boolean> => {
  if (whom === 'me') return true;
  if (person.phone !== undefined || typeof memory.person !== 'string') return false;
  const own = { person: memory.person, chats: chat, status: 'valid' as const };
  const last = await models.declarations.findOne(own, { area: 1 }, { sort: { at: -1 } }).lean();
  return last?.area === area;
};
