import type { Reason } from '../declaration.ts';

/** A sentence as the renderer takes it: places by their code, so that they are named in the reader's language. */
export interface ReasonLine {
  readonly key: string;
  readonly values?: { readonly [name: string]: string | number | { readonly place: string } };
}

/** A reason as a sentence to render: its value `place` is an official code. */
export const reasonLine = ({ key, values }: Reason): ReasonLine =>
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
