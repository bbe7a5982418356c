import { addDays } from '../day.ts';
import type { Declared } from '../declaration.ts';
import type { PlaceAnswer } from '../placeAnswer.ts';

/**
 * Levels of an epidemic zone, from mild to grave: cấp 2, 3 and 4 of Nghị quyết 128/NQ-CP (11 Oct 2021). Cấp 1,
 * green, is a place without a zone.
 */
export const ZONE_LEVELS = ['yellow', 'orange', 'red'] as const;
export type ZoneLevel = (typeof ZONE_LEVELS)[number];

/** A place declared an epidemic zone, from one day to another, both included; without an end until it is lifted. */
export interface Zone {
  readonly id: string;
  /** Official code of a commune, a province or a country. */
  readonly place: string;
  /** Area path of the place: 'CN', '12', '12/03595'. */
  readonly area: string;
  readonly level: ZoneLevel;
  /** 'YYYY-MM-DD'. */
  readonly from: string;
  readonly to?: string;
  /** Id of a disease of the rules; its incubation says how long ago somebody may have been there. */
  readonly disease?: string;
}

/** Where a place stands in a declaration. `stay` is where somebody will stay, the others lie behind. */
export const PLACE_PARTS = ['home', 'from', 'places', 'to', 'stay'] as const;
export type PlacePart = (typeof PLACE_PARTS)[number];

/** Somebody was, or will be, in a place between two days ('YYYY-MM-DD'); a visit behind us has no first day. */
export interface Visit {
  readonly part: PlacePart;
  readonly area: string;
  readonly from?: string;
  readonly to: string;
}

/** Days after arrival in which the place of stay is looked at: as long as a declaration is good for. */
const STAY_DAYS = 3;

/** Every place of a declaration with the days that count. `areaOf` gives the area path of a code. */
export const visitsOf = (
  { person, trip, stay, health }: Declared,
  today: string,
  areaOf: (code: string) => string,
): readonly Visit[] => {
  const behind = (part: PlacePart, { code }: PlaceAnswer, to: string): Visit => ({
    part,
    area: areaOf(code),
    to,
  });
  const ahead = (part: PlacePart, { code }: PlaceAnswer): Visit => ({
    part,
    area: areaOf(code),
    from: trip.day,
    to: addDays(trip.day, STAY_DAYS),
  });
  return [
    behind('home', person.home, trip.day),
    behind('from', trip.from, trip.day),
    ...health.places.map((place) => behind('places', place, today)),
    ahead('to', trip.to),
    ahead('stay', stay),
  ];
};

/** How a zone and a visited place lie: the place in the zone, or the zone somewhere in a place named too widely. */
export type Nearness = 'inside' | 'near';

const lies = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** @param days for how many days before today having been there matters */
export const nearness = (zone: Zone, visit: Visit, today: string, days: number): Nearness | null => {
  const from = visit.from ?? addDays(today, -days);
  const meets = from <= visit.to && zone.from <= visit.to && (zone.to === undefined || zone.to >= from);
  if (!meets) return null;
  if (lies(visit.area, zone.area)) return 'inside';
  return lies(zone.area, visit.area) ? 'near' : null;
};
