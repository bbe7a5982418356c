import type { Json } from '../../domain/json.ts';
import { parseYesNo } from '../parse/yesNo.ts';
import { line, type Value } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import { isPlace, type PlaceValue, placeValue, showPlace, takePlaces } from './place.ts';
import {
  type Env,
  type Option,
  type PlaceFound,
  problemTaken,
  type Question,
  type Taken,
  valueTaken,
} from './question.ts';

/** A journey in one answer; `to` is missing when only one place was named. */
export interface RouteValue {
  readonly [key: string]: Json;
  readonly from: PlaceValue;
}

export interface RouteOptions extends QuestionOptions {
  readonly options?: readonly Option[];
}

/** Pairs to ask between: more than this is a list nobody reads. */
const MAX_PAIRS = 6;

/** A journey into the home province ends in a commune: the province alone is asked about by the flow. */
const pairs = (from: readonly PlaceFound[], to: readonly PlaceFound[]): readonly RouteValue[] =>
  from
    .flatMap((start) =>
      to.map((end) => ({ from: placeValue(start), ...(end.coarse ? {} : { to: placeValue(end) }) })),
    )
    .slice(0, MAX_PAIRS);

/** From a place to itself: between two villages of a commune, or typed too fast. It is asked about. */
const stays = ([first]: readonly RouteValue[]): boolean =>
  first !== undefined && isPlace(first.to) && first.from.code === first.to.code;

const takeRoute = (raw: string, env: Env): Taken => {
  // "Đúng" without its marks is the name of a town; here it is an answer to nothing.
  if (parseYesNo(raw) !== null) return problemTaken('problem.place');
  const route = env.places.route(raw);
  if (route !== null && route.from.length > 0 && route.to.length > 0) {
    const found = pairs(route.from, route.to);
    const sure = !stays(found) && [...route.from, ...route.to].every((place) => place.sure);
    return found.length === 1 && sure && found[0] ? valueTaken(found[0]) : { is: 'which', values: found };
  }
  const single = takePlaces(env.places.find(raw, false));
  if (single.is === 'value')
    return isPlace(single.value) ? valueTaken({ from: single.value }) : problemTaken('problem.place');
  return single.is === 'which' ? { is: 'which', values: single.values.map((from) => ({ from })) } : single;
};

const part = (value: Json, key: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { [key: string]: Json })[key]
    : undefined;

const showRoute = (value: Json): Value => {
  if (part(value, 'still') === true) return line('trip.still');
  const from = showPlace(part(value, 'from') ?? null);
  const to = part(value, 'to');
  return to === undefined ? from : line('route.fromTo', { from, to: showPlace(to) });
};

/** Where from and where to in one message; the flow asks for the end when only the start was named. */
export const routeQuestion = (who: Identity, given: RouteOptions = {}): Question =>
  makeQuestion('place', who, given, {
    read: takeRoute,
    ...(given.options === undefined ? {} : { options: given.options }),
    fits: (value, env) => {
      const ends = [part(value, 'from'), part(value, 'to') ?? part(value, 'from')];
      return ends.every((end) => isPlace(end) && env.places.exists(end.code));
    },
    show: showRoute,
    input: 'place',
    inline: false,
    usual: { from: { code: '12', said: '' }, to: { code: '01', said: '' } },
  });
