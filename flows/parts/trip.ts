import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { isPlace, type PlaceValue } from '../../src/dialogue/question/place.ts';
import type { Option } from '../../src/dialogue/question/question.ts';
import { type RouteValue, routeQuestion } from '../../src/dialogue/question/route.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Means, Trip } from '../../src/domain/declaration.ts';
import { parseSeatOf, parseVehicle, type VehicleAnswer } from '../../src/domain/vehicle.ts';
import { communes } from './communes.ts';

/** Days before and after today a journey may be declared: symptoms are asked for 14 days back. */
const BACK = 14;
const AHEAD = 7;

export const meansOptions = optionsOf('means', [
  { id: 'coach', words: ['xe khach', 'xe buyt', 'bus', 'xe giuong nam'] },
  { id: 'car', words: ['o to', 'oto', 'xe con', 'xe o to', 'taxi', 'xe rieng'] },
  { id: 'motorbike', words: ['xe may', 'moto', 'mo to', 'xe gan may'] },
  { id: 'lorry', words: ['xe tai', 'truck', 'container'] },
  { id: 'foot', words: ['di bo', 'bo', 'walk', 'walking'] },
  { id: 'aircraft', words: ['may bay', 'plane', 'tau bay'] },
  { id: 'train', words: ['tau', 'tau hoa', 'xe lua'] },
]);

const SERVICES: ReadonlySet<string> = new Set(['aircraft', 'train']);
const SEATED: ReadonlySet<string> = new Set(['coach', 'aircraft', 'train']);

const showVehicle = (value: unknown) => {
  const { vehicle, seat } = value as VehicleAnswer;
  return typeof seat === 'string' ? line('vehicle.seat', { vehicle, seat }) : vehicle;
};

const writeVehicle = (value: unknown): string => {
  const { vehicle, seat } = value as VehicleAnswer;
  return typeof seat === 'string' ? `${vehicle} seat ${seat}` : vehicle;
};

/** The vehicle of an earlier journey, while it is by the same means; null when none was named then. */
const sameVehicle = (means: string, known?: Trip): VehicleAnswer | null | undefined => {
  if (known === undefined || known.means !== means) return undefined;
  const { vehicle, seat } = known;
  return vehicle === undefined ? null : { vehicle, ...(seat === undefined ? {} : { seat }) };
};

/** The vehicle whose QR was scanned: one tap takes it, and only a seat need be typed. */
const scanned = (plate: string | null) =>
  plate === null
    ? {}
    : {
        options: [
          { id: 'scanned', value: { vehicle: plate }, label: line('trip.vehicle.scanned', { plate }) },
        ],
      };

export interface Riding {
  readonly known?: Trip | undefined;
  /** From the QR of a vehicle, as it is written; null without one. */
  readonly plate?: string | null;
}

/** Plate, flight or train number, with the seat in the same line; nobody on foot is asked. */
export function* askVehicle(
  ask: Ask,
  means: string,
  { known, plate = null }: Riding = {},
): Asking<VehicleAnswer | undefined> {
  if (means === 'foot') return undefined;
  const service = SERVICES.has(means);
  const say = service ? 'trip.vehicle.service' : SEATED.has(means) ? 'trip.vehicle.seated' : 'trip.vehicle';
  // Another means is another vehicle: should the means be edited, its own plate is asked for.
  const parse = service || plate === null ? parseVehicle(service) : parseSeatOf(plate);
  return yield* ask.text(`vehicle.${means}`, parse, {
    ...(service ? {} : scanned(plate)),
    say,
    optional: true,
    usual: { vehicle: service ? 'VN1801' : '25B-001.23' },
    show: showVehicle,
    written: writeVehicle,
    preset: sameVehicle(means, known),
  });
}

export interface TripContext {
  readonly home: PlaceValue;
  /** 'YYYY-MM-DD' in Vietnam. */
  readonly today: string;
  readonly known?: Trip | undefined;
  readonly plate?: string | null;
}

/** Somebody may be ill at home: no journey, and nothing more to ask about one. */
const atHome = (home: PlaceValue): Option => ({
  id: 'still',
  value: { from: home, to: home, still: true },
  label: line('trip.still'),
  words: ['khong di', 'khong di dau', 'o nha', 'toi o nha', 'not travelling'],
});

/** From, to, means, vehicle and seat, day. */
export function* askTrip(ask: Ask, { home, today, known, plate = null }: TripContext): Asking<Trip> {
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
  const vehicle = yield* askVehicle(ask, means, { known, plate });
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
