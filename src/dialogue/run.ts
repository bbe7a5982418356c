import type { Json } from '../domain/json.ts';
import type { ChatState, Run } from './state.ts';

/** The record itself where it has no such key, as is nearly always so: leaving one out is slow in V8. */
export const without = <T extends object, K extends keyof T>(record: T, key: K): Omit<T, K> => {
  if (!(key in record)) return record;
  const { [key]: _gone, ...rest } = record;
  return rest;
};

/** What belongs to the present question only, and goes when another is asked. */
const OF_QUESTION = ['narrow', 'picked', 'page', 'waiting', 'editing'] as const;

const settled = (run: Run): Run => ({
  ...OF_QUESTION.reduce<Run>((left, key) => without(left, key), run),
  tries: 0,
});

const withoutKeys = (answers: Run['answers'], keys: readonly string[]): Run['answers'] =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.includes(key)));

/** An answer (null: skipped) under its question; what was offered in its place is no longer needed. */
export const setAnswer = (run: Run, key: string, value: Json): Run => ({
  ...settled(run),
  answers: { ...run.answers, [key]: value },
  was: without(run.was, key),
});

export interface TakenBack {
  readonly key: string;
  /** The answer as it counted, given or known before; null when skipped, or when there is none. */
  readonly value: Json;
  readonly trail: readonly string[];
  /** Keys of the reviews passed: what changed must be looked over again. */
  readonly reviews: readonly string[];
}

/**
 * Takes an answer back. It stays at hand under `was` (null: nothing to offer, but do not take what is known
 * instead); results of calls made after it are dropped, because they may have looked at it, and so is the sent review.
 */
export const takeBack = (run: Run, { key, value, trail, reviews }: TakenBack): Run => {
  const later = trail.slice(trail.indexOf(key) + 1).filter((passed) => passed.startsWith('='));
  return {
    ...settled(run),
    answers: withoutKeys(run.answers, [key, ...later, ...reviews]),
    was: reviews.includes(key) ? run.was : { ...run.was, [key]: value },
  };
};

export const leaveQuestion = settled;

export const activeRun = (state: ChatState): Run | undefined =>
  state.runs.find(({ id }) => id === state.active);

export const replaceRun = (state: ChatState, run: Run): ChatState => ({
  ...state,
  runs: state.runs.map((other) => (other.id === run.id ? run : other)),
});

export const removeRun = (state: ChatState, id: number): ChatState => {
  const rest = { ...state, runs: state.runs.filter((run) => run.id !== id) };
  return state.active === id ? without(rest, 'active') : rest;
};

/** Something was typed or sent that would be lost with the run. */
export const hasAnswers = (run: Run): boolean =>
  Object.keys(run.answers).some((key) => !key.startsWith('=')) ||
  Object.keys(run.was).length > 0 ||
  run.waiting !== undefined;
