import { standing } from './advance.ts';
import { findPassed } from './commands.ts';
import { ownFlows } from './open.ts';
import { parseYesNo } from './parse/yesNo.ts';
import type { Question } from './question/question.ts';
import type { Run } from './state.ts';
import { active, type Turn } from './turn.ts';
import type { Standing } from './walk.ts';
import { type Command, typedCommand } from './words.ts';

interface Asked {
  readonly run: Run;
  readonly at: Extract<Standing, { readonly at: 'ask' }>;
}

/** The question that is asked right now, and its run. */
const asked = (turn: Turn): Asked | undefined => {
  const run = active(turn);
  const at = run === undefined ? undefined : standing(turn, run);
  return run !== undefined && at?.at === 'ask' ? { run, at } : undefined;
};

/** A paragraph to the staff may well be thanks. */
const isNote = ({ kind, inline }: Question): boolean => kind === 'text' && !inline;

/** "Không" where answers are looked over: one of them is wrong. In the list of them: none is. */
const denied = ({ run, at }: Asked, text: string): Command | undefined => {
  if (parseYesNo(text) !== false) return undefined;
  if (run.editing) return { name: 'back' };
  if (at.question.kind === 'review') return { name: 'edit' };
  return run.narrow === undefined ? undefined : { name: 'again' };
};

/** What a text means beside an answer: a button's number, a command, a name in the list that is open. */
export const commandOf = (turn: Turn, text: string): Command | undefined => {
  const here = asked(turn);
  const question = here?.at.question;
  const typed = typedCommand(text, ownFlows(turn), question?.kind === 'text');
  if (typed?.name === 'thanks' && question !== undefined && isNote(question)) return undefined;
  if (typed?.name === 'edit' && typed.argument !== undefined) {
    const named = here !== undefined && findPassed(turn, here.at.passed, typed.argument) !== undefined;
    return named || question?.kind !== 'text' ? typed : undefined;
  }
  // Where nothing is asked nothing can be asked again: it may mean something else to a flow.
  if (typed?.name === 'repeat' && here === undefined) return undefined;
  if (typed !== undefined || here === undefined) return typed;
  return denied(here, text) ?? (here.run.editing ? { name: 'edit', argument: text } : undefined);
};
