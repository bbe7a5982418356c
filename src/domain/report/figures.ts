import type { AlertState } from '../alertState.ts';
import { addDays } from '../day.ts';
import type { Level } from '../declaration.ts';
import { covers } from '../roster.ts';
import type { Counted, CountedAlert, CountedDay, CountedDeclarations, CountedOpen } from './counted.ts';
import { type AreaFigures, type ByLevel, type DayFigures, ELSEWHERE, type Report } from './report.ts';

/** Days the report looks back, today included. */
export const REPORT_DAYS = 14;
const MINUTE = 60_000;

const sum = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((total, { count }) => total + count, 0);

const byLevelOf = (rows: readonly { readonly level: Level; readonly count: number }[]): ByLevel => {
  const of = (level: Level): number => sum(rows.filter((row) => row.level === level));
  return { low: of('low'), moderate: of('moderate'), high: of('high'), critical: of('critical') };
};

/** The middle one; of an even number the lower of the two: a time that was really waited. */
const medianOf = (sorted: readonly number[]): number | null =>
  sorted[Math.ceil(sorted.length / 2) - 1] ?? null;

/** An older release counted those that were called about as claimed, and said so beside it. */
const stateOf = ({ state, called }: CountedAlert): AlertState =>
  state === 'claimed' && called === true ? 'called' : state;

const placeIn = (home: string, area: string): string => (covers(home, area) ? area : ELSEWHERE);

const communesOf = (rows: readonly CountedDeclarations[], home: string): readonly AreaFigures[] => {
  const areas = new Set(rows.map(({ area }) => placeIn(home, area)));
  const all = [...areas].map((area) => {
    const its = rows.filter((row) => placeIn(home, row.area) === area);
    const entered = sum(its.filter(({ origin }) => origin !== 'home'));
    return { area, declared: sum(its), entered, byLevel: byLevelOf(its) };
  });
  return all.toSorted((a, b) => b.declared - a.declared || (a.area < b.area ? -1 : 1));
};

const dayOf = (
  declarations: readonly CountedDeclarations[],
  alerts: readonly CountedAlert[],
  home: string,
): DayFigures => {
  const valid = declarations.filter(({ withdrawn }) => !withdrawn);
  const entered = valid.filter(({ origin }) => origin !== 'home');
  const waits = alerts.flatMap((alert) => alert.waits).toSorted((a, b) => a - b);
  const inState = (state: AlertState): number => alerts.filter((alert) => stateOf(alert) === state).length;
  return {
    declared: sum(valid),
    withdrawn: sum(declarations) - sum(valid),
    entered: sum(entered),
    abroad: sum(entered.filter(({ origin }) => origin === 'abroad')),
    byLevel: byLevelOf(valid),
    byCommune: communesOf(valid, home),
    raised: alerts.length,
    byState: {
      open: inState('open'),
      claimed: inState('claimed'),
      called: inState('called'),
      closed: inState('closed'),
    },
    median: medianOf(waits),
    longest: waits.at(-1) ?? null,
  };
};

const lastDays = (day: string, rows: readonly CountedDay[]): Report['days'] =>
  Array.from({ length: REPORT_DAYS }, (_, back) => {
    const of = addDays(day, back - REPORT_DAYS + 1);
    const its = rows.filter((row) => row.day === of);
    return { day: of, declared: sum(its), byLevel: byLevelOf(its) };
  });

const openOf = (rows: readonly CountedOpen[], until: number): NonNullable<Report['open']> => {
  const first = Math.min(...rows.map(({ since }) => since));
  const longest = rows.length === 0 ? null : Math.max(0, Math.floor((until - first) / MINUTE));
  return { count: rows.length, longest };
};

/** What of a day's counts one area is told. The province hears of everything, also of stays outside of it. */
export const reportOf = (counted: Counted, area: string, home: string): Report => {
  const all = area === home;
  const mine = <Row extends { readonly area: string }>(rows: readonly Row[]): readonly Row[] =>
    all ? rows : rows.filter((row) => covers(area, row.area));
  const { day, until, open, campaigns } = counted;
  return {
    day,
    until,
    area,
    today: dayOf(mine(counted.today), mine(counted.alertsToday), home),
    yesterday: dayOf(mine(counted.yesterday), mine(counted.alertsYesterday), home),
    days: lastDays(day, mine(counted.days)),
    ...(open === undefined ? {} : { open: openOf(mine(open), until) }),
    campaigns: all ? campaigns : [],
    passages: mine(counted.passages),
  };
};
