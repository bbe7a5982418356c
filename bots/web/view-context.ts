import type { Line, Value } from '../../src/dialogue/say.ts';
import type { Words } from '../../web/words.ts';

/** What drawing a message needs to know, in the message's language. */
export interface ViewContext {
  readonly words: Words;
  line(line: Line): string;
  value(value: Value): string;
  /** A new id for a form that will be posted. */
  formId(): string;
}
