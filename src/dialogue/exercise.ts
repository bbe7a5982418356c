import type { Json } from '../domain/json.ts';
import type { Event } from './event.ts';
import type { Flow } from './flow.ts';
import { line, type Say } from './say.ts';
import type { ChatState, Run } from './state.ts';
import type { Engine } from './step.ts';
import type { Stepped } from './stepped.ts';

/** A shift is no longer; whoever forgot to end an exercise would go on declaring to nobody. */
export const EXERCISE_LIFE = 8 * 3_600_000;

/** What a chat was doing before its exercise began. */
interface Aside {
  readonly runs: readonly Run[];
  readonly memory: ChatState['memory'];
}

const asideOf = ({ memory }: ChatState): Aside | undefined => memory.aside as unknown as Aside | undefined;

/** ms since 1970 when this chat began its exercise; undefined outside one. */
export const exercisingSince = (memory: ChatState['memory']): number | undefined =>
  typeof memory.training === 'number' && typeof memory.staff === 'string' ? memory.training : undefined;

/** The first mark of everything that is said in an exercise. */
export const markSay = (say: Say): Say => ({ ...say, notes: [line('training.mark'), ...say.notes] });

/** What comes from outside into a chat that is in an exercise, and is none, says so. */
export const amidExercise = (memory: ChatState['memory'], say: Say): Say =>
  exercisingSince(memory) === undefined || say.notes[0]?.key === 'training.mark'
    ? say
    : { ...say, notes: [line('training.real'), ...say.notes] };

/** What was under way is laid aside whole: nothing of an exercise may end up in it. */
const enter = (state: ChatState): ChatState => {
  const { staff = null, training = null, ...memory } = state.memory;
  const aside = { runs: state.runs, memory: { ...memory, staff } } as unknown as Json;
  const { active: _ended, ...rest } = state;
  return { ...rest, runs: [], memory: { staff, training, aside } };
};

/** Back to what was laid aside; of the exercise only `goesOn`, a conversation about something real, is kept. */
const leave = (state: ChatState, { runs, memory }: Aside, goesOn: readonly Run[]): ChatState => {
  const staff = state.memory.staff ?? null;
  const { active, ...rest } = state;
  const here = goesOn.some(({ id }) => id === active) && active !== undefined ? { active } : {};
  return { ...rest, ...here, runs: [...runs, ...goesOn], memory: { ...memory, staff } };
};

type GoesOn = (run: Run) => boolean;

const settled = (state: ChatState, goesOn: GoesOn): { readonly state: ChatState; readonly left: boolean } => {
  const aside = asideOf(state);
  const exercising = exercisingSince(state.memory) !== undefined;
  if (exercising && aside === undefined) return { state: enter(state), left: false };
  if (exercising || aside === undefined) return { state, left: false };
  const here = state.runs.filter((run) => run.id === state.active && goesOn(run));
  return { state: leave(state, aside, here), left: true };
};

/** Whether a chat is in an exercise that has not run out. */
export const exercisesAt = (memory: ChatState['memory'], now: number): boolean =>
  now - (exercisingSince(memory) ?? Number.NEGATIVE_INFINITY) <= EXERCISE_LIFE;

const hasRunOut = ({ memory }: ChatState, now: number): boolean =>
  exercisingSince(memory) !== undefined && !exercisesAt(memory, now);

const withFirst = ([first, ...rest]: readonly Say[], change: (say: Say) => Say): readonly Say[] =>
  first === undefined ? rest : [change(first), ...rest];

/** What could be gone on with before the change is not what can be now. */
const withoutResume = ({ choices, ...say }: Say): Say =>
  choices === undefined ? say : { ...say, choices: choices.filter(({ id }) => !id.startsWith('/resume:')) };

const sayLeft = (say: Say): Say => ({ ...say, notes: [line('training.left'), ...say.notes] });

/** What is said next begins with it, also when a service must be asked first. */
const noteLeft = (stepped: Stepped): Stepped => {
  const { state, says } = stepped;
  if (says.length > 0) return { ...stepped, says: withFirst(says, sayLeft) };
  return { ...stepped, state: { ...state, notes: [line('training.left'), ...(state.notes ?? [])] } };
};

const PEOPLE = new Set(['text', 'choice', 'photo', 'file', 'contact', 'location', 'command', 'unsupported']);

export interface ExerciseParts {
  readonly flows: readonly Flow[];
  /** The whole server is one exercise. */
  readonly everybody?: boolean;
}

/**
 * The engine with exercises: a staff member's chat whose memory has `training` is in one, or (`everybody`) all are.
 * Everything said in one is marked; beginning one lays the chat's real work aside, ending it brings it back. What
 * somebody says after it has run out was meant for the exercise: it is applied to nothing.
 */
export const withExercises = (engine: Engine, { flows, everybody = false }: ExerciseParts): Engine => {
  const staffs = new Set(flows.filter(({ needs }) => needs === 'staff').map(({ name }) => name));
  const goesOn: GoesOn = ({ flow }) => staffs.has(flow);

  const runOut = (state: ChatState, now: number): Stepped => {
    const over = { ...state, memory: { ...state.memory, training: null } };
    return noteLeft(engine.step(settled(over, () => false).state, { type: 'command', name: 'menu' }, now));
  };

  const step = (state: ChatState, event: Event, now: number): Stepped => {
    if (PEOPLE.has(event.type) && hasRunOut(state, now)) return runOut(state, now);
    const stepped = engine.step(state, event, now);
    const after = settled(stepped.state, goesOn);
    if (after.state === stepped.state) return stepped;
    const moved = { ...stepped, state: after.state, says: stepped.says.map(withoutResume) };
    return after.left ? noteLeft(moved) : moved;
  };

  return {
    ...engine,
    greeting: (lang) => {
      const greeting = engine.greeting(lang);
      return everybody ? { ...greeting, says: greeting.says.map(markSay) } : greeting;
    },
    step: (state, event, now) => {
      const stepped = step(state, event, now);
      const marked = everybody || exercisingSince(stepped.state.memory) !== undefined;
      return marked ? { ...stepped, says: stepped.says.map(markSay) } : stepped;
    },
  };
};
