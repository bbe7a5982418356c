import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Trip } from '../../src/domain/declaration.ts';
import { parseSeat, parseSeatOf, parseVehicle, type VehicleAnswer } from '../../src/domain/vehicle.ts';

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

/**
 * The vehicle of an earlier journey, while it is by the same means and no other one's QR was scanned; null when none
 * was named then.
 */
const sameVehicle = (means: string, { known, plate = null }: Riding): VehicleAnswer | null | undefined => {
  if (known === undefined || known.means !== means) return undefined;
  const { vehicle, seat } = known;
  if (plate !== null && vehicle !== plate && !SERVICES.has(means)) return undefined;
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
  /** `known` is somebody else's journey: the vehicle is the same, the seat is not. */
  readonly along?: boolean;
}

/** The vehicle of somebody else on the same journey. One that nobody named is asked for again where there are seats. */
const sharedVehicle = (means: string, { known }: Riding): VehicleAnswer | null | undefined => {
  const same = sameVehicle(means, { known });
  if (same) return { vehicle: same.vehicle };
  return SEATED.has(means) ? undefined : same;
};

/** The seat of one more passenger, where there are seats and none was named with the vehicle. */
function* askSeat(ask: Ask, means: string, answer: VehicleAnswer): Asking<VehicleAnswer> {
  if (!SEATED.has(means) || answer.seat !== undefined) return answer;
  const { vehicle } = answer;
  const options = { say: 'trip.seat', values: { vehicle }, optional: true, usual: '12' } as const;
  const seat = yield* ask.text(`seat.${means}`, parseSeat, options);
  return seat === undefined ? answer : { ...answer, seat };
}

/** Plate, flight or train number, with the seat in the same line; nobody on foot is asked. */
export function* askVehicle(ask: Ask, means: string, riding: Riding = {}): Asking<VehicleAnswer | undefined> {
  const { plate = null, along = false } = riding;
  if (means === 'foot') return undefined;
  const service = SERVICES.has(means);
  const say = service ? 'trip.vehicle.service' : SEATED.has(means) ? 'trip.vehicle.seated' : 'trip.vehicle';
  // The seat of one more passenger has a line of its own in the review.
  const label = `${say}.alone.label`;
  // Another means is another vehicle: should the means be edited, its own plate is asked for.
  const parse = service || plate === null ? parseVehicle(service) : parseSeatOf(plate);
  const answer = yield* ask.text(`vehicle.${means}`, parse, {
    ...(service ? {} : scanned(plate)),
    say,
    ...(along && SEATED.has(means) ? { label } : {}),
    optional: true,
    usual: { vehicle: service ? 'VN1801' : '25B-001.23' },
    show: showVehicle,
    written: writeVehicle,
    preset: along ? sharedVehicle(means, riding) : sameVehicle(means, riding),
  });
  return along && answer !== undefined ? yield* askSeat(ask, means, answer) : answer;
}
