import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import type { Option } from '../../src/dialogue/question/question.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Trip } from '../../src/domain/declaration.ts';
import type { Known } from './person.ts';

/** What the last declaration of this chat's own person said; null for a newcomer. */
export interface Before {
  readonly person: Known & { readonly name: string };
  readonly trip: Trip;
  readonly stay: Trip['to'];
  readonly consent: string;
}

const SAME = optionsOf('declare.again', [{ id: 'same' }]);
const ANOTHER_TRIP = optionsOf('declare.again', [{ id: 'trip' }]);

/** The same answer as "as last time": there was no journey that could be made again. */
const STILL_AT_HOME: Option = {
  id: 'same',
  value: 'same',
  label: line('declare.again.home.same'),
  words: ['o nha', 'toi o nha', 'nhu lan truoc', 'khong di dau', 'not travelling'],
};

const journeyOf = (trip: Trip) => ({
  from: { place: trip.from.code },
  to: { place: trip.to.code },
  means: line(`means.${trip.means}`),
});

/** Somebody who has declared before confirms what is known: one tap when nothing changed. */
export function* askAgain(ask: Ask, { person: { name }, trip, stay }: Before): Asking<boolean> {
  const answer =
    trip.means === 'none'
      ? yield* ask.choice('again', [STILL_AT_HOME, ...ANOTHER_TRIP], {
          hidden: true,
          say: 'declare.again.home',
          values: { name, place: { place: stay.code } },
        })
      : yield* ask.choice('again', [...SAME, ...ANOTHER_TRIP], {
          hidden: true,
          values: { name, ...journeyOf(trip) },
        });
  return answer === 'same';
}
