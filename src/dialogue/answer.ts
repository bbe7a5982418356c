import type { Json } from '../domain/json.ts';
import { advance, standing } from './advance.ts';
import type { PersonEvent } from './event.ts';
import { DONE } from './question/choice.ts';
import type { Question, Taken } from './question/question.ts';
import { leaveQuestion, setAnswer } from './run.ts';
import { line } from './say.ts';
import type { Run } from './state.ts';
import { active, type Turn, updateRun } from './turn.ts';

const FINISHED = /^(?:xong|hết|het|done|finish)$/i;

/** The value an ambiguous answer was narrowed to, by its button; numbers have become buttons before. */
const narrowed = (run: Run, question: Question, event: PersonEvent): Json | undefined => {
  if (run.narrow?.key !== question.key) return undefined;
  const pressed = event.type === 'choice' ? /^n(\d+)$/.exec(event.ids[0] ?? '')?.[1] : undefined;
  return pressed === undefined ? undefined : run.narrow.values[Number(pressed)];
};

/** Presses in a question with several choices come one by one, or all with "done"; typed "xong" ends too. */
const withTicks = (run: Run, question: Question, event: PersonEvent): PersonEvent => {
  if (!question.several) return event;
  const picked = run.picked?.key === question.key ? run.picked.ids : [];
  if (event.type === 'text' && FINISHED.test(event.text.trim()))
    return { type: 'choice', ids: [...picked, DONE] };
  if (event.type !== 'choice' || event.ids.join() !== DONE) return event;
  return { ...event, ids: [...picked, DONE] };
};

/** Presses of what is ticked already take the tick away. */
const toggle = (picked: readonly string[], ids: readonly string[]): readonly string[] => [
  ...picked.filter((id) => !ids.includes(id)),
  ...ids.filter((id) => !picked.includes(id)),
];

const wrong = (
  turn: Turn,
  run: Run,
  question: Question,
  problem: Extract<Taken, { is: 'problem' }>['problem'],
): void => {
  const tries = run.tries + 1;
  updateRun(turn, { ...run, tries });
  turn.notes.push(line(problem.key, problem.values));
  if (tries >= turn.env.limits.tries)
    turn.notes.push(line(`engine.easier.${question.optional ? 'skip' : question.kind}`));
  turn.outcome = 'problem';
};

const keepTaken = (turn: Turn, run: Run, question: Question, taken: Taken): void => {
  if (taken.is === 'problem') return wrong(turn, run, question, taken.problem);
  turn.outcome = 'answered';
  if (taken.is === 'value') updateRun(turn, setAnswer(run, question.key, taken.value));
  else if (taken.is === 'which') {
    updateRun(turn, { ...leaveQuestion(run), narrow: { key: question.key, values: taken.values } });
  } else if (taken.is === 'ticked') {
    const picked = run.picked?.key === question.key ? run.picked.ids : [];
    updateRun(turn, { ...run, picked: { key: question.key, ids: toggle(picked, taken.ids) } });
  } else {
    const work = `${run.id}|${question.key}|${turn.state.turn}`;
    turn.work.push({ id: work, name: taken.name, args: taken.args });
    updateRun(turn, { ...leaveQuestion(run), waiting: { key: question.key, work } });
    turn.notes.push(line('engine.working'));
  }
};

/** Takes one answer to the question the active run stands at. Returns whether it was an answer. */
const takeOne = (turn: Turn, event: PersonEvent): boolean => {
  const run = active(turn);
  const at = run === undefined ? undefined : standing(turn, run);
  if (run === undefined || at?.at !== 'ask') return false;
  const { question } = at;
  const one = narrowed(run, question, event);
  const taken: Taken =
    one === undefined
      ? question.take(withTicks(run, question, event), turn.env)
      : { is: 'value', value: one };
  if (taken.is === 'problem' && event.type === 'text' && takeLine(turn, question, event.text)) return true;
  keepTaken(turn, run, question, taken);
  return taken.is === 'value';
};

/**
 * Several answers in one line: "Nguyễn Văn An, 1990, nam". Each part must answer the next question by
 * itself; where one does not, the first part counts as nothing and the line is one wrong answer, unless
 * some parts before it did answer: they are kept and the rest is asked.
 */
const takeLine = (turn: Turn, question: Question, text: string): boolean => {
  const parts = text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (!question.inline || parts.length < 2 || parts.length > turn.env.limits.answersPerLine) return false;
  const before = turn.state;
  const [first = '', ...rest] = parts;
  if (!takePart(turn, first)) {
    turn.state = before;
    turn.notes = [];
    return false;
  }
  for (const part of rest) if (!takePart(turn, part)) break;
  return true;
};

const takePart = (turn: Turn, text: string): boolean => {
  const run = active(turn);
  const at = run === undefined ? undefined : standing(turn, run);
  if (run === undefined || at?.at !== 'ask' || !at.question.inline) return false;
  const taken = at.question.take({ type: 'text', text }, turn.env);
  keepTaken(turn, run, at.question, taken);
  return taken.is === 'value';
};

/** Somebody answered: keep it, say what is wrong, and go on. */
export const answer = (turn: Turn, event: PersonEvent): void => {
  takeOne(turn, event);
  advance(turn);
};
