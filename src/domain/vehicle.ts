import type { Json } from './json.ts';
import { ok, type Parsed, problem } from './parsed.ts';
import { clean, toneless } from './text.ts';

/** A plate (or flight, or train number) and the seat, as people write them in one line. */
export interface VehicleAnswer {
  readonly [key: string]: Json;
  readonly vehicle: string;
}

/** Seat after a word ("ghế 12", "seat 4A", "giường B3"), at the end of the line. */
const SEAT =
  /[\s,;–-]*\b(?:so ghe|ghe so|ghe|giuong so|giuong|seat|berth|cho)\s*[:.]?\s*([a-z]{0,2}\d{1,3}[a-z]?)\s*$/;

/** Seat without a word, after a whole plate or service number: "29B-123.45, A12". */
const BARE_SEAT = /[\s,;/–-]+([a-z]?\d{1,2}[a-z]?)\s*$/;

/**
 * Plates of Vietnam (Circular 24/2023/TT-BCA): two digits of the province, one or two letters (and for
 * motorbikes a digit), five digits, or four on old ones. Written with hyphens and points in every way; where
 * series and number stand apart, what stands apart counts: "29B1-2345" is an old motorbike, "29B12345" a car.
 */
const PLATES = [
  /^(\d{2})[\s.-]*([A-Z]{1,2}\d?)[\s.-]+(\d{3}[\s.]?\d{2}|\d{4})$/,
  /^(\d{2})[\s.-]*([A-Z]{1,2}\d?)(\d{3}[\s.-]?\d{2})$/,
  /^(\d{2})[\s.-]*([A-Z]{1,2}\d?)(\d{4})$/,
];

const tidy = (raw: string): string =>
  toneless(clean(raw))
    .replace(/^(?:bks|bien so|bien kiem soat|bien|xe|plate)\s*(?:xe|so)?\s*[:.]?\s*/, '')
    .toUpperCase();

/** "29b 123.45", "29B12345", "29-B1 123.45" → "29B-123.45", "29B1-123.45"; null when it is none. */
export const parsePlate = (raw: string): string | null => {
  const text = tidy(raw).trim();
  const match = PLATES.map((plate) => plate.exec(text)).find((found) => found !== null);
  if (!match?.[1] || !match[2] || !match[3]) return null;
  const number = match[3].replace(/\D/g, '');
  const digits = number.length === 5 ? `${number.slice(0, 3)}.${number.slice(3)}` : number;
  return `${match[1]}${match[2]}-${digits}`;
};

/** Foreign, military and temporary plates are no plates of ours, but they are on the road: 4 to 12 signs with a digit. */
const otherPlate = (raw: string): string | null => {
  const text = tidy(raw).replace(/\s+/g, ' ').trim();
  return /^(?=.*\d)[A-Z0-9][A-Z0-9 .-]{2,11}$/.test(text) ? text : null;
};

/** Flight or train number: "VN 1234", "SE3", "SP1". */
const parseService = (raw: string): string | null => {
  const match = /^([A-Z]{1,3}|\d[A-Z]|[A-Z]\d)\s?-?(\d{1,4})$/.exec(
    tidy(raw).replace(/^(?:CHUYEN BAY|CHUYEN TAU|CHUYEN|TAU|FLIGHT|TRAIN)\s*/, ''),
  );
  return match?.[1] && match[2] ? `${match[1]}${match[2]}` : null;
};

/** A seat by itself, as it stands on a ticket. */
const SEAT_ONLY =
  /^(?:so ghe|ghe so|ghe|giuong so|giuong|seat|berth|cho)?\s*[:.]?\s*([a-z]{0,2}\d{1,3}[a-z]?)$/;

/** "12", "ghế 12", "giường B3". */
export const parseSeat = (raw: string): Parsed<string> => {
  const seat = SEAT_ONLY.exec(toneless(clean(raw)))?.[1];
  return seat === undefined ? problem('problem.seat') : ok(seat.toUpperCase());
};

/** The seat in a vehicle that is known, or another vehicle with its seat. */
export const parseSeatOf =
  (vehicle: string) =>
  (raw: string): Parsed<VehicleAnswer> => {
    const seat = parseSeat(raw);
    return seat.ok ? ok({ vehicle, seat: seat.value }) : parseVehicle(false)(raw);
  };

/** Plate and seat in one line: "29B-123.45 ghế 12" or only the plate. */
export const parseVehicle =
  (service: boolean) =>
  (raw: string): Parsed<VehicleAnswer> => {
    const text = toneless(clean(raw));
    const known = service ? parseService : parsePlate;
    const bare = BARE_SEAT.exec(text);
    const apart = known(text) === null && bare !== null && known(text.slice(0, bare.index)) !== null;
    const seat = SEAT.exec(text) ?? (apart ? bare : null);
    const head = (seat === null ? text : text.slice(0, seat.index)).trim();
    const vehicle = known(head) ?? (service ? null : otherPlate(head));
    if (vehicle === null) return problem(service ? 'problem.service' : 'problem.plate');
    return ok(seat?.[1] ? { vehicle, seat: seat[1].toUpperCase() } : { vehicle });
  };
