import type { Problem } from '../domain/parsed.ts';
import { advance, standing } from './advance.ts';
import { wrong } from './answer.ts';
import type { ShellEvent } from './event.ts';
import type { Question } from './question/question.ts';
import { leaveQuestion, setAnswer } from './run.ts';
import type { Run } from './state.ts';
import { type Turn, updateRun } from './turn.ts';

const runNamed = (turn: Turn, id: string): Run | undefined =>
  turn.state.runs.find((run) => `${run.id}` === id.split('|')[0]);

/** The result of a call, kept like an answer. One that nobody waits for any more changes nothing. */
export const onResult = (turn: Turn, event: Extract<ShellEvent, { type: 'result' }>): void => {
  const run = runNamed(turn, event.call);
  const at = run === undefined ? undefined : standing(turn, run);
  if (event.remember !== undefined)
    turn.state = { ...turn.state, memory: { ...turn.state.memory, ...event.remember } };
  if (run === undefined || at?.at !== 'call' || `${run.id}|${at.key}` !== event.call) {
    turn.outcome = 'ignored';
    return;
  }
  turn.outcome = 'answered';
  updateRun(turn, { ...run, answers: { ...run.answers, [at.key]: { args: at.args, value: event.value } } });
  advance(turn);
};

/** Work that came to nothing is told by what was to be read. */
const lostOf = ({ kind }: Question, problem: Problem): Problem =>
  problem.key === 'work.lost' && kind === 'file' ? { key: 'work.lost.file' } : problem;

/** The end of work: an answer to the question that waits for it, or nothing if nobody waits any more. */
export const onWorked = (turn: Turn, event: Extract<ShellEvent, { type: 'worked' }>): void => {
  const run = turn.state.runs.find(({ waiting }) => waiting?.work === event.work);
  const key = run?.waiting?.key;
  if (run === undefined || key === undefined) {
    turn.outcome = 'ignored';
    return;
  }
  const here = turn.state.active === run.id;
  const at = standing(turn, run);
  const question = at?.at === 'ask' && at.question.key === key ? at.question : undefined;
  turn.outcome = 'answered';
  if (event.value !== undefined && question?.fits(event.value, turn.env))
    updateRun(turn, setAnswer(run, key, event.value));
  else if (here && question !== undefined) {
    wrong(
      turn,
      { ...leaveQuestion(run), tries: run.tries },
      question,
      lostOf(question, event.problem ?? { key: 'problem.photo' }),
    );
  } else updateRun(turn, leaveQuestion(run));
  if (here) advance(turn);
};
