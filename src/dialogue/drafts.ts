import { dropChoice, putAside, resumeChoice, showMenu } from './open.ts';
import { hasAnswers, leaveQuestion, removeRun } from './run.ts';
import { line } from './say.ts';
import { active, flowOf, knownRuns, offer, type Turn, updateRun } from './turn.ts';

/** A command of the chat as a whole; true when the active run should go on afterwards. */
export type InChat = (turn: Turn, argument: string | undefined) => boolean;

export const cancel: InChat = (turn) => {
  const run = active(turn);
  if (run === undefined) {
    showMenu(turn);
    return false;
  }
  const kept = hasAnswers(run) && flowOf(turn, run)?.brief !== true;
  turn.state = removeRun(turn.state, run.id);
  if (kept) turn.state = { ...turn.state, runs: [...turn.state.runs, run] };
  const choices = [
    { id: `/resume:${run.id}`, label: line('engine.resume') },
    { id: `/drop:${run.id}`, label: line('engine.drop') },
  ];
  offer(turn, line(kept ? 'engine.cancelled' : 'engine.cancelled.empty'), [
    ...(kept ? choices : []),
    { id: '/menu', label: line('engine.menu') },
  ]);
  return false;
};

/** Which of several: each by what it is about. The one that is talked to is among them. */
const resumeWhich = (turn: Turn): boolean => {
  putAside(turn);
  offer(
    turn,
    line('engine.resume.which'),
    knownRuns(turn).map((run) => resumeChoice(turn, run)),
  );
  return false;
};

export const resume: InChat = (turn, argument) => {
  const runs = knownRuns(turn);
  const aside = runs.filter(({ id }) => id !== turn.state.active);
  if (argument === undefined && aside.length > 1) return resumeWhich(turn);
  // In the middle of one it is the other that is meant, as was said when that was put aside.
  const run = argument === undefined ? (aside[0] ?? runs[0]) : runs.find(({ id }) => id === Number(argument));
  if (run === undefined) {
    turn.notes.push(line('engine.nothingToResume'));
    showMenu(turn);
    return false;
  }
  if (turn.state.active !== run.id) putAside(turn);
  turn.state = { ...turn.state, active: run.id };
  // Asked anew: a button of the conversation that was talked to meanwhile is no answer to this one.
  const { asked: _before, ...rest } = leaveQuestion(run);
  updateRun(turn, run.waiting === undefined ? rest : { ...rest, waiting: run.waiting });
  return true;
};

const dropWhich = (turn: Turn): boolean => {
  putAside(turn);
  offer(
    turn,
    line('engine.drop.which'),
    knownRuns(turn).map((run) => dropChoice(turn, run)),
  );
  return false;
};

/** Typed, it names no draft: the only one is meant, or of several one is asked for. */
export const drop: InChat = (turn, argument) => {
  const drafts = knownRuns(turn);
  if (argument === undefined && drafts.length > 1) return dropWhich(turn);
  const id = argument === undefined ? drafts[0]?.id : Number(argument);
  const known = turn.state.runs.some((run) => run.id === id);
  if (known && id !== undefined) turn.state = removeRun(turn.state, id);
  turn.notes.push(line(known ? 'engine.dropped' : 'engine.nothingToResume'));
  showMenu(turn);
  return false;
};
