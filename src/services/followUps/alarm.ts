import { areaAfter, graver } from '../../domain/alert.ts';
import type { Declared, Reason } from '../../domain/declaration.ts';
import { provinceOf } from '../../domain/roster.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { FollowUpDoc } from '../../store/followUps.ts';
import { openAlert } from '../alerts/record.ts';
import type { AlertSubject } from '../declarations/parts.ts';
import { openDeclaration } from '../declarations/record.ts';
import type { StaffParts } from '../staff/parts.ts';

/** What the duty staff hear of somebody under monitoring is never less urgent than this: they asked for it. */
const LEAST = 'high';

/** Documents by their id: mongoose's view of them, or the driver's. */
interface Kept<Doc> {
  readonly findOne: (by: { readonly _id: string }) => PromiseLike<Doc | null>;
}
interface KeptBoth {
  readonly declarations: Kept<DeclarationDoc>;
  readonly alerts: Kept<AlertDoc>;
}

/** What they told last other than by answers, and when (ms since 1970). */
export interface Told {
  readonly declared: Declared;
  readonly at: number;
}

/**
 * What was declared, as it stands. A declaration may come to the end of its days before the monitoring does: then what
 * the alert says for which they are watched. Null once nothing is left of either.
 */
export const toldFor = async (
  { declarations, alerts }: KeptBoth,
  { sealer }: Parameters<typeof openDeclaration>[0],
  { declaration, alert = '' }: FollowUpDoc,
): Promise<Told | null> => {
  const doc = await declarations.findOne({ _id: declaration });
  if (doc !== null) {
    const { declared } = (await openDeclaration({ sealer }, doc)).sealed;
    return { declared, at: doc.at.getTime() };
  }
  const known = await alerts.findOne({ _id: alert });
  if (known === null) return null;
  const { body, freshAt } = await openAlert({ sealer }, known);
  return { declared: body.declared, at: body.toldAt ?? freshAt };
};

/**
 * An alert about somebody under monitoring, at the place where they are now. `what` names it among theirs: each bad
 * answer is one of its own.
 */
export const alarm = (
  { areaOf }: Pick<StaffParts, 'areaOf'>,
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
  area: areaAfter(area, areaOf(declared.stay.code), provinceOf(area)),
  at,
});
