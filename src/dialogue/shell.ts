import { advance, standing } from './advance.ts';
import type { ShellEvent } from './event.ts';
import { leaveQuestion, setAnswer } from './run.ts';
import { line } from './say.ts';
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
  const good =
    at?.at === 'ask' &&
    at.question.key === key &&
    event.value !== undefined &&
    at.question.fits(event.value, turn.env);
  if (good && event.value !== undefined) updateRun(turn, setAnswer(run, key, event.value));
  else {
    const problem = event.problem ?? { key: 'problem.photo' };
    updateRun(turn, { ...leaveQuestion(run), tries: run.tries + 1 });
    if (here) turn.notes.push(line(problem.key, problem.values));
  }
  turn.outcome = good ? 'answered' : 'problem';
  if (here) advance(turn);
};
