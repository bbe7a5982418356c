import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/parsed.ts';
import type { Memory } from './event.ts';
import type { Asking, End, Flow, Request } from './flow.ts';
import type { Env, Question } from './question/question.ts';
import { reviewQuestion } from './question/review.ts';
import type { Run } from './state.ts';

/** A question that has been passed on the way, with its answer; null when it was skipped. */
export interface Passed {
  readonly question: Question;
  readonly value: Json;
  /** The answer was known before and not given here. */
  readonly preset: boolean;
}

/**
 * Where a run stands, found by running its flow from the top over the answers it has. `trail` holds the keys
 * of questions and calls in the order they were passed.
 */
export type Standing = {
  readonly passed: readonly Passed[];
  readonly trail: readonly string[];
} /** `left` counts the questions from this one on, as far as they can be foreseen. */ & (
  | { readonly at: 'ask'; readonly question: Question; readonly left: () => number }
  | { readonly at: 'call'; readonly key: string; readonly name: string; readonly args: Json }
  | {
      readonly at: 'reject';
      readonly key: string;
      readonly problem: Problem;
      readonly also: readonly string[];
    }
  | { readonly at: 'end'; readonly end: End }
);

/** A flow did what no flow may do. The message names the flow and the question, never an answer. */
class FlowError extends Error {
  override readonly name = 'FlowError';
}

interface Kept {
  readonly args: Json;
  readonly value: Json;
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

const resultOf = (run: Run, key: string, args: Json): Kept | undefined => {
  const kept = run.answers[key] as unknown as Kept | undefined;
  return kept !== undefined && same(kept.args, args) ? kept : undefined;
};

const isGood = (question: Question, value: Json, env: Env): boolean =>
  value === null ? question.optional : question.fits(value, env);

/** The answer a question has: given (null: skipped), or known before and not taken back. */
const answerOf = (run: Run, question: Question, env: Env): Passed | undefined => {
  const value = run.answers[question.key];
  if (value === undefined) {
    const { preset } = question;
    const known =
      preset !== undefined && run.was[question.key] === undefined && isGood(question, preset, env);
    return known ? { question, value: preset, preset: true } : undefined;
  }
  return isGood(question, value, env) ? { question, value, preset: false } : undefined;
};

const questionOf = (request: Request): Question | undefined => {
  if ('ask' in request) return request.ask;
  return 'review' in request ? reviewQuestion(request.review) : undefined;
};

/** Questions that would follow if every answer were the usual one: the "of 9" in "3 of 9". */
const countLeft = (walker: Asking<End>, first: Question, limit: number): number => {
  let asked = 1;
  let next = walker.next(usualAnswer(first));
  while (!next.done && asked < limit) {
    const question = questionOf(next.value);
    if (question !== undefined) asked += question.hidden || question.preset !== undefined ? 0 : 1;
    else if (!('call' in next.value)) return asked;
    next = walker.next(question === undefined ? usualResult(next.value) : usualAnswer(question));
  }
  return asked;
};

const usualAnswer = (question: Question): Json =>
  question.preset ?? (question.optional ? null : question.usual);
const usualResult = (request: Request): Json => ('call' in request ? request.call.usual : null);

/**
 * Runs a flow from the top over the stored answers, to the first thing that is missing.
 * @throws FlowError when the flow asks the same key twice or more questions than the limit
 */
export const walk = (flow: Flow, run: Run, memory: Memory, env: Env): Standing => {
  const walker = flow.body({ params: run.params, memory, today: env.today });
  const passed: Passed[] = [];
  const trail: string[] = [];
  const seen = new Set<string>();
  let next = walker.next();
  while (!next.done) {
    const request = next.value;
    if ('reject' in request) return { at: 'reject', ...request.reject, passed, trail };
    if ('call' in request) {
      const { key, name, args } = request.call;
      const kept = resultOf(run, key, args);
      if (kept === undefined) return { at: 'call', key, name, args, passed, trail };
      trail.push(key);
      next = walker.next(kept.value);
      continue;
    }
    const question = 'ask' in request ? request.ask : reviewQuestion(request.review);
    if (seen.has(question.key)) throw new FlowError(`${flow.name} asks ${question.key} twice`);
    if (seen.size >= env.limits.questionsPerRun) throw new FlowError(`${flow.name} asks too many questions`);
    seen.add(question.key);
    const answer = answerOf(run, question, env);
    if (answer === undefined) {
      let counted: number | undefined;
      const left = () => (counted ??= countLeft(walker, question, env.limits.questionsPerRun));
      return { at: 'ask', question, left, passed, trail };
    }
    passed.push(answer);
    trail.push(question.key);
    next = walker.next(answer.value);
  }
  return { at: 'end', end: next.value, passed, trail };
};
