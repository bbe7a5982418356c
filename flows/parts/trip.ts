import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { isPlace, type PlaceValue } from '../../src/dialogue/question/place.ts';
import type { Option } from '../../src/dialogue/question/question.ts';
import { type RouteValue, routeQuestion } from '../../src/dialogue/question/route.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Means, Trip } from '../../src/domain/declaration.ts';
import { communes } from './communes.ts';
import { askVehicle, meansOptions, type Riding } from './vehicle.ts';

/** Days before and after today a journey may be declared: symptoms are asked for 14 days back. */
const BACK = 14;
const AHEAD = 7;

export interface TripContext extends Riding {
  readonly home: PlaceValue;
  /** 'YYYY-MM-DD' in Vietnam. */
  readonly today: string;
}

/** Somebody may be ill at home: no journey, and nothing more to ask about one. */
const atHome = (home: PlaceValue): Option => ({
  id: 'still',
  value: { from: home, to: home, still: true },
  label: line('trip.still'),
  words: [
    ...['khong di', 'khong di lai', 'toi khong di dau', 'o nha', 'toi o nha'],
    ...['i am not travelling', "i'm not travelling"],
  ],
});

/** From, to, means, vehicle and seat, day. */
export function* askTrip(ask: Ask, { home, today, ...riding }: TripContext): Asking<Trip> {
  const { known } = riding;
  const before = known && {
    from: known.from,
    to: known.to,
    ...(known.means === 'none' ? { still: true } : {}),
  };
  const route = yield* ask.own<RouteValue>('route', (who) =>
    routeQuestion(who, { preset: before, help: true, options: [atHome(home)] }),
  );
  if (route.still === true) return { from: home, to: home, means: 'none', day: today };
  const named = isPlace(route.to) ? route.to : undefined;
  const to: PlaceValue = named ?? (yield* ask.place('to', { easier: communes, fine: true }));
  const means = (yield* ask.choice('means', meansOptions, {
    preset: known?.means === 'none' ? undefined : known?.means,
  })) as Means;
  const vehicle = yield* askVehicle(ask, means, riding);
  const day = yield* ask.date('day', { back: BACK, ahead: AHEAD, quick: [0, -1, 1], preset: known?.day });
  return {
    from: route.from,
    to,
    means,
    day,
    ...(vehicle === undefined ? {} : { vehicle: vehicle.vehicle }),
    ...(typeof vehicle?.seat === 'string' ? { seat: vehicle.seat } : {}),
  };
}

/** Where somebody stayed at the end of an earlier journey. */
interface Stayed {
  readonly to: PlaceValue;
  readonly stay: PlaceValue;
}

/**
 * Where somebody will stay: at the journey's end, at home, or somewhere to be named. Each destination has its own
 * answer: who changes the one is asked for the other.
 */
export function* askStay(ask: Ask, to: PlaceValue, home: PlaceValue, known?: Stayed): Asking<PlaceValue> {
  const atHome = to.code === home.code ? home : undefined;
  const options = [
    { id: 'there', value: to, label: line('trip.stay.there', { place: { place: to.code } }) },
    ...(atHome === undefined
      ? [{ id: 'home', value: home, label: line('trip.stay.home', { place: { place: home.code } }) }]
      : []),
  ];
  const before = known?.to.code === to.code ? known.stay : undefined;
  return yield* ask.place(`stay.${to.code}`, {
    say: 'trip.stay',
    options,
    easier: communes,
    preset: before ?? atHome,
  });
}
