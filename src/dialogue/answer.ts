import type { Json } from '../domain/json.ts';
import { advance, standing } from './advance.ts';
import type { PersonEvent } from './event.ts';
import { parseYesNo } from './parse/yesNo.ts';
import type { Env, Question, Taken } from './question/question.ts';
import { leaveQuestion, setAnswer, without } from './run.ts';
import { line } from './say.ts';
import { narrowTo } from './show.ts';
import type { Run } from './state.ts';
import { chosenNote, takeSeveral, tick } from './ticks.ts';
import { active, type Turn, updateRun } from './turn.ts';

/** The value an ambiguous answer was narrowed to: by its button; where there is only one by "đúng", or typed again. */
const narrowed = (run: Run, question: Question, event: PersonEvent, env: Env): Json | undefined => {
  const values = narrowTo(run, question, env);
  if (values === undefined) return undefined;
  if (event.type === 'text') {
    const [only, ...others] = values;
    if (others.length > 0) return undefined;
    const again = question.take(event, env);
    const same = again.is === 'which' && JSON.stringify(again.values) === JSON.stringify(values);
    return same || parseYesNo(event.text) === true ? only : undefined;
  }
  const pressed = event.type === 'choice' ? /^n(\d+)$/.exec(event.ids[0] ?? '')?.[1] : undefined;
  return pressed === undefined ? undefined : values[Number(pressed)];
};

/** How somebody gets on after too many wrong answers. */
const easierWay = ({ optional, easier, way }: Question): string =>
  optional ? 'skip' : easier.length > 0 ? 'list' : way;

/** Says what is wrong; after too many wrong answers in a row also how to get on. */
export const wrong = (
  turn: Turn,
  run: Run,
  question: Question,
  problem: Extract<Taken, { is: 'problem' }>['problem'],
): void => {
  const tries = run.tries + 1;
  updateRun(turn, { ...run, tries });
  turn.notes.push(line(problem.key, problem.values));
  if (tries >= turn.env.limits.tries) turn.notes.push(line(`engine.easier.${easierWay(question)}`));
  turn.outcome = 'problem';
};

/** Orders work; what was sent for the same question before is done anew with it, and its own end waited for no more. */
const order = (turn: Turn, run: Run, { key }: Question, taken: Extract<Taken, { is: 'work' }>): void => {
  const work = `${run.id}|${key}|${turn.state.turn}`;
  const before = run.waiting?.key === key ? (run.waiting.parts ?? []) : [];
  const more = taken.part === undefined ? {} : { parts: [...before, taken.part] };
  turn.work.push({ id: work, name: taken.name, args: { ...taken.args, ...more } });
  updateRun(turn, { ...leaveQuestion(run), tries: run.tries, waiting: { key, work, ...more } });
};

const keepTaken = (turn: Turn, run: Run, question: Question, taken: Taken): void => {
  if (taken.is === 'problem') return wrong(turn, run, question, taken.problem);
  turn.outcome = 'answered';
  if (taken.is === 'value' || taken.is === 'through')
    updateRun(turn, setAnswer(run, question.key, taken.value));
  else if (taken.is === 'which') {
    // Buttons of an earlier list of candidates must not choose from this one: it is asked anew.
    const { asked: _before, ...rest } = leaveQuestion(run);
    updateRun(turn, { ...rest, narrow: { key: question.key, values: taken.values } });
  } else if (taken.is === 'ticked') {
    updateRun(turn, tick(run, question, taken.ids));
  } else {
    order(turn, run, question, taken);
  }
};

/**
 * Words of impatience while a photo is read are no wrong answer, and no name. Whoever is done before a file was read
 * would lose it: the question waits.
 */
const isPatience = ({ kind }: Question, { type }: PersonEvent, { is }: Taken): boolean =>
  ((is === 'problem' || is === 'through') && type === 'text') || (is === 'value' && kind === 'file');

/** Takes one answer to the question the active run stands at. Returns whether it was an answer. */
const takeOne = (turn: Turn, event: PersonEvent): boolean => {
  const run = active(turn);
  const at = run === undefined ? undefined : standing(turn, run);
  if (run === undefined || at?.at !== 'ask') return false;
  const { question } = at;
  const one = narrowed(run, question, event, turn.env);
  const take = question.several
    ? takeSeveral(run, question, event, turn.env)
    : question.take(event, turn.env);
  const taken: Taken = one === undefined ? take : { is: 'value', value: one };
  if (run.waiting?.key === question.key && isPatience(question, event, taken)) return false;
  if (taken.is === 'problem' && event.type === 'text' && takeLine(turn, question, event.text)) return true;
  keepTaken(turn, emptied(run, event, taken), question, taken);
  const chosen = event.type === 'text' ? chosenNote(question, event.text, taken, turn.env) : undefined;
  if (chosen !== undefined) turn.notes.push(chosen);
  return taken.is === 'through' ? takeOne(turn, event) : taken.is === 'value';
};

/**
 * Whoever types "none" beside ticks is asked again with an empty list: a tick is taken away by its button only, and
 * many have no buttons.
 */
const emptied = (run: Run, { type }: PersonEvent, taken: Taken): Run =>
  type === 'text' && taken.is === 'problem' && taken.problem.key === 'problem.noneAndSome'
    ? without(run, 'picked')
    : run;

/** What stands between two answers; a comma between two digits belongs to a number. */
const BETWEEN = /[;\n]+|,+(?!\d)|(?<!\d),+/;

/**
 * Several answers in one line: "Nguyễn Văn An, 1990, nam". Each part must answer the next question by
 * itself; where one does not, the first part counts as nothing and the line is one wrong answer, unless
 * some parts before it did answer: they are kept and the rest is asked.
 */
const takeLine = (turn: Turn, question: Question, text: string): boolean => {
  const parts = text
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const { answerLength, answersPerLine } = turn.env.limits;
  if (!question.inline || text.length > answerLength || parts.length < 2 || parts.length > answersPerLine)
    return false;
  const { state, notes } = turn;
  turn.notes = [...notes];
  const [first = '', ...rest] = parts;
  if (!takePart(turn, first)) {
    turn.state = state;
    turn.notes = notes;
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
  return taken.is === 'through' ? takePart(turn, text) : taken.is === 'value';
};

/** Somebody answered: keep it, say what is wrong, and go on. */
export const answer = (turn: Turn, event: PersonEvent): void => {
  takeOne(turn, event);
  advance(turn);
};
