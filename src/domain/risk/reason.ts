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
      | { readonly degrees: number }
      | ReasonLine;
  };
}

/** Values that are read otherwise than they are kept, by their names. */
const READ: Readonly<Record<string, (value: string | number) => { place: string } | { degrees: number }>> = {
  place: (value) => ({ place: String(value) }),
  temperature: (value) => ({ degrees: Number(value) }),
};

const sentence = ({ key, values }: Reason): ReasonLine =>
  values === undefined
    ? { key }
    : {
        key,
        values: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, READ[name]?.(value) ?? value]),
        ),
      };

/** A reason as a sentence to render: its value `place` is an official code, `temperature` °C; one from before is told with its day. */
export const reasonLine = (reason: Reason): ReasonLine =>
  reason.said === undefined
    ? sentence(reason)
    : { key: 'declared.said', values: { reason: sentence(reason), day: { date: reason.said } } };
