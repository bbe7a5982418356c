import type { Flow } from './flow.ts';
import type { Env } from './question/question.ts';
import { activeRun, replaceRun, without } from './run.ts';
import type { Choice, Line, Say } from './say.ts';
import type { ChatState, Run } from './state.ts';
import type { Call, Outcome, WorkOrder } from './stepped.ts';
import type { Standing } from './walk.ts';

/** The desk one event is worked on: filled while `step` runs, seen by nobody else. */
export interface Turn {
  state: ChatState;
  /** Sentences that go before the next message. */
  notes: Line[];
  readonly says: Say[];
  readonly work: WorkOrder[];
  outcome: Outcome;
  call?: Call;
  readonly env: Env;
  readonly flows: ReadonlyMap<string, Flow>;
  /** Where runs stand, so that a flow is not run twice over the same answers. */
  readonly standings: Map<Run, Standing>;
}

export const flowOf = (turn: Turn, run: Run): Flow | undefined => turn.flows.get(run.flow);

/** Runs whose flow this release has; another process of a newer one may go on with the rest, so they are kept. */
export const knownRuns = (turn: Turn): readonly Run[] =>
  turn.state.runs.filter((run) => flowOf(turn, run) !== undefined);

export const updateRun = (turn: Turn, run: Run): Run => {
  const touched = { ...run, touchedAt: turn.env.now };
  turn.state = replaceRun(turn.state, touched);
  return touched;
};

export const active = (turn: Turn): Run | undefined => activeRun(turn.state);

/** Sends what was noted so far as one message, with buttons if there are any. */
export const say = (
  turn: Turn,
  parts: Omit<Say, 'notes' | 'turn'> & { readonly notes?: readonly Line[] },
): Say => {
  const count = turn.state.turn + 1;
  const said: Say = { ...parts, notes: [...turn.notes, ...(parts.notes ?? [])], turn: count };
  // In a question with several choices a number is an answer by itself ("1, 3"), not a press.
  const buttons = parts.several ? [] : (parts.choices ?? []).filter(({ control }) => !control);
  const numbered = buttons.map(({ id }) => id);
  const idle = active(turn) === undefined && buttons.length > 0;
  const labels = idle ? { labels: buttons.map(({ label }) => label) } : {};
  turn.state = { ...without(turn.state, 'labels'), turn: count, numbered, ...labels };
  turn.notes = [];
  turn.says.push(said);
  return said;
};

/** A message whose buttons belong to no question: the menu, an offer to go on. */
export const offer = (turn: Turn, ask: Line, choices: readonly Choice[]): void => {
  say(turn, { ask, choices });
};
