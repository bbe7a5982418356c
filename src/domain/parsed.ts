/** A problem is an event in the talk, not an exception: a catalogue key and the values of its sentence. */
export interface Problem {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** A pure parser of what a person typed. */
export type Parse<T> = (raw: string) => Parsed<T>;

export const ok = <T>(value: T): Parsed<T> => ({ ok: true, value });

export const problem = (key: string, values?: Problem['values']): { ok: false; problem: Problem } => ({
  ok: false,
  problem: values === undefined ? { key } : { key, values },
});
