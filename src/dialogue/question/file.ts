import type { Json } from '../../domain/json.ts';
import type { Problem } from '../../domain/parsed.ts';
import type { PersonEvent } from '../event.ts';
import type { Value } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import type { Option, Question, Taken } from './question.ts';

export interface FileOptions extends QuestionOptions {
  /** Name of the work that reads what was sent: it is given `args`, and under `parts` each file or text. */
  readonly work: string;
  readonly args: { readonly [name: string]: Json };
  /** Bytes of the largest file. */
  readonly most: number;
  readonly tooLarge: Problem;
  /** Said to what is neither such a file nor such a text. */
  readonly neither: Problem;
  /** Whether a text is what might stand in the file. */
  readonly typed: (raw: string) => boolean;
  /** Whether what the work brought back is an answer. */
  readonly fits: (value: Json) => boolean;
  readonly show: (value: Json) => Value;
  readonly usual: Json;
  readonly options?: readonly Option[];
}

type FileEvent = Extract<PersonEvent, { readonly type: 'file' }>;

/**
 * A file that is read, or what stands in it pasted as text, however long: what a message limit cuts in pieces, and files
 * sent together, are read as one. The answer is what the work made of it; the file is kept by nobody else.
 */
export const fileQuestion = (who: Identity, given: FileOptions): Question => {
  const options = given.options ?? [];
  const neither: Taken = { is: 'problem', problem: given.neither };
  const work = (part: Json): Taken => ({ is: 'work', name: given.work, args: given.args, part });
  const readText = (text: string): Taken => (given.typed(text) ? work({ text }) : neither);
  const readFile = ({ ref, name, bytes = 0 }: FileEvent): Taken =>
    bytes > given.most ? { is: 'problem', problem: given.tooLarge } : work({ ref, ...(name && { name }) });
  return makeQuestion('file', who, given, {
    read: readText,
    other: (event, env) => {
      if (event.type === 'file') return readFile(event);
      if (event.type === 'text')
        return event.text.length > env.limits.answerLength ? readText(event.text) : undefined;
      return event.type === 'choice' ? undefined : neither;
    },
    fits: (value) => given.fits(value) || options.some((option) => option.value === value),
    show: (value) => options.find((option) => option.value === value)?.label ?? given.show(value),
    options,
    inline: false,
    usual: options[0]?.value ?? given.usual,
  });
};
