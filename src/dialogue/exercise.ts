import type { Json } from '../domain/json.ts';
import { line, type Say } from './say.ts';
import type { ChatState, Run } from './state.ts';
import type { Engine } from './step.ts';

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

/** Back to what was laid aside; only what is talked about at this moment goes on, the rest of the exercise is gone. */
const leave = (state: ChatState, { runs, memory }: Aside): ChatState => {
  const here = state.runs.filter(({ id }) => id === state.active);
  const staff = state.memory.staff ?? null;
  return { ...state, runs: [...runs, ...here], memory: { ...memory, staff } };
};

const settled = (state: ChatState): { readonly state: ChatState; readonly left: boolean } => {
  const aside = asideOf(state);
  const exercising = exercisingSince(state.memory) !== undefined;
  if (exercising && aside === undefined) return { state: enter(state), left: false };
  return !exercising && aside !== undefined
    ? { state: leave(state, aside), left: true }
    : { state, left: false };
};

const expired = (state: ChatState, now: number): ChatState =>
  now - (exercisingSince(state.memory) ?? now) > EXERCISE_LIFE
    ? { ...state, memory: { ...state.memory, training: null } }
    : state;

const withFirst = ([first, ...rest]: readonly Say[], change: (say: Say) => Say): readonly Say[] =>
  first === undefined ? rest : [change(first), ...rest];

/** What could be gone on with before the change is not what can be now. */
const withoutResume = ({ choices, ...say }: Say): Say =>
  choices === undefined ? say : { ...say, choices: choices.filter(({ id }) => !id.startsWith('/resume:')) };

const sayLeft = (say: Say): Say => ({ ...say, notes: [line('training.left'), ...say.notes] });

/**
 * The engine with exercises: a staff member's chat whose memory has `training` is in one, or (`everybody`) all are.
 * Everything said in one is marked; beginning one lays the chat's real work aside, ending it brings it back.
 */
export const withExercises = (engine: Engine, everybody = false): Engine => ({
  ...engine,
  greeting: (lang) => {
    const greeting = engine.greeting(lang);
    return everybody ? { ...greeting, says: greeting.says.map(markSay) } : greeting;
  },
  step: (state, event, now) => {
    const before = settled(expired(state, now));
    const stepped = engine.step(before.state, event, now);
    const after = settled(stepped.state);
    const marked = everybody || exercisingSince(after.state.memory) !== undefined;
    const says = marked ? stepped.says.map(markSay) : stepped.says;
    const left = before.left || after.left;
    const own = after.state === stepped.state ? says : says.map(withoutResume);
    return { ...stepped, state: after.state, says: left ? withFirst(own, sayLeft) : own };
  },
});
