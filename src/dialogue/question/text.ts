import type { Json } from '../../domain/json.ts';
import type { Parse } from '../../domain/parsed.ts';
import { parsePhone } from '../parse/simple.ts';
import { line, type Value } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import { type Option, problemTaken, type Question, valueTaken } from './question.ts';

export interface TextOptions extends QuestionOptions {
  /** An answer that would do, for the estimate of what is left and for tests. */
  readonly usual?: Json;
  readonly options?: readonly Option[];
  readonly show?: (value: Json) => Value;
  /** False where a comma may belong to the answer (an address, a note). */
  readonly inline?: boolean;
  /** An answer that may be one to something else: it is asked about, not refused. */
  readonly doubtful?: (raw: string) => boolean;
  /** A structured answer as its parser reads it again: needed where the answer is no text. */
  readonly written?: (value: Json) => string;
}

/**
 * Free text through a parser. What is stored must be something the parser would still take, so it has to read
 * what it made: the flow may have changed under the answer, or the answer before it.
 */
export const textQuestion = <T extends Json>(
  who: Identity,
  parse: Parse<T>,
  given: TextOptions = {},
): Question => {
  const fits = (value: Json): boolean => {
    if (value === null || given.options?.some((option) => option.value === value)) return value !== null;
    const text = given.written?.(value) ?? value;
    return typeof text === 'string' && parse(text).ok;
  };
  return makeQuestion('text', who, given, {
    read: (raw) => {
      const parsed = parse(raw);
      if (!parsed.ok) return { is: 'problem', problem: parsed.problem };
      return given.doubtful?.(raw) === true
        ? { is: 'which', values: [parsed.value] }
        : valueTaken(parsed.value);
    },
    fits,
    ...(given.doubtful === undefined ? {} : { which: line(`${given.say ?? who.say}.which`) }),
    inline: given.inline ?? true,
    usual: given.usual ?? 'x',
    ...(given.options === undefined ? {} : { options: given.options }),
    ...(given.show === undefined ? {} : { show: given.show }),
  });
};

export interface ContactOptions extends QuestionOptions {
  /** False for somebody else's number: a button that shares one's own would give the wrong one. */
  readonly own?: boolean;
}

/**
 * A phone number, typed or shared from the phone's own contact. Stored as E.164. The address book is one touch away
 * from one's own number, and an alert rings at the number that stands here: a card of the wrong person is asked about.
 */
export const contactQuestion = (who: Identity, given: ContactOptions = {}): Question => {
  const own = given.own !== false;
  const read = (raw: string) => {
    const phone = parsePhone(raw);
    return phone === null ? problemTaken('problem.phone') : valueTaken(phone);
  };
  return makeQuestion('contact', who, given, {
    read,
    other: (event) => {
      if (event.type !== 'contact') return undefined;
      const taken = read(event.phone);
      return taken.is === 'value' && event.own !== own ? { is: 'which', values: [taken.value] } : taken;
    },
    which: line(own ? 'engine.which.theirs' : 'engine.which.mine'),
    fits: (value) => typeof value === 'string' && parsePhone(value) === value,
    show: (value) => String(value).replace(/^\+84/, '0'),
    input: own ? 'contact' : 'phone',
    usual: '+84912345678',
  });
};
