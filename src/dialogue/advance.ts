import type { End } from './flow.ts';
import { openRun, resumeChoice } from './open.ts';
import { removeRun, takeBack, without } from './run.ts';
import { type Choice, line } from './say.ts';
import { control, showQuestion } from './show.ts';
import type { Run } from './state.ts';
import { active, flowOf, knownRuns, say, type Turn, updateRun } from './turn.ts';
import { type Standing, walk } from './walk.ts';

/** Rejections and follow-on flows in one step; more is a flow that turns in a circle. */
const MAX_MOVES = 8;

/** Where the active run stands now. A run whose flow is gone with a new release stands nowhere. */
export const standing = (turn: Turn, run: Run): Standing | undefined => {
  const flow = flowOf(turn, run);
  const known = turn.standings.get(run);
  if (flow === undefined || known !== undefined) return known;
  const found = walk(flow, run, turn.state.memory, turn.env);
  turn.standings.set(run, found);
  return found;
};

/** Keys of the reviews of a run: an answer that changes must be looked over again. */
export const reviewKeys = (at: Standing): readonly string[] =>
  at.passed.filter(({ question }) => question.kind === 'review').map(({ question }) => question.key);

const finish = (turn: Turn, run: Run, { says, next, drafts }: End): boolean => {
  turn.state = removeRun(turn.state, run.id);
  says.forEach(({ notes, choices, image, file }, index) => {
    const last = index === says.length - 1 && next === undefined;
    const buttons = [...(choices ?? []), ...(last ? afterwards(turn, drafts) : [])];
    say(turn, {
      notes,
      ...(buttons.length > 0 ? { choices: buttons } : {}),
      ...(image === undefined ? {} : { image }),
      ...(file === undefined ? {} : { file }),
    });
  });
  if (next !== undefined) openRun(turn, next.flow, next.params ?? {});
  turn.outcome = 'ended';
  return next !== undefined;
};

/** What can be done after a conversation: go on with one that was put aside, or the menu. */
const afterwards = (turn: Turn, drafts: End['drafts']): readonly Choice[] => [
  ...resumes(turn, drafts),
  control('/menu', line('engine.menu')),
];

const resumes = (turn: Turn, drafts: End['drafts']): readonly Choice[] => {
  const here = knownRuns(turn).map((run): Choice => ({ ...resumeChoice(turn, run), control: true }));
  if (drafts === undefined) return here;
  const some = drafts !== 'none' && (drafts.there || here.length > 0);
  return some ? [control('/resume', line('engine.resume'))] : [];
};

/** One move of the active run; true when there is another to make. */
const move = (turn: Turn, run: Run): boolean => {
  const at = standing(turn, run);
  if (at === undefined) {
    turn.state = without(turn.state, 'active');
    say(turn, { notes: [line('engine.flowGone')], choices: [control('/menu', line('engine.menu'))] });
    return false;
  }
  if (at.at === 'ask') {
    showQuestion(turn, run, at);
    return false;
  }
  if (at.at === 'call') {
    turn.call = { id: `${run.id}|${at.key}`, name: at.name, args: at.args };
    if (turn.outcome !== 'ended') turn.outcome = 'call';
    return false;
  }
  if (at.at === 'end') return finish(turn, run, at.end);
  return reject(turn, run, at);
};

/** Takes the rejected answers back; they are offered again, because only one letter of them may be wrong. */
const reject = (turn: Turn, run: Run, at: Extract<Standing, { at: 'reject' }>): boolean => {
  const reviews = reviewKeys(at);
  const back = [at.key, ...at.also].reduce((left, key) => {
    const value = at.passed.find(({ question }) => question.key === key)?.value ?? null;
    return takeBack(left, { key, value, trail: at.trail, reviews });
  }, run);
  updateRun(turn, { ...back, tries: run.tries + 1 });
  turn.notes.push(line(at.problem.key, at.problem.values));
  turn.outcome = 'problem';
  return true;
};

/** Lets the active run go on to its next question, call or end. */
export const advance = (turn: Turn): void => {
  for (let moves = 0; moves < MAX_MOVES; moves += 1) {
    const run = active(turn);
    if (run === undefined || !move(turn, run)) return;
  }
  throw new Error(`flow ${active(turn)?.flow} turns in a circle`);
};
