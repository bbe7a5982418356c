import type { Json } from '../domain/json.ts';
import type { Parse, Problem } from '../domain/parsed.ts';
import type { Asking } from './flow.ts';
import type { Identity, QuestionOptions } from './question/base.ts';
import { type ChoicesOptions, choiceQuestion, choicesQuestion, yesNoQuestion } from './question/choice.ts';
import { type FileOptions, fileQuestion } from './question/file.ts';
import { type PhotoOptions, photoQuestion } from './question/photo.ts';
import { locationQuestion, type PlaceOptions, type PlaceValue, placeQuestion } from './question/place.ts';
import type { Option, Question } from './question/question.ts';
import { type ContactOptions, contactQuestion, type TextOptions, textQuestion } from './question/text.ts';
import { type DateOptions, dateQuestion, type NumberOptions, numberQuestion } from './question/values.ts';

/** An optional question may come back without an answer. */
type Maybe<O, T> = O extends { readonly optional: true } ? T | undefined : T;

/**
 * How a flow asks. Each method is one question; its key is unique in the flow and names the stored answer.
 * `in` gives a sub-flow its own room: keys `who.name`, sentences `person.name`.
 */
export interface Ask {
  text<T extends Json, const O extends TextOptions>(
    key: string,
    parse: Parse<T>,
    options?: O,
  ): Asking<Maybe<O, T>>;
  number<const O extends NumberOptions>(key: string, options: O): Asking<Maybe<O, number>>;
  date<const O extends DateOptions>(key: string, options: O): Asking<Maybe<O, string>>;
  yesNo<const O extends QuestionOptions>(key: string, options?: O): Asking<Maybe<O, boolean>>;
  choice<const O extends QuestionOptions>(
    key: string,
    list: readonly Option[],
    options?: O,
  ): Asking<Maybe<O, string>>;
  choices<const O extends ChoicesOptions>(
    key: string,
    list: readonly Option[],
    options?: O,
  ): Asking<Maybe<O, readonly string[]>>;
  place<const O extends PlaceOptions>(key: string, options?: O): Asking<Maybe<O, PlaceValue>>;
  location<const O extends PlaceOptions>(key: string, options?: O): Asking<Maybe<O, PlaceValue>>;
  contact<const O extends ContactOptions>(key: string, options?: O): Asking<Maybe<O, string>>;
  photo<T extends Json, const O extends PhotoOptions>(key: string, options: O): Asking<Maybe<O, T>>;
  file<T extends Json, const O extends FileOptions>(key: string, options: O): Asking<Maybe<O, T>>;
  /** A question of a kind of its own. */
  own<T extends Json>(key: string, make: (who: Identity) => Question): Asking<T>;
  /** Shows all answers so far; each can be edited; ends when they are sent. */
  review(key?: string): Asking<void>;
  /** Calls a service once; its result is kept like an answer. `usual` stands in for it in estimates. */
  call<T extends Json>(key: string, name: string, args: Json, usual: T): Asking<T>;
  /**
   * Sends an answer back: only a look-up could tell that it is wrong, or that one of `also` is. Never returns.
   */
  reject(key: string, problem: Problem, also?: readonly string[]): Asking<never>;
  in(scope: string, say?: string): Ask;
}

function* put<T>(question: Question): Asking<T> {
  const answer = yield { ask: question };
  return (answer === null ? undefined : answer) as T;
}

export const createAsk = (scope: string, say: string, today: string): Ask => {
  const who = (key: string) => ({ key: scope + key, say: `${say}.${key}` });
  return {
    text: (key, parse, options) => put(textQuestion(who(key), parse, options)),
    number: (key, options) => put(numberQuestion(who(key), options)),
    date: (key, options) => put(dateQuestion(who(key), today, options)),
    yesNo: (key, options) => put(yesNoQuestion(who(key), options)),
    choice: (key, list, options) => put(choiceQuestion(who(key), list, options)),
    choices: (key, list, options) => put(choicesQuestion(who(key), list, options)),
    place: (key, options) => put(placeQuestion(who(key), options)),
    location: (key, options) => put(locationQuestion(who(key), options)),
    contact: (key, options) => put(contactQuestion(who(key), options)),
    photo: (key, options) => put(photoQuestion(who(key), options)),
    file: (key, options) => put(fileQuestion(who(key), options)),
    own: (key, make) => put(make(who(key))),
    *review(key = 'review') {
      yield { review: { key: scope + key, say: `${say}.${key}` } };
    },
    *call<T extends Json>(key: string, name: string, args: Json, usual: T): Asking<T> {
      return (yield { call: { key: `=${scope}${key}`, name, args, usual } }) as T;
    },
    *reject(key, problem, also = []) {
      yield { reject: { key: scope + key, problem, also: also.map((other) => scope + other) } };
      throw new Error('a rejected answer is asked again; the flow does not go on');
    },
    in: (inner, innerSay = inner) => createAsk(`${scope}${inner}.`, innerSay, today),
  };
};
