import { dayOf } from '../../domain/day.ts';
import type { Declared, Risk } from '../../domain/declaration.ts';
import { judgeWithRecent, withRecent } from '../../domain/risk/recent.ts';
import type { DeclarationParts } from './parts.ts';
import { type Of, recentHealth } from './recent.ts';

export interface Judged {
  readonly risk: Risk;
  /** What was judged: what is said now, and what was reported before. */
  readonly declared: Declared;
}

/**
 * Judges a declaration, its correction or its update. The question is about 14 days: what this person reported in
 * them counts, whatever is said today; else two declarations of one person contradict each other.
 */
export const judge = async (parts: DeclarationParts, declared: Declared, of: Of): Promise<Judged> => {
  const reported = await recentHealth(parts, of);
  const assess = (one: Declared): Risk => parts.assess(one, dayOf(of.now));
  return { risk: judgeWithRecent(assess, declared, reported), declared: withRecent(declared, reported) };
};
