import { LANGS } from '../domain/lang.ts';
import { fold } from '../domain/text.ts';
import type { PersonEvent } from './event.ts';
import { DONE, NONE } from './question/choice.ts';
import { optionById } from './question/options.ts';
import type { Env, Question, Taken } from './question/question.ts';
import { type Line, line } from './say.ts';
import type { Run } from './state.ts';

/** Words that end a list. */
const FINISHED = /^(?:xong|xong roi|het|het roi|gui|done|finish|finished|send)$/;

/** What is ticked so far and still on the list. */
const ticksOf = (run: Run, { key, options }: Question): readonly string[] =>
  run.picked?.key === key ? run.picked.ids.filter((id) => optionById(id, options) !== undefined) : [];

const isNone = (event: PersonEvent): boolean => event.type === 'choice' && event.ids.join() === NONE;

const isFinished = (event: PersonEvent): boolean =>
  event.type === 'text'
    ? FINISHED.test(fold(event.text))
    : event.type === 'choice' && event.ids.join() === DONE;

/** In a question with several choices what is said last goes with what was ticked before: nothing ticked is lost. */
export const takeSeveral = (run: Run, question: Question, event: PersonEvent, env: Env): Taken => {
  const ticks = ticksOf(run, question);
  if (isFinished(event)) return question.take({ type: 'choice', ids: [...ticks, DONE] }, env);
  const taken = question.take(event, env);
  if (ticks.length === 0 || taken.is !== 'value' || (event.type !== 'text' && !isNone(event))) return taken;
  const more = Array.isArray(taken.value) ? taken.value.map(String) : [];
  return question.take({ type: 'choice', ids: [...ticks, ...(more.length > 0 ? more : [NONE]), DONE] }, env);
};

/** Ticks; what is ticked already loses its tick. */
export const tick = (run: Run, question: Question, ids: readonly string[]): Run => {
  const ticks = ticksOf(run, question);
  const kept = ticks.filter((id) => !ids.includes(id));
  return {
    ...run,
    picked: { key: question.key, ids: [...kept, ...ids.filter((id) => !ticks.includes(id))] },
  };
};

/** "1, 3", "khó": what was understood of a typed list is told, where it does not read as it was typed. */
export const chosenNote = (question: Question, text: string, taken: Taken, env: Env): Line | undefined => {
  if (!question.several || taken.is !== 'value') return undefined;
  if (!Array.isArray(taken.value) || taken.value.length === 0) return undefined;
  const value = question.show(taken.value);
  const same = LANGS.map((lang) => fold(env.renderer.value(lang, value))).includes(fold(text));
  return same ? undefined : line('engine.chosen', { value });
};
