import type { Level } from '../../domain/declaration.ts';
import { nextAsk } from '../../domain/reminders/movement.ts';
import { movementOf, type RuleSet } from '../../domain/risk/ruleset.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';

type Doc = Pick<DeclarationDoc, 'at' | 'level'>;

/** When a declaration is asked about next, its place being known now; undefined when its days are over. */
export const askAtOf = (rules: RuleSet, { at, level }: Doc, now: number): Date | undefined => {
  const followed = { level: level as Level, declaredAt: at.getTime() };
  const next = nextAsk(movementOf(rules), followed, now);
  return next === null ? undefined : new Date(next);
};

/** The change of a declaration whose place is known now: nothing is open, and the next question has its time. */
export const answered = (rules: RuleSet, doc: Doc, now: number) => {
  const askAt = askAtOf(rules, doc, now);
  return askAt === undefined
    ? { $unset: { asked: '' as const, askAt: '' as const } }
    : { $set: { askAt }, $unset: { asked: '' as const } };
};
