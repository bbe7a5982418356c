import { isShown, type Standing } from '../../domain/passage.ts';
import { available } from '../../store/errors.ts';
import { statusOf } from '../declarations/look.ts';
import { type Opened, openDeclaration } from '../declarations/record.ts';
import type { StaffParts } from '../staff/parts.ts';

/** A code as an officer is shown it; the declaration is there only while something of it may be told. */
export interface Shown {
  readonly standing: Standing;
  readonly opened?: Opened;
}

/** @param code null: the traveller has none. @param now ms since 1970 */
export const shownBy = async (parts: StaffParts, code: string | null, now: number): Promise<Shown> => {
  if (code === null) return { standing: 'none' };
  const { declarations } = parts.collections;
  const doc = await available(declarations.findOne({ codeIndex: parts.index('lookupCode', code) }));
  if (doc === null) return { standing: 'unknown' };
  const standing = statusOf({ doc }, now);
  return isShown(standing) ? { standing, opened: await openDeclaration(parts, doc) } : { standing };
};
