import { addDays, dayOf, startOfDay } from '../../domain/day.ts';
import { ZONE_LEVELS, type Zone, type ZoneLevel } from '../../domain/risk/zone.ts';
import { randomId } from '../../security/random.ts';
import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import type { ZoneDoc } from '../../store/zones.ts';

type Zones = Collections['zones'];

/** A zone that ended longer ago than any incubation of a disease in the rules (90 days at most) judges nobody. */
const REMEMBERED_DAYS = 90;

const isLevel = (text: string): text is ZoneLevel => ZONE_LEVELS.some((level) => level === text);

/** @param areaOf area path of an official code */
const zoneOf = (
  { _id: id, placeCode, level, from, until, disease }: ZoneDoc,
  areaOf: (code: string) => string,
): readonly Zone[] =>
  isLevel(level)
    ? [
        {
          id,
          place: placeCode,
          area: areaOf(placeCode),
          level,
          from: dayOf(from.getTime()),
          // `until` is the end of the last day, which is the beginning of the next one.
          ...(until === undefined ? {} : { to: addDays(dayOf(until.getTime()), -1) }),
          ...(disease === undefined ? {} : { disease }),
        },
      ]
    : [];

/** Zones that hold, will hold, or ended so lately that they still matter; the newest first. */
export const listZones = async (
  zones: Zones,
  areaOf: (code: string) => string,
  now: number,
): Promise<readonly Zone[]> => {
  const since = new Date(startOfDay(addDays(dayOf(now), -REMEMBERED_DAYS)));
  const docs = await available(
    zones
      .find({ $or: [{ until: { $exists: false } }, { until: { $gt: since } }] })
      .sort({ from: -1, _id: 1 })
      .toArray(),
  );
  return docs.flatMap((doc) => zoneOf(doc, areaOf));
};

export interface NewZone {
  readonly place: string;
  readonly level: ZoneLevel;
  /** 'YYYY-MM-DD', both included. */
  readonly from: string;
  readonly to?: string;
  readonly disease?: string;
  readonly note?: string;
}

const endOf = (day: string): Date => new Date(startOfDay(addDays(day, 1)));

/** Declares a zone; every process judges by it within seconds. False when the very same one was declared already. */
export const addZone = async (zones: Zones, zone: NewZone): Promise<boolean> => {
  const { place: placeCode, level, from, to, disease, note } = zone;
  const absent = { $exists: false };
  const same = {
    placeCode,
    level,
    from: new Date(startOfDay(from)),
    until: to === undefined ? absent : endOf(to),
    disease: disease ?? absent,
  };
  const first = { $setOnInsert: { _id: randomId(), ...(note === undefined ? {} : { note }) } };
  return (await available(zones.updateOne(same, first, { upsert: true }))).upsertedCount === 1;
};

/** Ends the zones of a place that hold, with a last day. Returns how many. */
export const endZones = async (zones: Zones, place: string, lastDay: string): Promise<number> => {
  const until = endOf(lastDay);
  const running = { placeCode: place, $or: [{ until: { $exists: false } }, { until: { $gt: until } }] };
  return (await available(zones.updateMany(running, { $set: { until } }))).modifiedCount;
};
