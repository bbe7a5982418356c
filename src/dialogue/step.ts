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
import { activeRun, hasAnswers, removeRun, without } from './run.ts';
import { line, type Say } from './say.ts';
import { onResult, onWorked } from './shell.ts';
import { type ChatState, newState, readState } from './state.ts';
import type { Stepped } from './stepped.ts';
import { active, flowOf, type Turn } from './turn.ts';

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
    const flow = flowOf(turn, run);
    const mattered = flow !== undefined && !flow.brief && hasAnswers(run);
    if (mattered) turn.notes.push(line('engine.expired', { title: line(`${run.flow}.title`) }));
    turn.state = removeRun(turn.state, run.id);
  }
};

const onEvent = (turn: Turn, event: Event): void => {
  if (event.type === 'result') return onResult(turn, event);
  if (event.type === 'worked') return onWorked(turn, event);
  return event.type === 'parked' ? onParked(turn) : onPerson(turn, event);
};

/**
 * Says that a message was put aside, and goes on. Where the conversation itself cannot go on it is laid aside, so
 * that the chat is not shut for ever; what went wrong was told with the message that was parked.
 */
const onParked = (turn: Turn): void => {
  const { state } = turn;
  turn.notes.push(line('engine.parked'));
  try {
    if (active(turn) !== undefined) return advance(turn);
  } catch {
    turn.state = without(state, 'active');
    turn.notes = [line('engine.parked')];
  }
  showMenu(turn);
};

/** The run and the question somebody is asked. */
const askedNow = (state: ChatState): string | undefined => {
  const run = activeRun(state);
  return run?.asked === undefined ? undefined : `${run.id}|${run.asked.key}`;
};

/**
 * A press on the newest message that leaves the question standing (a tick, the next page, a wrong answer): what is
 * said may take the place of that message, so that ten ticks are not ten messages.
 */
const marked = (before: ChatState, event: Event, turn: Turn): readonly Say[] => {
  const [only, ...more] = turn.says;
  if (event.type !== 'choice' || event.turn !== before.turn || more.length > 0) return turn.says;
  const asked = askedNow(before);
  const stays = only?.ask !== undefined && asked !== undefined && asked === askedNow(turn.state);
  return stays ? [{ ...only, same: true }] : turn.says;
};

/** Notes that wait for the result of a call go with the state, which is not stored before the result has come. */
const stepped = ({ state, notes, says, work, call, outcome }: Turn): Stepped => ({
  state: notes.length === 0 ? state : { ...state, notes },
  says,
  work,
  outcome,
  ...(call === undefined ? {} : { call }),
});

export const createEngine = ({ flows, renderer, places, limits }: EngineParts): Engine => {
  const registry = new Map(flows.map((flow) => [flow.name, flow]));
  const turnOf = (before: ChatState, now: number): Turn => ({
    state: without(before, 'notes'),
    notes: [...(before.notes ?? [])],
    says: [],
    work: [],
    outcome: 'answered',
    env: { now, today: dayOf(now), places, renderer, limits: { ...LIMITS, ...limits } },
    flows: registry,
    standings: new Map(),
  });
  return {
    step: (state, event, now) => {
      const turn = turnOf(state, now);
      dropExpired(turn);
      onEvent(turn, event);
      return { ...stepped(turn), says: marked(state, event, turn) };
    },
    greeting: (lang) => {
      const turn = turnOf(newState(lang), 0);
      showMenu(turn);
      return stepped(turn);
    },
    empty: newState,
    read: readState,
  };
};
