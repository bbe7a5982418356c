import { graver } from '../../domain/alert.ts';
import type { Declared, Reason } from '../../domain/declaration.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import type { AlertSubject } from '../declarations/parts.ts';
import { openDeclaration } from '../declarations/record.ts';

/** What the duty staff hear of somebody under monitoring is never less urgent than this: they asked for it. */
const LEAST = 'high';

/** Declarations by their id: mongoose's view of them, or the driver's. */
interface Kept {
  readonly findOne: (by: { readonly _id: string }) => PromiseLike<DeclarationDoc | null>;
}

/** What was declared, as it stands; null once it was deleted. */
export const declaredFor = async (
  declarations: Kept,
  { sealer }: Parameters<typeof openDeclaration>[0],
  { declaration }: FollowUpDoc,
): Promise<Declared | null> => {
  const doc = await declarations.findOne({ _id: declaration });
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
