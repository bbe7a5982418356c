import type { Json } from '../../domain/json.ts';
import type { Value } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import { type Env, type Option, problemTaken, type Question } from './question.ts';

export interface PhotoOptions extends QuestionOptions {
  /** Name of the work that turns the photo into the answer. */
  readonly work: string;
  /** Whether what the work brought back is an answer. */
  readonly fits: (value: Json) => boolean;
  readonly show?: (value: Json) => Value;
  readonly options?: readonly Option[];
  /** What a text says in place of the photo, where it answers what is asked without one. */
  readonly typed?: (raw: string, env: Env) => Json | undefined;
}

/** A photo that is read, never kept: the answer is what was read from it. */
export const photoQuestion = (who: Identity, given: PhotoOptions): Question => {
  const options = given.options ?? [];
  return makeQuestion('photo', who, given, {
    read: (raw, env) => {
      const value = given.typed?.(raw, env);
      return value === undefined ? problemTaken('problem.photo') : { is: 'through', value };
    },
    other: (event, env) => {
      if (event.type !== 'photo') return undefined;
      const max = Math.floor(env.limits.photoBytes / 1_048_576);
      if ((event.bytes ?? 0) > env.limits.photoBytes) return problemTaken('problem.photoSize', { max });
      return { is: 'work', name: given.work, args: { ref: event.ref } };
    },
    fits: (value) => given.fits(value) || options.some((option) => option.value === value),
    show: (value) => options.find((option) => option.value === value)?.label ?? given.show?.(value) ?? '',
    options,
    input: 'photo',
    usual: options[0]?.value ?? null,
  });
};
