import { type Line, line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';
import { postName } from './staff.ts';

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly facility?: string;
  /** ms since 1970; null: off duty. */
  readonly since: number | null;
  readonly mine: boolean;
  /** Their shift may be taken over. */
  readonly takes: boolean;
}

export type Colleagues =
  | { readonly is: 'stranger' | 'notAllowed' }
  | { readonly is: 'colleagues'; readonly all: readonly Colleague[] };

/** Stands in while the rest of a conversation is estimated. */
export const USUAL_COLLEAGUES: Json = {
  is: 'colleagues',
  all: [{ id: 'c', name: 'Lò Thị Hoa', place: '12', since: 0, mine: false, takes: true }],
};

/** Who else is on duty now, a line each; when nobody is at all, that. */
export const onDuty = (found: Colleagues): readonly Line[] => {
  if (found.is !== 'colleagues') return [];
  const lines = found.all.flatMap(({ name, since, mine, ...post }) =>
    since === null || mine ? [] : [line('duty.who', { name, place: postName(post), time: { time: since } })],
  );
  return found.all.some(({ since }) => since !== null) ? lines : [line('duty.nobody')];
};
