import { graver } from '../../domain/alert.ts';
import type { Declared, Reason } from '../../domain/declaration.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import type { AlertSubject, DeclarationParts } from '../declarations/parts.ts';
import { openDeclaration } from '../declarations/record.ts';

/** What the duty staff hear of somebody under monitoring is never less urgent than this: they asked for it. */
const LEAST = 'high';

/** What was declared, as it stands; null once it was deleted. */
export const declaredFor = async (
  { models, sealer }: Pick<DeclarationParts, 'models' | 'sealer'>,
  { declaration }: FollowUpDoc,
): Promise<Declared | null> => {
  const doc = await models.declarations.findOne({ _id: declaration }).lean();
  return doc === null ? null : (await openDeclaration({ sealer }, doc)).sealed.declared;
};

/** An alert about somebody under monitoring. `what` names it among theirs: each bad answer is one of its own. */
export const alarm = (
  { _id, person, area }: FollowUpDoc,
  what: string,
  declared: Declared,
  reasons: readonly Reason[],
  at: number,
  level: AlertSubject['level'] = LEAST,
): AlertSubject => ({
  declaration: `${_id}:${what}`,
  person,
  declared,
  level: graver(LEAST, level),
  reasons,
  area,
  at,
});
