import type { Reason } from '../declaration.ts';

/** A sentence as the renderer takes it: places by their code, so that they are named in the reader's language. */
export interface ReasonLine {
  readonly key: string;
  readonly values?: {
    readonly [name: string]:
      | string
      | number
      | { readonly place: string }
      | { readonly date: string }
      | ReasonLine;
  };
}

const sentence = ({ key, values }: Reason): ReasonLine =>
  values === undefined
    ? { key }
    : {
        key,
        values: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            name === 'place' ? { place: String(value) } : value,
          ]),
        ),
      };

/** A reason as a sentence to render: its value `place` is an official code; one from before is told with its day. */
export const reasonLine = (reason: Reason): ReasonLine =>
  reason.said === undefined
    ? sentence(reason)
    : { key: 'declared.said', values: { reason: sentence(reason), day: { date: reason.said } } };
