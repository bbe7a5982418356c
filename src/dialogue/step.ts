import { dayOf } from '../domain/day.ts';
import type { Json } from '../domain/json.ts';
import type { Lang } from '../domain/lang.ts';
import { advance } from './advance.ts';
import type { Event } from './event.ts';
import type { Flow } from './flow.ts';
import { LIMITS, type Limits } from './limits.ts';
import { showMenu } from './open.ts';
import { onPerson } from './person.ts';
import type { PlaceFinder } from './question/question.ts';
import type { Renderer } from './render.ts';
import { removeRun } from './run.ts';
import { line } from './say.ts';
import { onResult, onWorked } from './shell.ts';
import { type ChatState, newState, readState } from './state.ts';
import type { Stepped } from './stepped.ts';
import { active, type Turn } from './turn.ts';

export interface EngineParts {
  readonly flows: readonly Flow[];
  readonly renderer: Renderer;
  readonly places: PlaceFinder;
  readonly limits?: Partial<Limits>;
}

/** The conversation engine: pure and synchronous, one event in, the next state and what to say out. */
export interface Engine {
  step(state: ChatState, event: Event, now: number): Stepped;
  /** The first message to somebody who has not said anything yet; stores nothing. */
  greeting(lang: Lang): Stepped;
  empty(lang?: Lang): ChatState;
  /** A stored state, brought up to this version. */
  read(json: Json): ChatState;
}

const dropExpired = (turn: Turn): void => {
  const { now, limits } = turn.env;
  const expired = turn.state.runs.filter((run) => now - run.touchedAt > limits.draftLife);
  for (const run of expired) {
    turn.state = removeRun(turn.state, run.id);
    turn.notes.push(line('engine.expired', { title: line(`${run.flow}.title`) }));
  }
};

const onEvent = (turn: Turn, event: Event): void => {
  if (event.type === 'result') return onResult(turn, event);
  if (event.type === 'worked') return onWorked(turn, event);
  if (event.type !== 'parked') return onPerson(turn, event);
  turn.notes.push(line('engine.parked'));
  if (active(turn) === undefined) showMenu(turn);
  else advance(turn);
};

const stepped = ({ state, says, work, call, outcome }: Turn): Stepped => ({
  state,
  says,
  work,
  outcome,
  ...(call === undefined ? {} : { call }),
});

export const createEngine = ({ flows, renderer, places, limits }: EngineParts): Engine => {
  const registry = new Map(flows.map((flow) => [flow.name, flow]));
  const turnOf = (state: ChatState, now: number): Turn => ({
    state,
    notes: [],
    says: [],
    work: [],
    outcome: 'answered',
    env: { now, today: dayOf(now), places, renderer, limits: { ...LIMITS, ...limits } },
    flows: registry,
  });
  return {
    step: (state, event, now) => {
      const turn = turnOf(state, now);
      dropExpired(turn);
      onEvent(turn, event);
      return stepped(turn);
    },
    greeting: (lang) => {
      const turn = turnOf(newState(lang), 0);
      turn.notes.push(line('engine.greeting'));
      showMenu(turn);
      return stepped(turn);
    },
    empty: newState,
    read: readState,
  };
};
