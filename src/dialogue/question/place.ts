import type { Json } from '../../domain/json.ts';
import type { PersonEvent } from '../event.ts';
import type { Value } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import {
  type Env,
  type Option,
  type PlaceFound,
  problemTaken,
  type Question,
  type Taken,
  valueTaken,
} from './question.ts';

export interface PlaceOptions extends QuestionOptions {
  readonly options?: readonly Option[];
  readonly easier?: readonly Option[];
  readonly usual?: string;
  /** The commune is needed: for a home, for a stay. */
  readonly fine?: true;
}

/** A place as it is stored: the official code, what was said, and the rest of the address. */
export interface PlaceValue {
  readonly [key: string]: Json;
  readonly code: string;
  readonly said: string;
}

export const placeValue = (found: PlaceFound): PlaceValue => ({
  code: found.code,
  said: found.said,
  ...(found.detail === undefined ? {} : { detail: found.detail }),
  ...(found.former === undefined ? {} : { former: found.former }),
});

export const isPlace = (value: Json | undefined): value is PlaceValue =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';

/** Name of the unit, and before it the house or village somebody wrote. */
export const showPlace = (value: Json): Value => {
  if (!isPlace(value)) return '';
  const place = { place: value.code };
  if (typeof value.detail === 'string') return { list: [value.detail, place] };
  return typeof value.former === 'string'
    ? { key: 'place.former', values: { former: value.former, place } }
    : place;
};

/** One sure find is taken; anything else is asked, because a wrong place is worse than a question. */
export const takePlaces = (found: readonly PlaceFound[]): Taken => {
  const [first] = found;
  if (first === undefined) return problemTaken('problem.place');
  return found.length === 1 && first.sure
    ? valueTaken(placeValue(first))
    : { is: 'which', values: found.map(placeValue) };
};

const located = (event: PersonEvent, env: Env): Taken | undefined => {
  if (event.type !== 'location') return undefined;
  const found = env.places.nearest(event.lat, event.lon);
  return found.length === 0
    ? problemTaken('problem.location')
    : { is: 'which', values: found.map(placeValue) };
};

/** A place by its name, with or without tones, old or new, or by a shared location. */
export const placeQuestion = (who: Identity, given: PlaceOptions = {}): Question =>
  makeQuestion('place', who, given, {
    read: (raw, env) => {
      const found = env.places.find(raw, given.fine === true);
      return given.fine && found[0]?.coarse ? problemTaken('problem.placeCommune') : takePlaces(found);
    },
    other: located,
    fits: (value, env) => isPlace(value) && env.places.exists(value.code),
    show: showPlace,
    input: 'place',
    inline: false,
    ...(given.options === undefined ? {} : { options: given.options }),
    ...(given.easier === undefined ? {} : { easier: given.easier }),
    usual: { code: given.usual ?? '12', said: '' },
  });

/** Where somebody is now, from the phone itself; stored as a place, the coordinates are not kept. */
export const locationQuestion = (who: Identity, given: PlaceOptions = {}): Question => ({
  ...placeQuestion(who, given),
  kind: 'location',
  input: 'location',
});
