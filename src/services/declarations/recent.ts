import mongoose from 'mongoose';
import { DAY_MS, dayOf } from '../../domain/day.ts';
import type { Reported } from '../../domain/risk/recent.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { DeclarationParts } from './parts.ts';
import { current, openDeclaration } from './record.ts';

/** The window the questions about symptoms and contacts speak of. */
const WINDOW_DAYS = 14;

/** Whose health is asked about, at what moment (ms since 1970). */
export interface Of {
  /** Absent: somebody who was not known until now, and has reported nothing. */
  readonly person: string | undefined;
  readonly now: number;
  /** The declaration that is being judged: what it said before is no longer so when it is corrected. */
  readonly but?: string;
}

/** What a person has reported in the last 14 days, in all their other declarations that stand. */
export const recentHealth = async (
  parts: DeclarationParts,
  { person, now, but }: Of,
): Promise<readonly Reported[]> => {
  if (person === undefined) return [];
  const since = mongoose.trusted({ $gte: new Date(now - WINDOW_DAYS * DAY_MS) });
  const docs = await parts.models.declarations
    .find({ person, at: since, status: current() })
    .lean<DeclarationDoc[]>();
  const standing = docs.filter(({ _id, status }) => status === 'valid' && _id !== but);
  const opened = await Promise.all(standing.map((doc) => openDeclaration(parts, doc)));
  return opened.map(({ doc, sealed }) => ({ ...sealed.declared.health, day: dayOf(doc.at.getTime()) }));
};
