import type { Json } from '../../domain/json.ts';
import type { PersonEvent } from '../event.ts';
import { parseYesNo } from '../parse/yesNo.ts';
import { line } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import { optionById, typedOption } from './options.ts';
import { type Option, problemTaken, type Question, type Taken, valueTaken } from './question.ts';
import { NONE_WORDS, typedChoices } from './several.ts';

/** An id of a list; its label stands in the catalogue under `<list>.<id>`. */
export interface Item {
  readonly id: string;
  readonly words?: readonly string[];
  /** It has a shorter name for the review, under `<list>.<id>.short`. */
  readonly short?: boolean;
}

export const optionsOf = (list: string, items: readonly Item[]): readonly Option[] =>
  items.map(({ id, words, short }) => ({
    id,
    value: id,
    label: line(`${list}.${id}`),
    ...(words ? { words } : {}),
    ...(short ? { short: line(`${list}.${id}.short`) } : {}),
  }));

export const yesNoQuestion = (who: Identity, given: QuestionOptions = {}): Question =>
  makeQuestion('yesNo', who, given, {
    read: (raw) => {
      const value = parseYesNo(raw);
      return value === null ? problemTaken('problem.yesNo') : valueTaken(value);
    },
    fits: (value) => typeof value === 'boolean',
    show: (value) => line(value === true ? 'word.yes' : 'word.no'),
    options: [
      { id: 'yes', value: true, label: line('word.yes') },
      { id: 'no', value: false, label: line('word.no') },
    ],
    input: 'choice',
    usual: false,
  });

const labelOf = (options: readonly Option[], value: Json) => {
  const option = options.find((one) => one.value === value);
  return option?.short ?? option?.label ?? String(value);
};

/** Exactly one of a list. */
export const choiceQuestion = (
  who: Identity,
  options: readonly Option[],
  given: QuestionOptions = {},
): Question =>
  makeQuestion('choice', who, given, {
    read: (raw) => {
      // A list of yes-like and no-like answers is also answered with "có" and "không".
      const said = parseYesNo(raw);
      const option = said === null ? undefined : optionById(said ? 'yes' : 'no', options);
      return option === undefined
        ? problemTaken('problem.choice', { max: options.length })
        : valueTaken(option.value);
    },
    fits: (value) => options.some((option) => option.value === value),
    show: (value) => labelOf(options, value),
    options,
    input: 'choice',
    usual: options[0]?.value ?? '',
  });

export const DONE = 'done';
export const NONE = 'none';

export interface ChoicesOptions extends QuestionOptions {
  /** Tests and estimates take this as the usual answer. */
  readonly usual?: readonly string[];
}

const ids = (value: Json): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Several of a list; `none` is a button of its own and an answer by itself. Stored in the list's order. */
export const choicesQuestion = (
  who: Identity,
  listed: readonly Option[],
  given: ChoicesOptions = {},
): Question => {
  const label = line(`${given.say ?? who.say}.none`);
  const none: Option = { id: NONE, value: [], label, words: NONE_WORDS };
  const options = [...listed, none];
  const finish = (picked: readonly string[]): Taken => {
    const chosen = listed.filter(({ id }) => picked.includes(id)).map(({ id }) => id);
    if (chosen.length > 0 && picked.includes(NONE)) return problemTaken('problem.noneAndSome');
    if (chosen.length === 0 && !picked.includes(NONE)) return problemTaken('problem.pickSome');
    return valueTaken(chosen);
  };
  const press = (event: PersonEvent): Taken | undefined => {
    if (event.type !== 'choice') return undefined;
    if (event.ids.some((id) => id !== DONE && optionById(id, options) === undefined))
      return problemTaken('problem.button');
    const picked = event.ids.filter((id) => id !== DONE);
    const alone = event.ids.length === 1 && event.ids[0] !== NONE && event.ids[0] !== DONE;
    return alone ? { is: 'ticked', ids: picked } : finish(picked);
  };
  return makeQuestion('choices', who, given, {
    read: (raw, env) => {
      if (parseYesNo(raw) === false) return valueTaken([]);
      const picked = typedChoices(raw, options, env);
      return picked === null ? problemTaken('problem.choices') : finish(picked);
    },
    other: (event, env) => {
      if (event.type !== 'text' || event.text.length > env.limits.answerLength) return press(event);
      const one = typedOption(event.text, options, env.renderer, true);
      return one === undefined ? undefined : finish([one.id]);
    },
    fits: (value) => Array.isArray(value) && ids(value).every((id) => optionById(id, listed) !== undefined),
    show: (value) => {
      const list = ids(value).map((id) => {
        const option = optionById(id, listed);
        return option?.short ?? option?.label ?? id;
      });
      return list.length === 0 ? none.label : { list };
    },
    options,
    several: true,
    inline: false,
    input: 'choice',
    usual: given.usual ?? [],
  });
};
