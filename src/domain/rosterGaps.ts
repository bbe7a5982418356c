import { provinceOf } from './roster.ts';

/** Somebody on duty for an area; ms since 1970, without an end until relieved. */
export interface Duty {
  readonly area: string;
  readonly from: number;
  readonly until?: number;
}

/** A time in which nobody is on duty where a roster is kept. */
export interface Gap {
  readonly area: string;
  /** When the last shift before it ended; 0 when there never was one. It names the gap. */
  readonly since: number;
  /** The part of it that is still to come; no end: there is no next shift. */
  readonly from: number;
  readonly until?: number;
}

const endOf = ({ until = Number.POSITIVE_INFINITY }: Duty): number => until;

/** The first instant from `now` on that no shift covers. */
const uncovered = (duties: readonly Duty[], now: number): number => {
  const running = duties.filter((duty) => duty.from <= now && now < endOf(duty));
  if (running.length === 0) return now;
  return uncovered(duties, Math.max(...running.map(endOf)));
};

const gapOf = (area: string, duties: readonly Duty[], now: number, ahead: number): readonly Gap[] => {
  const from = uncovered(duties, now);
  if (from >= now + ahead) return [];
  const since = Math.max(0, ...duties.map(endOf).filter((end) => end <= from));
  const next = Math.min(...duties.filter((duty) => duty.from > from).map((duty) => duty.from));
  return [{ area, since, from, ...(Number.isFinite(next) ? { until: next } : {}) }];
};

/**
 * The first gap of each area that keeps a roster, within so many ms. The province is looked after by any shift in it,
 * as long as it keeps no roster of its own.
 */
export const gapsOf = (duties: readonly Duty[], home: string, now: number, ahead: number): readonly Gap[] => {
  const areas = new Set([home, ...duties.map(({ area }) => area)]);
  const own = (area: string) => duties.filter((duty) => duty.area === area);
  return [...areas].flatMap((area) => {
    const roster = own(area);
    const those = roster.length > 0 ? roster : duties.filter((duty) => provinceOf(duty.area) === area);
    return gapOf(area, those, now, ahead);
  });
};
