import type { Json } from '../domain/json.ts';
import type { Flow, Voice } from './flow.ts';
import { hasAnswers, removeRun, without } from './run.ts';
import { type Choice, line } from './say.ts';
import { control } from './show.ts';
import type { Run } from './state.ts';
import { active, knownRuns, offer, type Turn } from './turn.ts';
import { goArgument } from './words.ts';

type Params = Readonly<Record<string, Json>>;

/** A fact that was forgotten stands as null. */
const allowed = (turn: Turn, needs: string | undefined): boolean =>
  needs === undefined || (turn.state.memory[needs] ?? null) !== null;

/** The flows this chat may begin: nobody else's words are commands here. */
export const ownFlows = (turn: Turn): readonly Flow[] =>
  [...turn.flows.values()].filter(({ needs }) => allowed(turn, needs));

const title = (flow: string) => line(`${flow}.title`);

/** Two drafts of one flow are told apart by what they are about, and by when they were begun. */
const draftName = ({ flows }: Turn, run: Run, voice: Voice) => ({
  title: flows.get(run.flow)?.about?.(run, voice) ?? title(run.flow),
  time: { time: run.startedAt },
});

/** The button that goes on with a draft. */
export const resumeChoice = (turn: Turn, run: Run): Choice => ({
  id: `/resume:${run.id}`,
  label: line('engine.resume.one', draftName(turn, run, 'theirs')),
});

/** What this chat may begin. */
export const menuEntries = (turn: Turn, flows = ownFlows(turn)): readonly Choice[] =>
  flows
    .flatMap((flow) => (flow.menu ?? []).map((entry) => ({ flow, entry })))
    .filter(({ entry }) => allowed(turn, entry.needs))
    .sort((a, b) => a.entry.order - b.entry.order)
    .map(({ flow, entry }) => ({ id: `/go:${goArgument(flow.name, entry.params)}`, label: entry.label }));

/** Who writes for the first time is greeted. */
export const greet = (turn: Turn): void => {
  if (turn.state.turn === 0) turn.notes.push(line('engine.greeting'));
};

/** The menu: what this chat may begin, and what it left unfinished. */
export const showMenu = (turn: Turn): void => {
  greet(turn);
  const unfinished = knownRuns(turn).map((run) => resumeChoice(turn, run));
  const more = [
    { id: '/language', label: line('engine.language') },
    { id: '/help', label: line('engine.help') },
  ];
  offer(turn, line('engine.menu.ask'), [...unfinished, ...menuEntries(turn), ...more]);
};

/** Puts the active run aside; one in which nothing was typed just ends. */
export const putAside = (turn: Turn): void => {
  const run = active(turn);
  if (run === undefined) return;
  const brief = turn.flows.get(run.flow)?.brief === true;
  if (brief || !hasAnswers(run)) turn.state = removeRun(turn.state, run.id);
  else {
    turn.state = without(turn.state, 'active');
    turn.notes.push(line('engine.putAside', { title: title(run.flow) }));
  }
};

const offerDraft = (turn: Turn, run: Run, flow: Flow, params: Params): void => {
  const fresh = `/fresh:${goArgument(flow.name, Object.fromEntries(Object.entries(params).map(([k, v]) => [k, String(v)])))}`;
  if (turn.state.active === run.id) turn.state = without(turn.state, 'active');
  else putAside(turn);
  offer(turn, line('engine.draft', draftName(turn, run, 'ours')), [
    { id: `/resume:${run.id}`, label: line('engine.resume') },
    { id: fresh, label: line('engine.fresh') },
    control('/menu', line('engine.menu')),
  ]);
};

export const dropChoice = (turn: Turn, run: Run): Choice => ({
  id: `/drop:${run.id}`,
  label: line('engine.drop.one', draftName(turn, run, 'theirs')),
});

const tooMany = (turn: Turn): void => {
  offer(turn, line('engine.tooManyRuns'), [
    ...knownRuns(turn).map((run) => resumeChoice(turn, run)),
    ...knownRuns(turn).map((run) => dropChoice(turn, run)),
  ]);
};

/** The draft that may be meant: one begun with what is asked for now, the newest first. */
export const draftOf = (turn: Turn, name: string, params: Params): Run | undefined =>
  turn.state.runs.findLast(
    (run) =>
      run.flow === name &&
      hasAnswers(run) &&
      Object.entries(params).every(
        ([key, value]) => JSON.stringify(run.params[key]) === JSON.stringify(value),
      ),
  );

/**
 * Begins a conversation; the one that was active is put aside. Where a draft of the same one exists it is
 * offered first, unless `anew`. Returns whether a new run is active now.
 */
export const openRun = (turn: Turn, name: string, params: Params, anew = false): boolean => {
  const flow = turn.flows.get(name);
  if (flow === undefined || !allowed(turn, flow.needs)) {
    turn.notes.push(line(flow === undefined ? 'engine.flowGone' : 'engine.notAllowed'));
    showMenu(turn);
    return false;
  }
  const draft = draftOf(turn, name, params);
  if (draft !== undefined && !flow.brief && !anew) {
    offerDraft(turn, draft, flow, params);
    return false;
  }
  putAside(turn);
  if (knownRuns(turn).length >= turn.env.limits.runsPerChat) {
    tooMany(turn);
    return false;
  }
  const { now } = turn.env;
  const id = turn.state.nextRun;
  const run: Run = { id, flow: name, params, startedAt: now, touchedAt: now, answers: {}, was: {}, tries: 0 };
  turn.state = { ...turn.state, runs: [...turn.state.runs, run], active: id, nextRun: id + 1 };
  turn.outcome = 'started';
  return true;
};
